"""A second factor: on, asked for, spent, lost, required, and off again. The codes are computed by another library."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from django.core import mail
from django.test import Client

from floorwalker.web.accounts import throttle
from floorwalker.web.accounts.actions import NotDone, change_site, renew_codes, take_code, turn_on_factor
from floorwalker.web.accounts.actions.access import password_link
from floorwalker.web.accounts.factors import factor_of, new_secret
from floorwalker.web.journal.models import Entry
from tests.web.conftest import PASSWORD, Cast

As = Callable[[str], Client]
LALEH = "laleh@vistula.example"


def next_code(secret: str) -> str:
    """The code of the next half minute: right already, and not the one that turned the factor on."""
    return pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30))


def with_factor(cast: Cast, name: str = "Laleh") -> tuple[str, list[str]]:
    secret = new_secret()
    return secret, list(turn_on_factor(cast.user(name), secret, pyotp.TOTP(secret).now()))


def given_password(email: str = LALEH, goal: str = "/me/") -> Client:
    client = Client()
    answer = client.post("/sign-in/", {"username": email, "password": PASSWORD, "next": goal})
    assert answer["Location"] == "/sign-in/code/"
    return client


def verbs() -> list[str]:
    return list(Entry.objects.filter(verb__startswith="factor.").order_by("pk").values_list("verb", flat=True))


def test_a_person_turns_it_on_with_their_app_and_keeps_ten_recovery_codes(as_laleh: Client, cast: Cast) -> None:
    page = as_laleh.get("/me/second-factor/")
    secret = as_laleh.session["factor_secret"]
    assert " ".join(re.findall("....", secret)) in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert as_laleh.post("/me/second-factor/on/", {"code": "000000 "}).status_code == 422
    answer = as_laleh.post("/me/second-factor/on/", {"code": pyotp.TOTP(secret).now()})
    assert len(re.findall(r"\d{4} \d{4}</bdi>", answer.content.decode())) == 10
    assert answer["Cache-Control"] == "no-store"
    assert as_laleh.get("/me/second-factor/").content.decode().count(secret[:4]) == 0
    assert as_laleh.get("/me/everything.json").json()["account"]["second_factor"]["on_since"]
    assert verbs() == ["factor.on"]


def test_nothing_of_it_lies_readable_in_the_records(cast: Cast) -> None:
    secret, codes = with_factor(cast)
    kept = str(list(cast.user("Laleh").authenticator_set.values_list("data", flat=True)))
    assert not any(each in kept for each in (secret, *codes))


def test_the_password_alone_does_not_sign_in_but_the_code_does_and_leads_on(cast: Cast) -> None:
    secret, _codes = with_factor(cast)
    client = given_password()
    assert client.get("/me/")["Location"].startswith("/sign-in/")
    assert client.get("/sign-in/code/").status_code == 200
    persian = next_code(secret).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert client.post("/sign-in/code/", {"code": persian})["Location"] == "/me/"
    assert client.get("/me/").status_code == 200


def test_a_code_opens_once(cast: Cast) -> None:
    secret, codes = with_factor(cast)
    laleh, now = cast.user("Laleh"), datetime.now(UTC)
    code = next_code(secret)
    assert [take_code(laleh, code, now) for _ in range(2)] == [True, False]
    assert [take_code(laleh, codes[3], now) for _ in range(2)] == [True, False]
    factor = factor_of(laleh)
    assert factor is not None
    assert factor.codes_left == 9
    assert verbs() == ["factor.on", "factor.recovery_used"]


def test_guessing_codes_is_held_up_and_journalled(cast: Cast) -> None:
    secret, _codes = with_factor(cast)
    client = given_password()
    wrong = [client.post("/sign-in/code/", {"code": "1"}).status_code for _ in range(throttle.TRIES_PER_PAIR)]
    assert wrong == [422] * throttle.TRIES_PER_PAIR
    assert client.post("/sign-in/code/", {"code": next_code(secret)}).status_code == 429
    assert verbs()[-1] == "factor.throttled"


def test_a_password_changed_meanwhile_or_ten_minutes_of_waiting_ask_for_it_anew(cast: Cast) -> None:
    with_factor(cast)
    client, late = given_password(), given_password()
    session = late.session
    session["waits_for_code"] = {**session["waits_for_code"], "at": 0}
    session.save()
    assert late.get("/sign-in/code/")["Location"] == "/sign-in/"
    laleh = cast.user("Laleh")
    laleh.set_password("nine loud valleys")
    laleh.save()
    assert client.get("/sign-in/code/")["Location"] == "/sign-in/"


def test_a_link_for_a_new_password_does_not_go_round_it(cast: Cast) -> None:
    with_factor(cast)
    answer = Client().post(password_link(cast.user("Laleh")), {"password": "nine loud valleys"})
    assert answer["Location"] == "/sign-in/code/"


def test_it_goes_off_with_the_password_only(sign_in: As, cast: Cast) -> None:
    _secret, codes = with_factor(cast)
    client = sign_in("Laleh")
    assert client.post("/me/second-factor/change/", {"present": "wrong", "off": "off"}).status_code == 422
    fresh = client.post("/me/second-factor/change/", {"present": PASSWORD, "codes": "new"}).content.decode()
    assert f"{codes[0][:4]} {codes[0][4:]}" not in fresh
    assert not take_code(cast.user("Laleh"), codes[0], datetime.now(UTC))
    assert client.post("/me/second-factor/change/", {"present": PASSWORD, "off": "off"})["Location"] == "/me/"
    assert Client().post("/sign-in/", {"username": LALEH, "password": PASSWORD})["Location"] == "/"
    assert verbs() == ["factor.on", "factor.codes_renewed", "factor.off"]


def test_where_the_site_asks_for_it_only_those_who_see_people_are_led_to_it(sign_in: As, cast: Cast) -> None:
    change_site(cast.site, {"asks_second_factor": True})
    expected = {"Laleh": 302, "Hanna": 302, "Mina": 302, "Ada": 302, "Omid": 200, "Mateusz": 200, "Viktor": 200}
    assert {name: sign_in(name).get("/me/").status_code for name in expected} == expected
    laleh = sign_in("Laleh")
    assert laleh.get("/people/")["Location"] == "/me/second-factor/"
    assert "this site asks for a code" in laleh.get("/me/second-factor/").content.decode()
    with_factor(cast)
    assert laleh.get("/people/").status_code == 200
    assert laleh.post("/me/second-factor/change/", {"present": PASSWORD, "off": "off"}).status_code == 422


def test_a_lost_one_is_reset_by_an_administrator_and_its_owner_is_told(sign_in: As, cast: Cast, settings: Any) -> None:
    settings.SENDS_MAIL = True
    with_factor(cast)
    ada, page = sign_in("Ada"), f"/people/{cast.person('Laleh').pk}/"
    assert "Reset the second factor" in ada.get(page).content.decode()
    ada.post(f"{page}account/factor/")
    assert factor_of(cast.user("Laleh")) is None
    assert [each.to for each in mail.outbox] == [[LALEH]]
    assert "/me/second-factor/" in mail.outbox[0].body
    entry = Entry.objects.get(verb="factor.reset")
    assert (entry.actor, entry.about_person) == (cast.user("Ada"), cast.person("Laleh"))
    assert "has no second factor" in ada.post(f"{page}account/factor/", follow=True).content.decode()


def test_a_manager_does_not_reset_an_administrators(sign_in: As, cast: Cast) -> None:
    with_factor(cast, "Ada")
    assert sign_in("Mina").post(f"/people/{cast.person('Ada').pk}/account/factor/").status_code == 403


def test_it_cannot_be_turned_on_twice(cast: Cast) -> None:
    with_factor(cast)
    with pytest.raises(NotDone):
        with_factor(cast)
    assert len(renew_codes(cast.user("Laleh"))) == 10
