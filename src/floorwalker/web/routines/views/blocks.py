"""Unplanned blocks: the peaks, the blocks on them, and the note to one's boss."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from floorwalker.web.accounts.actions import NotDone
from floorwalker.web.accounts.doors import open_to
from floorwalker.web.calendars import actions as calendars
from floorwalker.web.calendars import queries
from floorwalker.web.calendars.invitation import rhythm_of
from floorwalker.web.calendars.models import Placed
from floorwalker.web.calendars.pages import cards
from floorwalker.web.pulse.queries import desk_of
from floorwalker.web.routines import wording
from floorwalker.web.routines.block_page import block_page, coming_days
from floorwalker.web.routines.blocks import move_block, place_blocks
from floorwalker.web.routines.forms import BlocksForm, MoveForm
from floorwalker.web.routines.models import UNPLANNED
from floorwalker.web.routines.rules import may_keep_blocks

REFUSED = 422


@open_to(may_keep_blocks)
def blocks(request: Any) -> HttpResponse:
    """The peaks of a usual week, and the blocks to place on them."""
    viewer, reader, now = request.viewer, request.reader, datetime.now(UTC)
    page = block_page(desk_of(viewer, reader), now, reader)
    form = BlocksForm(page.proposed, page.kept_on, viewer.on, reader, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            placed = place_blocks(form.wishes(), given["first"], given["until"], viewer, now)
        except NotDone as reason:
            form.add_error(None, wording.problem(reason))
        else:
            messages.success(request, gettext("Placed. Your calendar gets it in a moment."))
            return HttpResponseRedirect(f"{reverse('blocks')}#placed-{placed[0].pk}")
    cancelled = _cancelled(request)
    facts = {"page": page, "form": form, "lines": zip(page.rows, form.lines(), strict=True), "cancelled": cancelled}
    return render(request, "routines/blocks.html", facts, status=REFUSED if form.errors else 200)


def _cancelled(request: Any) -> str:
    """The number of the block that was cancelled last, which may be placed again."""
    given = request.GET.get("cancelled", "")
    placed = queries.mine(request.viewer, int(given)) if given.isascii() and given.isdigit() and len(given) < 12 else None
    return str(placed.pk) if placed and placed.is_cancelled and placed.purpose == UNPLANNED else ""


@open_to(may_keep_blocks)
def block(request: Any, pk: int) -> HttpResponse:
    """One block: moved, or single days of it left out."""
    placed, reader, now = _own(request, pk), request.reader, datetime.now(UTC)
    form = MoveForm(reader, request.POST or None, initial=_as_it_stands(placed, request.viewer.on))
    if request.method == "POST" and form.is_valid():
        given, (start, end) = form.cleaned_data, form.hours()
        try:
            move_block(placed, start, end, given["weekdays"], given["first"], given["until"], request.viewer, now)
        except NotDone as reason:
            form.add_error(None, wording.problem(reason))
        else:
            messages.success(request, gettext("Moved. Your calendar follows in a moment."))
            return HttpResponseRedirect(f"{reverse('blocks')}#placed-{pk}")
    facts = {"card": cards(request.viewer.user, [placed], reader)[0], "form": form, "days": coming_days(placed, now, reader)}
    return render(request, "routines/block.html", facts, status=REFUSED if form.errors else 200)


def _as_it_stands(placed: Placed, today: date) -> dict[str, object]:
    rhythm = rhythm_of(placed)
    local = rhythm.starts_at.astimezone(rhythm.zone)
    end = (local.hour * 60 + local.minute + rhythm.minutes) % (24 * 60)
    return {
        "begins": local.time(),
        "ends": local.time().replace(hour=end // 60, minute=end % 60),
        "weekdays": [str(day) for day in rhythm.weekdays],
        "first": max(rhythm.first_day, today),
        "until": rhythm.until,
    }


@require_POST
@open_to(may_keep_blocks)
def leave_out(request: Any, pk: int) -> HttpResponse:
    """One day without the block."""
    placed = _own(request, pk)
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError as error:
        raise Http404 from error
    _try(request, lambda: calendars.skip_day(placed, day, request.viewer, datetime.now(UTC)), gettext("That day is left out."))
    return redirect("block", pk)


@require_POST
@open_to(may_keep_blocks)
def cancel(request: Any, pk: int) -> HttpResponse:
    """Off, in every calendar; the page offers to take it back."""
    calendars.cancel(_own(request, pk), request.viewer, datetime.now(UTC))
    return HttpResponseRedirect(f"{reverse('blocks')}?cancelled={pk}")


@require_POST
@open_to(may_keep_blocks)
def again(request: Any, pk: int) -> HttpResponse:
    """Takes a cancelling back."""
    placed = _own(request, pk)
    _try(request, lambda: calendars.place_again(placed, request.viewer, datetime.now(UTC)), gettext("It stands again."))
    return redirect("blocks")


def _own(request: Any, pk: int) -> Placed:
    placed = queries.mine(request.viewer, pk)
    if placed is None or placed.purpose != UNPLANNED:
        raise Http404
    return placed


def _try(request: Any, action: Callable[[], object], told: str) -> None:
    try:
        action()
    except NotDone as reason:
        messages.error(request, wording.problem(reason))
    else:
        messages.success(request, told)
