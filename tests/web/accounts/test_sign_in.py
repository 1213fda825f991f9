"""Signing in, and the languages of a stranger."""

from django.test import Client

from tests.web.conftest import PASSWORD, Cast


def test_the_right_password_opens_today(cast: Cast, stranger: Client) -> None:
    answer = stranger.post("/sign-in/", {"username": "omid@vistula.example", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_a_stranger_is_sent_to_sign_in_and_back(stranger: Client) -> None:
    answer = stranger.get("/")
    assert answer["Location"] == "/sign-in/?next=%2F"
