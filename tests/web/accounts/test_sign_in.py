"""Signing in: the right password, wrong ones, too many of them, and the pages of a stranger."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from floorwalker.web.accounts import throttle
from floorwalker.web.accounts.models import FailedSignIn, User
from floorwalker.web.journal.models import Entry
from tests.web.conftest import PASSWORD, Cast

OMID = "omid@vistula.example"


def try_in(client: Client, password: str, email: str = OMID, address: str = "10.0.0.1") -> int:
    return client.post("/sign-in/", {"username": email, "password": password}, REMOTE_ADDR=address).status_code


def test_the_right_password_opens_today(stranger: Client) -> None:
    answer = stranger.post("/sign-in/", {"username": OMID, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_the_address_is_read_without_regard_to_capitals(stranger: Client) -> None:
    assert try_in(stranger, PASSWORD, "Omid@Vistula.example") == 302


def test_a_stranger_is_sent_to_sign_in_and_back(stranger: Client) -> None:
    assert stranger.get("/me/")["Location"] == "/sign-in/?next=%2Fme%2F"
    answer = stranger.post("/sign-in/", {"username": OMID, "password": PASSWORD, "next": "/me/"})
    assert answer["Location"] == "/me/"


def test_the_way_back_never_leads_to_another_site(stranger: Client) -> None:
    answer = stranger.post("/sign-in/", {"username": OMID, "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("email", [OMID, "nobody@vistula.example", "not an address"])
def test_a_wrong_password_is_refused_without_saying_whether_the_address_is_known(stranger: Client, email: str) -> None:
    answer = stranger.post("/sign-in/", {"username": email, "password": "wrong"})
    assert answer.status_code == 422
    assert "do not belong together" in answer.content.decode()


def test_after_five_wrong_passwords_even_the_right_one_waits(stranger: Client) -> None:
    assert [try_in(stranger, "wrong") for _ in range(throttle.TRIES_PER_PAIR)] == [422] * throttle.TRIES_PER_PAIR
    answer = stranger.post("/sign-in/", {"username": OMID, "password": PASSWORD}, REMOTE_ADDR="10.0.0.1")
    assert answer.status_code == 429
    assert "Wait a quarter of an hour" in answer.content.decode()
    assert Entry.objects.get(verb="account.throttled").thing == OMID


def test_a_quarter_of_an_hour_later_the_right_password_works(stranger: Client) -> None:
    long_ago = timezone.now() - throttle.WINDOW - timedelta(seconds=1)
    for _ in range(throttle.TRIES_PER_PAIR):
        FailedSignIn.objects.create(email=OMID, address="10.0.0.1", at=long_ago)
    assert try_in(stranger, PASSWORD) == 302


def test_nobody_is_locked_out_from_elsewhere(stranger: Client) -> None:
    for _ in range(throttle.TRIES_PER_PAIR):
        try_in(stranger, "wrong", address="10.0.0.1")
    assert try_in(stranger, PASSWORD, address="10.0.0.2") == 302


def test_the_right_password_starts_the_count_again(stranger: Client) -> None:
    for _ in range(throttle.TRIES_PER_PAIR - 1):
        try_in(stranger, "wrong")
    assert try_in(stranger, PASSWORD) == 302
    assert not FailedSignIn.objects.exists()


def test_many_accounts_cannot_be_tried_from_one_place(stranger: Client, cast: Cast) -> None:
    now = timezone.now()
    FailedSignIn.objects.bulk_create(
        FailedSignIn(email=f"{number}@vistula.example", address="10.0.0.1", at=now)
        for number in range(throttle.TRIES_PER_ADDRESS)
    )
    assert try_in(stranger, PASSWORD) == 429


def test_a_closed_account_does_not_sign_in(stranger: Client, cast: Cast) -> None:
    User.objects.filter(email=OMID).update(is_active=False)
    assert try_in(stranger, PASSWORD) == 422


@pytest.mark.parametrize(
    ("accepted", "language", "direction"), [("fa", "fa", "rtl"), ("zh-TW", "zh-Hant", "ltr"), ("pl,en;q=0.5", "pl", "ltr")]
)
def test_a_stranger_reads_in_the_language_of_the_browser(
    stranger: Client, accepted: str, language: str, direction: str
) -> None:
    page = stranger.get("/sign-in/", headers={"Accept-Language": accepted}).content.decode()
    assert f'<html lang="{language}" dir="{direction}"' in page


def test_a_chosen_language_stays_in_this_browser(stranger: Client) -> None:
    assert stranger.post("/language/", {"language": "ko", "next": "/sign-in/"})["Location"] == "/sign-in/"
    assert '<html lang="ko"' in stranger.get("/sign-in/").content.decode()


def test_a_language_that_we_do_not_speak_changes_nothing(stranger: Client) -> None:
    stranger.post("/language/", {"language": "xx", "next": "/sign-in/"})
    assert '<html lang="en"' in stranger.get("/sign-in/").content.decode()
