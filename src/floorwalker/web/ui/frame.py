"""What every page's frame needs: language, direction, theme, and the places this viewer may go."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import get_language_info

MOST_TABS = 4
SHORT = {"en": "Eng", "pl": "pol", "ko": "한", "zh-hant": "繁", "zh-hans": "简", "fa": "فا"}


@dataclass(frozen=True)
class Place:
    """One entry of the main navigation. An app lists its own as `places` of its AppConfig.

    `name` is the URL's name, `rule` the dotted path of a predicate of the viewer, `stems` the beginnings of all URL names that
    belong to this place.
    """

    order: int
    name: str
    label: Promise | str
    rule: str
    stems: tuple[str, ...] = ()

    def is_open_to(self, viewer: object) -> bool:
        rule: Callable[[object], bool] = import_string(self.rule)
        return rule(viewer)


@dataclass(frozen=True)
class Entry:
    """A place as one viewer's navigation shows it."""

    url: str
    label: str
    is_here: bool


@dataclass(frozen=True)
class Language:
    """A language to switch to, named in itself; `short` begins or is part of that name."""

    code: str
    tag: str
    name: str
    short: str
    chosen: bool


@cache
def all_places() -> tuple[Place, ...]:
    """The places of all apps, in order."""
    found = [place for config in apps.get_app_configs() for place in getattr(config, "places", ())]
    return tuple(sorted(found, key=lambda place: place.order))


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame's values; views add the page."""
    reader = getattr(request, "reader", None)
    viewer = getattr(request, "viewer", None)
    here = request.resolver_match.view_name if request.resolver_match else ""
    places = [] if viewer is None else [_entry(place, here) for place in all_places() if place.is_open_to(viewer)]
    return {
        "reader": reader,
        "viewer": viewer,
        "places": places,
        "tabs": places[:MOST_TABS],
        "here": here,
        "languages": [
            Language(
                code, code, get_language_info(code)["name_local"], SHORT[code], reader is not None and code == reader.language
            )
            for code, _name in settings.LANGUAGES
        ],
    }


def _entry(place: Place, here: str) -> Entry:
    is_here = here.startswith(place.stems) if place.stems else here == place.name
    return Entry(reverse(place.name), str(place.label), is_here)
