"""What every page's frame needs: language, direction, theme, and the places this viewer may go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
    """One entry of the navigation. An app lists its own as `places` of its AppConfig.

    `name` is the URL's name, `rule` the dotted path of a predicate of the viewer, `stems` the beginnings of all URL names that
    belong to this place. `under` names the place of the main navigation in whose own line it stands. A place without a rule is
    the heading of such a line: it has no page of its own and leads to the first of its places that is open to the viewer.
    `in_hand`: whoever it is open to has it among the few tabs of a phone, at the price of the last of the main navigation.
    """

    order: int
    name: str
    label: Promise | str
    rule: str = ""
    stems: tuple[str, ...] = ()
    under: str = ""
    in_hand: bool = False

    def is_open_to(self, viewer: object) -> bool:
        if not self.rule:
            return any(place.is_open_to(viewer) for place in places_under(self.name))
        rule: Callable[[object], bool] = import_string(self.rule)
        return rule(viewer)

    def holds(self, here: str) -> bool:
        """Whether the page with this URL name belongs to it."""
        own = here.startswith(self.stems) if self.stems else here == self.name
        return own or any(place.holds(here) for place in places_under(self.name))


@dataclass(frozen=True)
class Entry:
    """A place as one viewer's navigation shows it, with the places of its own line."""

    url: str
    label: str
    is_here: bool
    within: tuple["Entry", ...] = ()


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
    """The places of the main navigation of all apps, in order."""
    return tuple(place for place in _declared() if not place.under)


@cache
def places_under(name: str) -> tuple[Place, ...]:
    """The places in the own line of a place of the main navigation, in order."""
    return tuple(place for place in _declared() if place.under == name)


@cache
def _declared() -> tuple[Place, ...]:
    found = [place for config in apps.get_app_configs() for place in getattr(config, "places", ())]
    return tuple(sorted(found, key=lambda place: place.order))


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame's values; views add the page."""
    reader = getattr(request, "reader", None)
    viewer = getattr(request, "viewer", None)
    here = request.resolver_match.view_name if request.resolver_match else ""
    shown = [] if viewer is None else [place for place in all_places() if place.is_open_to(viewer)]
    places = [_with_its_line(place, here, viewer) for place in shown]
    tabs = _tabs(shown, here, viewer)
    return {
        "reader": reader,
        "viewer": viewer,
        "places": places,
        "subplaces": [each for place in places if place.is_here for each in place.within],
        "tabs": tabs,
        "has_more": len(tabs) < MOST_TABS and len(tabs) < len(places),
        "here": here,
        "languages": [
            Language(
                code, code, get_language_info(code)["name_local"], SHORT[code], reader is not None and code == reader.language
            )
            for code, _name in settings.LANGUAGES
        ],
    }


def _with_its_line(place: Place, here: str, viewer: object) -> Entry:
    near = tuple(_entry(each, here, viewer) for each in places_under(place.name) if each.is_open_to(viewer))
    return replace(_entry(place, here, viewer), within=near)


def _tabs(shown: Sequence[Place], here: str, viewer: object) -> list[Entry]:
    """What a phone has at the end of its screen: the first place, what belongs in hand, and the next ones; the last tab is
    for everything else, when there is more."""
    in_hand = [place for place in _declared() if place.in_hand and place.is_open_to(viewer)] if shown else []
    wanted = [*shown[:1], *in_hand, *shown[1:]]
    tabs = wanted if len(wanted) <= MOST_TABS and not in_hand else wanted[: MOST_TABS - 1]
    entries = [_entry(place, here, viewer) for place in tabs]
    nearest = next((each for place, each in zip(tabs, entries, strict=True) if place in in_hand and each.is_here), None)
    return [replace(each, is_here=each is nearest) for each in entries] if nearest else entries


def _entry(place: Place, here: str, viewer: object) -> Entry:
    page = place if place.rule else next(each for each in places_under(place.name) if each.is_open_to(viewer))
    return Entry(reverse(page.name), str(place.label), place.holds(here))
