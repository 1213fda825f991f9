"""In which language and digits a command speaks."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from floorwalker.web.ui.reader import BABEL, Reader

if TYPE_CHECKING:
    from floorwalker.web.accounts.models import Site

_ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")
_CHINESE = {"tw": "zh-hant", "hk": "zh-hant", "mo": "zh-hant"}


@contextmanager
def speaking(site: "Site", asked: str = "") -> Iterator[Reader]:
    """Speak the language asked for, else the terminal's (`LANG`), else the site's."""
    from django.utils import timezone, translation

    language = language_here(asked, site.language)
    reader = Reader(language, site.tz, site.week_start, tuple(site.weekend))
    with translation.override(language), timezone.override(site.tz):
        yield reader


def language_here(asked: str = "", otherwise: str = "") -> str:
    """The language asked for, else the terminal's, else the given one, else English: the only place that chooses it."""
    from django.conf import settings

    return asked or terminal_language(os.environ) or otherwise or settings.LANGUAGE_CODE


def terminal_language(variables: Mapping[str, str]) -> str:
    """FLOORWALKER_LANGUAGE, else what `LC_ALL`, `LC_MESSAGES` or `LANG` names, if we speak it; else an empty text."""
    if (chosen := variables.get("FLOORWALKER_LANGUAGE", "").lower()) in BABEL:
        return chosen
    named = next((variables[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if variables.get(name)), "")
    language, _, place = named.partition(".")[0].partition("_")
    if language == "zh":
        return _CHINESE.get(place.lower(), "zh-hans")
    return language if language in BABEL else ""


def plain(text: str) -> str:
    """Text for a terminal: without the invisible marks that browsers need and terminals draw."""
    return text.translate(_ISOLATES)
