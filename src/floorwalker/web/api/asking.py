"""Who asks, and what: keys and sessions, and a question read from an address."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from ninja.security import APIKeyCookie, HttpBearer

from floorwalker.core.measures import Filter, Question, Unanswerable
from floorwalker.web.accounts.actions import token_user
from floorwalker.web.accounts.models import Site
from floorwalker.web.accounts.rules import Viewer, viewer_of
from floorwalker.web.ui.reader import Reader


class Session(APIKeyCookie):
    """Whoever is signed in in the browser."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer | None:
        viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
        return viewer


class Key(HttpBearer):
    """A program with a key of its owner: `Authorization: Bearer fw_...`. It reads as the owner, in the owner's language."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        now = datetime.now(UTC)
        user = token_user(token, now)
        if user is None:
            return None
        site: Site = request.site  # type: ignore[assignment]
        viewer = viewer_of(user, site, now.astimezone(ZoneInfo(site.tz)).date())
        request.user = user
        request.viewer = viewer  # type: ignore[attr-defined]
        if user.language and "Accept-Language" not in request.headers:
            _speak(request, user.language)
        return viewer


def _speak(request: Any, language: str) -> None:
    """The owner's language until the end of the request, when the middleware takes its own back."""
    translation.activate(language)
    site = request.site
    request.LANGUAGE_CODE = language
    request.reader = Reader(language, site.tz, site.week_start, tuple(site.weekend))


def viewer_in(request: HttpRequest) -> Viewer:
    """Who asks; the key or the session has let them in."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def reader_in(request: HttpRequest) -> Reader:
    """How the one who asks reads."""
    reader: Reader = request.reader  # type: ignore[attr-defined]
    return reader


def question(
    measures: str,
    by: str = "",
    since: date | None = None,
    until: date | None = None,
    where: Sequence[str] = (),
    definitions: Sequence[str] = (),
    others: bool = False,
) -> Question:
    """A question as written in an address: names separated by commas, filters as `queue=Billing` or `queue!=Billing`.

    Raises
    ------
    Unanswerable
        as `Question` does, and `not_a_filter` for a filter or definition without an equals sign.
    """
    return Question(
        measures=_names(measures),
        by=_names(by),
        since=since,
        until=until,
        where=_filters(where),
        definitions=tuple(_pair(each) for each in definitions),
        others=others,
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _filters(where: Sequence[str]) -> tuple[Filter, ...]:
    """Several filters on one dimension mean any of their values (with `!=`: none of them)."""
    values: dict[tuple[str, bool], list[str]] = {}
    for each in where:
        name, value = _pair(each)
        values.setdefault((name.removesuffix("!"), name.endswith("!")), []).append(value)
    return tuple(Filter(name, tuple(dict.fromkeys(wanted)), not_) for (name, not_), wanted in values.items())


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise Unanswerable("not_a_filter", value=text)
    return name.strip(), value.strip()
