"""Links behind which a password is chosen, lost passwords, and changing one's own."""

import re

import pytest
from django.core import mail
from django.test import Client

from floorwalker.web.accounts.actions import new_link
from floorwalker.web.accounts.models import User
from floorwalker.web.accounts.rules import viewer_of
from tests.web.conftest import PASSWORD, SINCE, Cast

BETTER = "nine loud valleys"


def signs_in(email: str, password: str) -> bool:
    return Client().post("/sign-in/", {"username": email, "password": password}).status_code == 302


def test_a_manager_gives_a_link_behind_which_the_owner_chooses(cast: Cast, as_mina: Client, stranger: Client) -> None:
    answer = as_mina.post(f"/people/{cast.person('Omid').pk}/account/link/")
    path = re.search(r"/welcome/[^\"]+/", answer.content.decode())[0]  # type: ignore[index]
    assert answer["Cache-Control"] == "no-store"
    assert stranger.get(path).status_code == 200
    assert stranger.post(path, {"password": BETTER})["Location"] == "/"
    assert signs_in("omid@vistula.example", BETTER)


def test_a_link_works_once(cast: Cast, stranger: Client) -> None:
    path = new_link(cast.user("Omid"))
    stranger.post(path, {"password": BETTER})
    assert Client().post(path, {"password": PASSWORD}).status_code == 410


@pytest.mark.parametrize("path", ["/welcome/MQ/wrong-token/", "/welcome/!!/x-y/", "/welcome/OTk5OTk5/x-y/"])
def test_a_made_up_link_opens_nothing(stranger: Client, path: str) -> None:
    assert stranger.get(path).status_code == 410


def test_the_link_of_a_closed_account_opens_nothing(cast: Cast, stranger: Client) -> None:
    path = new_link(cast.user("Omid"))
    User.objects.filter(pk=cast.user("Omid").pk).update(is_active=False)
    assert stranger.get(path).status_code == 410


def test_without_mail_a_lost_password_is_a_matter_for_the_manager(stranger: Client) -> None:
    assert "Ask your manager or administrator" in stranger.get("/sign-in/forgotten/").content.decode()


def test_with_mail_a_lost_password_gets_a_link_in_the_owners_language(cast: Cast, stranger: Client, settings: object) -> None:
    settings.SENDS_MAIL = True  # type: ignore[attr-defined]
    User.objects.filter(email="omid@vistula.example").update(language="fa")
    assert stranger.post("/sign-in/forgotten/", {"email": "Omid@vistula.example"})["Location"] == "/sign-in/"
    (letter,) = mail.outbox
    assert letter.to == ["omid@vistula.example"]
    assert "/welcome/" in letter.body
    assert re.search("[\u0600-\u06ff]", letter.subject)


def test_it_is_not_said_whether_an_address_is_known(cast: Cast, stranger: Client, settings: object) -> None:
    settings.SENDS_MAIL = True  # type: ignore[attr-defined]
    known = stranger.post("/sign-in/forgotten/", {"email": "omid@vistula.example"}, follow=True).content
    unknown = Client().post("/sign-in/forgotten/", {"email": "who@vistula.example"}, follow=True).content
    assert b"on its way" in known
    assert b"on its way" in unknown
    assert len(mail.outbox) == 1


def test_an_invitation_is_mailed_where_mail_is_set_up(cast: Cast, as_mina: Client, settings: object) -> None:
    settings.SENDS_MAIL = True  # type: ignore[attr-defined]
    answer = as_mina.post(f"/people/{cast.person('Omid').pk}/account/link/")
    assert len(mail.outbox) == 1
    assert "on its way" in answer.content.decode()


def test_when_the_mail_server_does_not_answer_the_link_is_still_shown(cast: Cast, as_mina: Client, settings: object) -> None:
    settings.SENDS_MAIL = True  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # type: ignore[attr-defined]
    page = as_mina.post(f"/people/{cast.person('Omid').pk}/account/link/").content.decode()
    assert "did not take the letter" in page
    assert "/welcome/" in page


def test_one_changes_ones_own_password_and_stays_signed_in(cast: Cast, as_omid: Client) -> None:
    elsewhere = Client()
    elsewhere.force_login(cast.user("Omid"))
    as_omid.post("/me/password/", {"present": PASSWORD, "password": BETTER})
    assert as_omid.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302
    assert signs_in("omid@vistula.example", BETTER)


@pytest.mark.parametrize(("present", "password"), [("wrong", BETTER), (PASSWORD, "short"), (PASSWORD, "omid@vistula")])
def test_a_bad_change_of_password_changes_nothing(as_omid: Client, present: str, password: str) -> None:
    assert as_omid.post("/me/password/", {"present": present, "password": password}).status_code == 422
    assert signs_in("omid@vistula.example", PASSWORD)


def test_a_manager_renews_no_administrators_password(cast: Cast, as_mina: Client, as_ada: Client) -> None:
    assert as_mina.post(f"/people/{cast.person('Ada').pk}/account/link/").status_code == 403
    assert as_ada.post(f"/people/{cast.person('Mina').pk}/account/link/").status_code == 200


def test_the_viewer_knows_no_account_without_a_person(cast: Cast) -> None:
    alone = User.objects.create_user("alone@vistula.example", PASSWORD)
    viewer = viewer_of(alone, cast.site, SINCE)
    assert viewer.agent_names == ()
    assert viewer.roles == frozenset()
    client = Client()
    client.force_login(alone)
    assert "belongs to nobody" in client.get("/me/").content.decode()
