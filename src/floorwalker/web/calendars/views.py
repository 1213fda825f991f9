"""One's own calendar: by which ways placed time reaches it, what stands in it, and the feed that calendars fetch."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_GET, require_POST

from floorwalker.web.accounts.doors import anyone_signed_in, open_to
from floorwalker.web.calendars import choosing, queries, wording
from floorwalker.web.calendars.forms import WaysForm
from floorwalker.web.calendars.invitation import feed as as_feed
from floorwalker.web.calendars.models import Placed, Ways
from floorwalker.web.calendars.pages import ahead
from floorwalker.web.calendars.sealing import digest, key_from
from floorwalker.web.calendars.trouble import NotDelivered

REFUSED = 422


@open_to(anyone_signed_in)
def own(request: Any) -> HttpResponse:
    """The ways that one chose."""
    viewer, now = request.viewer, datetime.now(UTC)
    ways = queries.ways_of(viewer.user)
    form = WaysForm(request.POST) if request.method == "POST" else WaysForm.of(ways)
    if request.method == "POST" and form.is_valid():
        kept = choosing.choose_ways(viewer, form.facts(), form.cleaned_data["caldav_password"], now)
        _tell(request, kept)
        return redirect("own-calendar")
    facts = {
        "form": form,
        "placed": ahead(viewer.user, request.reader, now),
        "address": _address(ways),
        "sends_mail": settings.SENDS_MAIL,
        "is_read": ways.by_caldav,
        "has_a_way": bool(ways.chosen or ways.feed_digest),
    }
    answer = render(request, "calendars/own.html", facts, status=REFUSED if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def _tell(request: Any, ways: Ways) -> None:
    """That it is kept, and what a look at the calendar server found."""
    if not ways.by_caldav:
        messages.success(request, gettext("Your choice is kept."))
        return
    from floorwalker.web.calendars.calendar_server import find_calendar

    try:
        calendar = find_calendar(ways)
    except NotDelivered as trouble:
        words = {"problem": str(wording.PROBLEMS[trouble.code])}
        messages.warning(request, gettext("Your choice is kept, but it does not work yet: %(problem)s") % words)
    else:
        choosing.note_calendar(ways, calendar)
        messages.success(request, gettext("Your choice is kept, and your calendar answers."))


def _address(ways: Ways) -> str:
    if not ways.feed_nonce:
        return ""
    return settings.BASE_URL.rstrip("/") + reverse("calendar-feed", args=[key_from(ways.feed_nonce)])


@require_POST
@open_to(anyone_signed_in)
def make_address(request: Any) -> HttpResponse:
    """A new address to subscribe to."""
    choosing.new_feed(request.viewer)
    messages.success(request, gettext("This is your address. Whoever knows it sees when you are busy, so keep it to yourself."))
    return redirect("own-calendar")


@require_POST
@open_to(anyone_signed_in)
def revoke_address(request: Any) -> HttpResponse:
    """No address any more."""
    choosing.revoke_feed(request.viewer)
    messages.success(request, gettext("The address opens nothing from now on."))
    return redirect("own-calendar")


@require_POST
@open_to(anyone_signed_in)
def again(request: Any, pk: int) -> HttpResponse:
    """Tries at once what would be tried later."""
    choosing.try_again(request.viewer, _mine(request, pk), datetime.now(UTC))
    messages.success(request, gettext("It is being tried again."))
    return redirect("own-calendar")


def _mine(request: Any, pk: int) -> Placed:
    placed = queries.mine(request.viewer, pk)
    if placed is None:
        raise Http404
    return placed


@require_POST
@open_to(anyone_signed_in)
def look(request: Any) -> HttpResponse:
    """Looks into one's own calendar at once, instead of within the hour."""
    from floorwalker.web.calendars.following import look_for

    try:
        differ = look_for(request.viewer.user, datetime.now(UTC))
    except NotDelivered as trouble:
        messages.warning(request, str(wording.PROBLEMS[trouble.code]))
    else:
        messages.success(
            request, gettext("Your calendar was read.") if differ else gettext("Everything stands as it was placed.")
        )
    return redirect("own-calendar")


@require_POST
@open_to(anyone_signed_in)
def put_back(request: Any, pk: int) -> HttpResponse:
    """Into one's calendar again, as it stands here."""
    from floorwalker.web.calendars import following

    following.put_back(request.viewer, _mine(request, pk), datetime.now(UTC))
    messages.success(request, gettext("Your calendar gets it again in a moment."))
    return redirect("own-calendar")


@require_POST
@open_to(anyone_signed_in)
def leave_so(request: Any, pk: int) -> HttpResponse:
    """One's own calendar stays as one made it."""
    from floorwalker.web.calendars import following

    following.leave_so(request.viewer, _mine(request, pk), datetime.now(UTC))
    messages.success(request, gettext("Your calendar stays as it is."))
    return redirect("own-calendar")


@require_GET
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The placed time of whoever has this address, for calendars that fetch it; no signing in."""
    ways = Ways.objects.select_related("user__person").filter(feed_digest=digest(key), user__is_active=True).first()
    if ways is None:
        raise Http404
    now, user = datetime.now(UTC), ways.user
    reader = queries.reader_of(user, request.site)  # type: ignore[arg-type]
    with override(reader.language):
        standing = [
            (placed, wording.words_of(placed, user, reader)) for placed in queries.standing_of(user).select_related("site")
        ]
        text = as_feed(standing, gettext("Floorwalker: time kept free"), now)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    answer["Cache-Control"] = "private, max-age=300"
    return answer
