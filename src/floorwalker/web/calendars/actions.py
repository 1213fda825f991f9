"""Placing time in people's calendars, moving it, cancelling it.

`place` knows nothing of why: an app passes its `purpose`, and says under `calendar_words` of its AppConfig what that is called
in a calendar. The invited get their copies on the ways they chose; each change reaches every copy.

Raises, all of them
-------------------
PermissionDenied
    when the rule does not allow the viewer to do it.
NotDone
    when it makes no sense; codes as in wording.SENTENCES.
"""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from floorwalker.web.accounts.actions.doing import NotDone, require
from floorwalker.web.accounts.models import User
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.calendars import rules
from floorwalker.web.calendars.delivering import prepare
from floorwalker.web.calendars.invitation import rhythm_of
from floorwalker.web.calendars.models import Guest, Placed
from floorwalker.web.calendars.tasks import carry_all
from floorwalker.web.calendars.times import Rhythm, days_of, first_on, is_over
from floorwalker.web.journal.actions import write

SHORTEST, LONGEST = 5, 24 * 60


@transaction.atomic
def place(
    purpose: str,
    starts_at: datetime,
    minutes: int,
    people: Sequence[User],
    by: Viewer,
    now: datetime,
    *,
    weekdays: Sequence[int] = (),
    until: date | None = None,
    title: str = "",
    facts: dict[str, object] | None = None,
    private: bool = False,
) -> Placed:
    """Busy time in the calendars of `people`: once, or with `weekdays` (0 Monday) weekly up to and with the day `until`.

    The first time is the first of the weekdays from the day of `starts_at` on. `private` time is marked so in calendars, nobody
    sees who else is invited, and the journal does not say whose it is. Whom somebody may invite, the calling app decides.
    """
    require(rules.may_place(by))
    if not people:
        raise NotDone("time.nobody")
    placed = Placed(
        site=by.site,
        by=by.user,
        purpose=purpose,
        title=title[:200],
        facts=facts or {},
        private=private,
        tz=by.site.tz,
        made_at=now,
        changed_at=now,
    )
    _set_time(placed, starts_at, minutes, weekdays, until, now)
    placed.save()
    guests = [Guest.objects.create(placed=placed, user=user) for user in dict.fromkeys(people)]
    _note(placed, by, "placed")
    carry_all([each.pk for each in prepare(guests, now)])
    return placed


@transaction.atomic
def move(
    placed: Placed,
    starts_at: datetime,
    minutes: int,
    by: Viewer,
    now: datetime,
    *,
    weekdays: Sequence[int] = (),
    until: date | None = None,
) -> Placed:
    """Another time for all of it; days that were skipped or moved on their own are forgotten. The same time again: nothing."""
    placed = _held(placed, by)
    if placed.is_cancelled:
        raise NotDone("time.cancelled")
    before = rhythm_of(placed)
    _set_time(placed, starts_at, minutes, weekdays, until, now)
    placed.skipped, placed.moved = [], {}
    if rhythm_of(placed) != before:
        _changed(placed, now)
        _note(placed, by, "moved")
    return placed


@transaction.atomic
def move_day(placed: Placed, day: date, starts_at: datetime, minutes: int, by: Viewer, now: datetime) -> Placed:
    """Another time for one day of a weekly block."""
    placed = _held(placed, by)
    _check_day(placed, day)
    _check_length(minutes)
    if starts_at <= now:
        raise NotDone("time.past")
    placed.moved = {**placed.moved, day.isoformat(): [starts_at.isoformat(), minutes]}
    placed.skipped = [each for each in placed.skipped if each != day.isoformat()]
    _changed(placed, now)
    _note(placed, by, "moved")
    return placed


@transaction.atomic
def skip_day(placed: Placed, day: date, by: Viewer, now: datetime) -> Placed:
    """One day of a weekly block without it; a second tap changes nothing."""
    placed = _held(placed, by)
    _check_day(placed, day)
    if day.isoformat() in placed.skipped:
        return placed
    placed.skipped = sorted({*placed.skipped, day.isoformat()})
    placed.moved = {each: time for each, time in placed.moved.items() if each != day.isoformat()}
    _changed(placed, now)
    _note(placed, by, "moved")
    return placed


def may_become(rhythm: Rhythm, now: datetime) -> bool:
    """Whether placed time may take place so."""
    lengths = [rhythm.minutes, *(minutes for _starts, minutes in (rhythm.moved or {}).values())]
    return all(SHORTEST <= each <= LONGEST for each in lengths) and not is_over(rhythm, now)


@transaction.atomic
def follow(placed: Placed, rhythm: Rhythm, by: Viewer, now: datetime) -> Placed:
    """All of it as its owner moved it in their own calendar; see `may_become`."""
    placed = _held(placed, by)
    placed.starts_at, placed.minutes = rhythm.starts_at, rhythm.minutes
    placed.weekdays, placed.until = list(rhythm.weekdays), rhythm.until
    placed.skipped = sorted(day.isoformat() for day in rhythm.skipped)
    placed.moved = {day.isoformat(): [starts.isoformat(), minutes] for day, (starts, minutes) in (rhythm.moved or {}).items()}
    _changed(placed, now)
    _note(placed, by, "moved")
    return placed


@transaction.atomic
def cancel(placed: Placed, by: Viewer, now: datetime) -> Placed:
    """Off, in every calendar; a second tap changes nothing."""
    placed = _held(placed, by)
    if not placed.is_cancelled:
        placed.state = Placed.State.CANCELLED
        _changed(placed, now)
        _note(placed, by, "cancelled")
    return placed


@transaction.atomic
def place_again(placed: Placed, by: Viewer, now: datetime) -> Placed:
    """Takes a cancelling back."""
    placed = _held(placed, by)
    if placed.is_cancelled:
        if is_over(rhythm_of(placed), now):
            raise NotDone("time.past")
        placed.state = Placed.State.STANDING
        _changed(placed, now)
        _note(placed, by, "placed")
    return placed


def _held(placed: Placed, by: Viewer) -> Placed:
    """The time as it stands now, held until the end of this change."""
    require(rules.may_change(by, placed))
    return Placed.objects.select_for_update().get(pk=placed.pk)


def _set_time(
    placed: Placed, starts_at: datetime, minutes: int, weekdays: Sequence[int], until: date | None, now: datetime
) -> None:
    _check_length(minutes)
    local, days = starts_at.astimezone(ZoneInfo(placed.tz)), sorted(set(weekdays))
    if until and until < local.date():
        raise NotDone("time.reversed")
    placed.starts_at = first_on(local.date(), local.time(), placed.tz, days) if days else starts_at
    placed.minutes, placed.weekdays, placed.until = minutes, days, until if days else None
    rhythm = rhythm_of(placed)
    if days and until and not any(True for _day in days_of(rhythm, local.date(), until)):
        raise NotDone("time.never")
    if is_over(rhythm, now):
        raise NotDone("time.past")


def _check_length(minutes: int) -> None:
    if not SHORTEST <= minutes <= LONGEST:
        raise NotDone("time.too_short")


def _check_day(placed: Placed, day: date) -> None:
    if placed.is_cancelled:
        raise NotDone("time.cancelled")
    if not placed.weekdays or day not in days_of(rhythm_of(placed), day, day):
        raise NotDone("time.not_on_that_day")


def _changed(placed: Placed, now: datetime) -> None:
    """The next state, on its way to everybody."""
    placed.sequence += 1
    placed.changed_at = now
    placed.save()
    carry_all([each.pk for each in prepare(placed.guests.select_related("placed", "user"), now)])


def _note(placed: Placed, by: Viewer, what: str) -> None:
    who = None if placed.private else by.user
    if what == "placed":
        write(who, "time.placed", placed.purpose)
    elif what == "moved":
        write(who, "time.moved", placed.purpose)
    else:
        write(who, "time.cancelled", placed.purpose)
