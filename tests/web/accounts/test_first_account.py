"""The very first account: a one-time address, then never again."""

import pytest
from django.test import Client

from floorwalker.web.accounts.actions import setup_key
from floorwalker.web.accounts.models import Site, User
from floorwalker.web.journal.models import Entry
from tests.web.conftest import PASSWORD, Cast

GIVEN = {
    "name": "Mina",
    "email": "Mina@Vistula.example",
    "password": PASSWORD,
    "site": "Vistula",
    "tz": "Europe/Warsaw",
}


@pytest.mark.django_db
def test_while_nobody_has_an_account_the_door_says_how_to_make_one() -> None:
    page = Client().get("/sign-in/").content.decode()
    assert "Nobody can sign in yet" in page
    assert "floorwalker init" in page


@pytest.mark.django_db
def test_the_first_account_is_manager_and_administrator_and_signed_in_at_once() -> None:
    client = Client()
    assert client.post(f"/set-up/{setup_key()}/", GIVEN)["Location"] == "/"
    user = User.objects.get()
    assert user.email == "mina@vistula.example"
    assert sorted(each.role for each in user.person.memberships.all()) == ["admin", "manager"]  # type: ignore[union-attr]
    assert (Site.objects.get().name, Site.objects.get().tz) == ("Vistula", "Europe/Warsaw")
    assert client.get("/people/").status_code == 200
    assert set(Entry.objects.values_list("verb", flat=True)) == {"account.first", "site.changed"}


@pytest.mark.django_db
def test_a_weak_password_makes_no_account() -> None:
    answer = Client().post(f"/set-up/{setup_key()}/", {**GIVEN, "password": "password"})
    assert answer.status_code == 422
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_guessed_address_opens_nothing() -> None:
    assert Client().get("/set-up/guessed/").status_code == 404


def test_the_address_is_gone_once_somebody_has_an_account(cast: Cast, stranger: Client) -> None:
    assert stranger.get(f"/set-up/{setup_key()}/").status_code == 404
    assert stranger.post(f"/set-up/{setup_key()}/", GIVEN).status_code == 404
