"""One's own page: how one reads, keys for programs, and everything that is known."""

import json

from django.test import Client

from floorwalker.web.accounts.models import Token, User
from tests.web.conftest import Cast


def test_how_one_reads_is_kept(cast: Cast, as_omid: Client) -> None:
    as_omid.post("/me/reading/", {"language": "fa", "theme": "dark", "time_from_left": "on"})
    user = User.objects.get(pk=cast.user("Omid").pk)
    assert (user.language, user.theme, user.time_from_left) == ("fa", "dark", True)
    page = as_omid.get("/me/").content.decode()
    assert 'lang="fa" dir="rtl" data-theme="dark"' in page


def test_a_language_that_we_do_not_speak_is_refused(as_omid: Client) -> None:
    assert as_omid.post("/me/reading/", {"language": "xx"}).status_code == 422


def test_a_key_is_shown_once_and_kept_as_a_digest(cast: Cast, as_omid: Client) -> None:
    answer = as_omid.post("/me/keys/", {"name": "weekly report"})
    key = answer.content.decode().split('value="fw_')[1].split('"')[0]
    assert answer["Cache-Control"] == "no-store"
    assert key not in as_omid.get("/me/").content.decode()
    assert key not in Token.objects.get().digest


def test_a_revoked_key_opens_nothing(cast: Cast, as_omid: Client) -> None:
    page = as_omid.post("/me/keys/", {"name": "weekly report"}).content.decode()
    key = "fw_" + page.split('value="fw_')[1].split('"')[0]
    program = Client(headers={"Authorization": f"Bearer {key}"})
    assert program.get("/api/me").json()["name"] == "Omid"
    as_omid.post(f"/me/keys/{Token.objects.get().pk}/revoke/")
    assert program.get("/api/me").status_code == 401


def test_everything_known_about_oneself_is_a_file(cast: Cast, as_omid: Client, as_laleh: Client) -> None:
    as_laleh.get(f"/people/{cast.person('Omid').pk}/")
    known = json.loads(as_omid.get("/me/everything.json").content)
    assert known["person"]["name"] == "Omid"
    assert known["person"]["agent_names"] == ["agent.omid"]
    assert known["account"]["email"] == "omid@vistula.example"
    assert [(entry["verb"], entry["who"]) for entry in known["journal"]] == [("person.looked", "Laleh")]
    assert "password" not in json.dumps(known)
