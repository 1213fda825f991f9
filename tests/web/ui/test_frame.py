"""The frame around every page: languages, and the pages for when something went wrong."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.translation import get_language_info

from floorwalker.web.ui.frame import SHORT, Place, all_places, places_under
from tests.web.conftest import Cast


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_the_short_name_of_a_language_is_part_of_its_name(code: str) -> None:
    assert SHORT[code].lower() in get_language_info(code)["name_local"].lower()


def test_every_place_has_its_own_order() -> None:
    for places in (all_places(), *(places_under(place.name) for place in all_places())):
        orders = [place.order for place in places]
        assert orders == sorted(set(orders))


def test_a_heading_is_open_to_those_to_whom_one_of_its_places_is() -> None:
    assert not Place(1, "nowhere", "Nowhere").is_open_to(None)
    assert Place(1, "nowhere", "Nowhere").holds("nowhere")


def test_every_own_line_stands_under_a_place_of_the_main_navigation() -> None:
    declared = {place.under for config in apps.get_app_configs() for place in getattr(config, "places", ()) if place.under}
    assert declared <= {place.name for place in all_places()}


@pytest.mark.parametrize(
    ("name", "tabs"),
    [("Laleh", ["today", "floor-walk", "pulse"]), ("Mateusz", ["today", "pulse", "changes"]), ("Omid", None)],
)
def test_a_phone_has_what_is_needed_on_the_floor_in_hand(
    sign_in: Callable[[str], Client], name: str, tabs: list[str] | None
) -> None:
    frame = sign_in(name).get("/me/").context
    shown = [each.url for each in frame["tabs"]]
    assert len(shown) + frame["has_more"] <= 4
    assert shown == ([reverse(each) for each in tabs] if tabs else [each.url for each in frame["places"]][: len(shown)])


def test_a_failure_is_told_in_all_six_languages() -> None:
    page = render_to_string("500.html")
    for tag in ('lang="en"', 'lang="pl"', 'lang="ko"', 'lang="zh-Hant"', 'lang="zh-Hans"', 'lang="fa" dir="rtl"'):
        assert tag in page


def test_a_form_without_its_token_is_asked_for_once_more(cast: Cast) -> None:
    response = Client(enforce_csrf_checks=True).post("/language/", {"language": "fa"})
    assert response.status_code == 403
    assert "Please send it once more." in response.content.decode()


def test_a_page_loads_only_files_of_this_site(cast: Cast) -> None:
    policy = Client().get("/sign-in/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_page_is_in_the_readers_language_and_direction(cast: Cast) -> None:
    page = Client().get("/sign-in/", headers={"accept-language": "fa"}).content.decode()
    assert '<html lang="fa" dir="rtl"' in page
