"""What every page's frame needs: language, direction, theme, and the places this viewer may go."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy


@dataclass(frozen=True)
class Place:
    """One entry of the main navigation."""

    name: str
    label: Promise | str

    @property
    def url(self) -> str:
        return reverse(self.name)


@dataclass(frozen=True)
class Language:
    """A language to switch to, named in itself."""

    code: str
    tag: str
    name: str
    chosen: bool


PLACES = (Place("today", gettext_lazy("Today")),)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame's values; views add the page."""
    reader = getattr(request, "reader", None)
    viewer = getattr(request, "viewer", None)
    here = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "reader": reader,
        "viewer": viewer,
        "places": PLACES if viewer else (),
        "here": here,
        "languages": [
            Language(code, code, get_language_info(code)["name_local"], reader is not None and code == reader.language)
            for code, _name in settings.LANGUAGES
        ],
    }
