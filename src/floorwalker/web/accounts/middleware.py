"""Puts the viewer on each request, and speaks the viewer's language."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from floorwalker.web.accounts.factors import has_factor, is_factor_required
from floorwalker.web.accounts.models import Site, User
from floorwalker.web.accounts.rules import Viewer, viewer_of
from floorwalker.web.ui.reader import Reader

LANGUAGE_COOKIE = "language"
BY_COMPANY = "signed_in_by_company"
"""In a session that began at the company's own sign-in, which asks for second factors itself."""
OPEN_WITHOUT_FACTOR = frozenset({"own-factor", "own-factor-on", "sign-out", "sign-out-company", "choose-language"})


class ViewerMiddleware:
    """Sets `request.viewer` (None for a stranger) and `request.reader` (how to write numbers and dates for them)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        site = self._site(request)
        zone = ZoneInfo(site.tz)
        request.site = site  # type: ignore[assignment]
        request.viewer = self._viewer(request, site, zone)  # type: ignore[attr-defined]
        language = self._language(request, site)
        with translation.override(language), timezone.override(zone):
            request.LANGUAGE_CODE = language
            from_left = getattr(request.user, "time_from_left", False)
            request.reader = Reader(  # type: ignore[attr-defined]
                language, site.tz, site.week_start, tuple(site.weekend), from_left
            )
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def _site(self, request: HttpRequest) -> Site:
        """Where the signed-in person works; for everybody else the first one."""
        person = request.user.person if isinstance(request.user, User) else None
        return person.site if person else Site.objects.order_by("pk").first() or Site(name="Floorwalker")

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Whoever must have a second factor and has none is led to set it up, and nowhere else."""
        viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
        if viewer is None or not is_factor_required(viewer) or request.session.get(BY_COMPANY):
            return None
        here = request.resolver_match.view_name if request.resolver_match else ""
        return None if here in OPEN_WITHOUT_FACTOR or has_factor(viewer.user) else redirect("own-factor")

    def _viewer(self, request: HttpRequest, site: Site, zone: ZoneInfo) -> Viewer | None:
        if not isinstance(request.user, User):
            return None
        return viewer_of(request.user, site, datetime.now(UTC).astimezone(zone).date())

    def _language(self, request: HttpRequest, site: Site) -> str:
        """The person's own choice, else this browser's choice, else what the browser asks for, else the site's."""
        offered = dict(settings.LANGUAGES)
        chosen = getattr(request.user, "language", "") or request.COOKIES.get(LANGUAGE_COOKIE, "")
        if chosen in offered:
            return chosen
        asked = translation.get_language_from_request(request) if "Accept-Language" in request.headers else site.language
        return asked if asked in offered else settings.LANGUAGE_CODE
