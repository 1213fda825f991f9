"""Visits on the floor and interruptions: kept in two taps, sent as often as it takes, kept once.

The phone makes a key for each; what comes twice under one key is the same. A visit may arrive long after it was made.

Raises, all of them
-------------------
PermissionDenied
    when the rule does not allow the viewer to do it.
NotDone
    when it makes no sense; codes as in wording.SENTENCES and in voice.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from floorwalker.web.accounts.actions.doing import NotDone, require
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.journal.actions import write
from floorwalker.web.routines.models import Cause, Found, Interruption, Visit
from floorwalker.web.routines.rules import may_keep_blocks, may_walk, on_the_floor
from floorwalker.web.voice import actions as voice
from floorwalker.web.voice.models import Entry, Kind, Origin

LATE_AT_MOST = timedelta(days=30)
KINDS = {
    Found.TOOL: Kind.FRICTION,
    Found.PROCEDURE: Kind.FRICTION,
    Found.IDEA: Kind.IDEA,
    Found.OWE: Kind.FOLLOW_UP,
    Found.NOTICED: Kind.OBSERVATION,
}
"""What becomes of what was found; all well becomes nothing."""
DAY_MINUTES = 24 * 60


@transaction.atomic
def keep_visit(by: Viewer, key: UUID, person_id: int, found: str, at: datetime, now: datetime) -> Visit:
    """A visit, with what came up as an entry of one's own; the same key again is the same visit, with what was tapped last."""
    require(may_walk(by))
    person = on_the_floor(by).filter(pk=person_id).first()
    if person is None:
        raise NotDone("visit.unknown")
    when = at if now - LATE_AT_MOST <= at <= now else now
    facts = {"site": by.site, "person": person, "at": when, "found": Found(found)}
    visit, is_new = Visit.objects.select_for_update().get_or_create(by=by.user, key=key, defaults=facts)
    if is_new:
        write(by.user, "visit.kept")
    elif visit.found == found:
        return visit
    visit.found = found
    visit.entry = _entry(visit, by, now)
    visit.save(update_fields=["found", "entry"])
    return visit


def _entry(visit: Visit, by: Viewer, now: datetime) -> Entry | None:
    """What came up, in the words of the tap until there are better ones."""
    if visit.entry and visit.entry.is_open:
        voice.drop(visit.entry, by, now)
    kind = KINDS.get(Found(visit.found))
    if kind is None:
        return None
    about = visit.person if kind == Kind.OBSERVATION else None
    return voice.add(
        by,
        now,
        kind,
        str(Found(visit.found).label),
        about_person=about,
        raised_by=visit.person if about is None else None,
        origin=Origin.FLOOR_WALK,
    )


@transaction.atomic
def word_visit(by: Viewer, key: UUID, text: str, now: datetime) -> Visit:
    """Words for what a visit found; words for one where all was well become an observation."""
    visit = _own(by, key)
    if visit.undone_at or not text.strip():
        return visit
    if visit.entry is None:
        facts = {"about_person": visit.person, "origin": Origin.FLOOR_WALK}
        visit.entry = voice.add(by, now, Kind.OBSERVATION, text, **facts)  # type: ignore[arg-type]
        visit.save(update_fields=["entry"])
    else:
        voice.reword(visit.entry, text, by)
    return visit


@transaction.atomic
def undo_visit(by: Viewer, key: UUID, now: datetime) -> Visit:
    """As if it had not been; what came of it is dropped, unless it was closed meanwhile."""
    visit = _own(by, key)
    if visit.undone_at is None:
        visit.undone_at = now
        visit.save(update_fields=["undone_at"])
        if visit.entry and visit.entry.is_open:
            voice.drop(visit.entry, by, now)
        write(by.user, "visit.undone")
    return visit


def _own(by: Viewer, key: UUID) -> Visit:
    require(may_walk(by))
    visit = Visit.objects.select_for_update().filter(by=by.user, key=key).first()
    if visit is None:
        raise NotDone("visit.unknown")
    return visit


@transaction.atomic
def keep_interruption(by: Viewer, key: UUID, cause: str, minutes: int, day: date, words: str, now: datetime) -> Interruption:
    """One more interruption; the same key again is the same one."""
    require(may_keep_blocks(by))
    if not 1 <= minutes <= DAY_MINUTES:
        raise NotDone("interruption.minutes")
    facts = {
        "site": by.site,
        "cause": Cause(cause),
        "minutes": minutes,
        "day": min(day, by.on),
        "words": words[:200],
        "at": now,
    }
    kept, is_new = Interruption.objects.get_or_create(by=by.user, key=key, defaults=facts)
    if is_new:
        write(by.user, "interruption.kept")
    return kept


@transaction.atomic
def undo_interruption(by: Viewer, pk: int, now: datetime) -> None:
    """As if it had not been; a second tap changes nothing."""
    require(may_keep_blocks(by))
    kept = Interruption.objects.select_for_update().filter(by=by.user, pk=pk, undone_at=None).first()
    if kept is None:
        return
    kept.undone_at = now
    kept.save(update_fields=["undone_at"])
    write(by.user, "interruption.undone")
