"""Bringing in planned shifts, and taking them back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import F, QuerySet

from floorwalker.sources.spreadsheet.script import plain
from floorwalker.web.accounts.actions.doing import NotDone, actor, require
from floorwalker.web.accounts.models import Person, Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.journal.actions import write
from floorwalker.web.planning import rules
from floorwalker.web.planning.drafts import Draft, Known, Read, read
from floorwalker.web.planning.models import Roster, Shift
from floorwalker.web.planning.repeated import Pattern

MOST_DAYS = 366


def people_by_name(site: Site) -> dict[str, Known]:
    """Everybody by each way in which a roster may name them; a name that two people share names nobody."""
    found: dict[str, Known] = {}
    shared: set[str] = set()
    for person in Person.objects.filter(site=site).prefetch_related("agent_names"):
        known = Known(person.pk, person.hired_on, person.left_on)
        ways = {person.native_id, person.email, person.name, *(each.name for each in person.agent_names.all())}
        for way in {plain(each) for each in ways if each}:
            shared |= {way} if way in found and found[way] != known else set()
            found[way] = known
    return {way: known for way, known in found.items() if way not in shared}


def bring_in_file(site: Site, path: Path, name: str, queues: Sequence[str], viewer: Viewer | None, now: datetime) -> Roster:
    """Take a roster file over: all of its good rows, or none when its columns cannot be told.

    Raises
    ------
    NotDone
        `roster_columns`, `roster_empty`.
    Unreadable
        when there is no table in the file.
    """
    require(viewer is None or rules.may_plan(viewer))
    found = read(path, people_by_name(site), queues)
    if found.missing:
        raise NotDone("roster_columns", columns=", ".join(found.missing))
    if not found.rows:
        raise NotDone("roster_empty")
    return keep(site, Roster.Kind.FILE, name, found, viewer, now)


@transaction.atomic
def keep(site: Site, kind: Roster.Kind, name: str, found: Read, viewer: Viewer | None, now: datetime) -> Roster:
    """Store the shifts. A person's earlier shift at the same time gives way; one that is just the same stays."""
    roster = Roster.objects.create(site=site, kind=kind, name=name[:200], by=actor(viewer), at=now)
    fresh, same, old = _against(site, found.drafts)
    Shift.objects.filter(pk__in=old).update(replaced_by=roster)
    Shift.objects.bulk_create(
        [
            Shift(
                roster=roster,
                site=site,
                day=each.day,
                start=each.start,
                end=each.end,
                queue=each.queue,
                person_id=each.person,
                people=each.people,
                breaks=[list(span) for span in each.breaks],
            )
            for each in fresh
        ],
        batch_size=500,
    )
    roster.counts = {
        "read": found.rows,
        "kept": len(fresh),
        "unchanged": same,
        "replaced": len(old),
        "refused": len(found.refused),
    }
    roster.refused = found.refused[: Roster.KEPT_REFUSALS]
    roster.remarks = [
        {"code": "queue_unknown", "facts": {"queue": queue, "rows": rows}} for queue, rows in found.queues_unknown.items()
    ]
    roster.save()
    called = roster.kind if roster.kind == Roster.Kind.SAMPLE else roster.name
    write(actor(viewer), "roster.brought_in", called, facts={"roster": roster.pk, "rows": len(fresh)})
    return roster


def _against(site: Site, drafts: Sequence[Draft]) -> tuple[list[Draft], int, list[int]]:
    """The drafts that are new, how many are there already, and the shifts that give way."""
    if not drafts:
        return [], 0, []
    first, last = min(each.day for each in drafts), max(each.day for each in drafts)
    held = in_force(site).filter(day__range=(first - timedelta(1), last + timedelta(1)), person__isnull=False)
    by_person: dict[tuple[int, date], list[Shift]] = {}
    for shift in held:
        by_person.setdefault((shift.person_id or 0, shift.day), []).append(shift)
    fresh, same, old = [], 0, set()
    for draft in drafts:
        near = [each for step in (-1, 0, 1) for each in by_person.get((draft.person or 0, draft.day + timedelta(step)), ())]
        if any(_is_same(draft, each) for each in near):
            same += 1
            continue
        old |= {each.pk for each in near if draft.overlaps(as_draft(each))}
        fresh.append(draft)
    return fresh, same, sorted(old)


def as_draft(shift: Shift) -> Draft:
    """A stored shift as a file would tell it."""
    breaks = tuple((first, last) for first, last in shift.breaks)
    return Draft(0, shift.day, shift.start, shift.end, shift.queue, shift.person_id, shift.people, breaks)


def _is_same(draft: Draft, shift: Shift) -> bool:
    mine = (draft.day, draft.start, draft.end, draft.queue, draft.breaks)
    return mine == (shift.day, shift.start, shift.end, shift.queue, tuple((first, last) for first, last in shift.breaks))


def in_force(site: Site) -> QuerySet[Shift]:
    """The shifts that count: not replaced, not undone."""
    return Shift.objects.filter(site=site, replaced_by__isnull=True, roster__undone_at__isnull=True)


def counted(site: Site) -> QuerySet[Shift]:
    """The shifts in force of people who still work here on their day."""
    return in_force(site).exclude(person__left_on__lt=F("day"))


def bring_in_pattern(site: Site, pattern: Pattern, viewer: Viewer, now: datetime) -> Roster:
    """Plan the same shift on the chosen weekdays from one day to another.

    Raises
    ------
    NotDone
        `pattern_no_day`, `pattern_too_long`.
    """
    require(rules.may_plan(viewer))
    if (pattern.until - pattern.since).days >= MOST_DAYS:
        raise NotDone("pattern_too_long")
    drafts = pattern.drafts()
    if not drafts:
        raise NotDone("pattern_no_day")
    return keep(site, Roster.Kind.PATTERN, pattern.queue, Read(rows=len(drafts), drafts=drafts), viewer, now)


@transaction.atomic
def undo(roster: Roster, viewer: Viewer, now: datetime) -> None:
    """Take a roster back; what had given way to it counts again.

    Raises
    ------
    NotDone
        `roster_undone` when it was taken back before.
    """
    require(rules.may_plan(viewer) and roster.site_id == viewer.site.pk)
    held = Roster.objects.select_for_update().get(pk=roster.pk)
    if held.undone_at:
        raise NotDone("roster_undone")
    held.undone_at = now
    held.save()
    Shift.objects.filter(replaced_by=held).update(replaced_by=None)
    write(actor(viewer), "roster.undone", held.name, facts={"roster": held.pk})
