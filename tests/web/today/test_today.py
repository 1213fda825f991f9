"""Who opens which Today, and what stands there before anything is known."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from floorwalker.web.accounts.models import User
from tests.web.conftest import Cast
from tests.web.raw_values import refused

SignIn = Callable[[str], Client]


def text(client: Client) -> str:
    with refused():
        response = client.get(reverse("today"))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("name", ["Mina", "Mateusz", "Ada"])
def test_before_the_first_import_those_who_may_are_led_to_it(cast: Cast, sign_in: SignIn, name: str) -> None:
    page = text(sign_in(name))
    assert "Bring in contacts and this page fills itself." in page
    assert f'class="button main" href="{reverse("bring-in")}"' in page


@pytest.mark.parametrize("name", ["Laleh", "Omid", "Viktor", "Hanna"])
def test_the_others_are_told_who_may(cast: Cast, sign_in: SignIn, name: str) -> None:
    page = text(sign_in(name))
    assert "A manager, a planner or an administrator can bring in a file." in page
    assert 'class="button main"' not in page


def test_an_account_without_a_role_is_told_so(cast: Cast) -> None:
    client = Client()
    client.force_login(User.objects.create(email="noor@vistula.example"))
    assert "Your account has no role yet." in text(client)


@pytest.mark.parametrize(
    ("name", "words"),
    [("Mina", "What we know"), ("Laleh", "What we know"), ("Omid", "Who looked at my numbers"), ("Viktor", "Month by month")],
)
def test_each_role_opens_its_own_today(centre: Cast, sign_in: SignIn, name: str, words: str) -> None:
    assert words in text(sign_in(name))


def test_only_places_that_open_are_in_the_navigation(centre: Cast, sign_in: SignIn) -> None:
    for name in ("Mina", "Omid", "Viktor"):
        client = sign_in(name)
        page = text(client)
        navigation = page.split('<nav aria-label="Main">')[1].split("</nav>")[0]
        addresses = [part.split('"')[0] for part in navigation.split('href="')[1:]]
        assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


def test_pages_that_are_not_there_or_not_open_say_so_in_the_frame(cast: Cast, sign_in: SignIn) -> None:
    missing = sign_in("Mina").get("/nowhere/")
    assert (missing.status_code, "There is no such page." in missing.content.decode()) == (404, True)
    closed = sign_in("Omid").get(reverse("bring-in"))
    assert (closed.status_code, "This page is not yours to open." in closed.content.decode()) == (403, True)
