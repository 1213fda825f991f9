"""Verbs of a conversation guide: prepare, keep what was agreed, answer, take back. Its text is never in the journal."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from floorwalker.web.accounts.actions.doing import require
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.journal.actions import write
from floorwalker.web.signatures import rules
from floorwalker.web.signatures.examples import Example
from floorwalker.web.signatures.models import Finding, Guide, Reply
from floorwalker.web.signatures.queries import policy_of
from floorwalker.web.voice import actions as voice
from floorwalker.web.voice.models import Entry, Kind, Origin, State
from floorwalker.web.voice.rules import may_change

UNDO = timedelta(days=1)
"""For so long a withdrawn guide can be taken up again."""
LONGEST = 4000


@dataclass(frozen=True)
class Agreed:
    """What came of a conversation, or is to come of it."""

    offers: tuple[str, ...] = ()
    agreed: str = ""
    follow_up_on: date | None = None
    reminder: str = ""
    """How the follow-up is called among those of whoever set its day: words that tell nothing of the person."""


@dataclass(frozen=True)
class Prepared:
    """What somebody puts into a guide: contacts, questions by their codes, own words, and what is offered."""

    examples: tuple[Example, ...]
    questions: tuple[str, ...]
    words: str
    agreed: Agreed


@transaction.atomic
def prepare(finding: Finding, given: Prepared, viewer: Viewer, now: datetime) -> Guide:
    """Keep a guide about a lasting change. Its subject reads it from this moment.

    Raises
    ------
    PermissionDenied
        when the viewer is not in the line of this person, or the change is no lasting one.
    """
    require(rules.may_prepare(viewer, finding.person) and finding.is_lasting)
    today = now.astimezone(ZoneInfo(viewer.site.tz)).date()
    write(viewer.user, "private.kept", about=finding.person)
    kept = Guide.objects.create(
        person=finding.person,
        measure=finding.measure,
        onset=finding.onset,
        by=viewer.user,
        at=now,
        facts={name: getattr(finding, name) for name in ("size", "size_low", "size_high", "usual")},
        examples=[
            {"key": str(each.key), "day": each.day.isoformat(), "name": each.name, "queue": each.queue, "value": each.value}
            for each in given.examples
        ],
        questions=list(given.questions),
        words=given.words[:LONGEST],
        offers=list(given.agreed.offers),
        agreed=given.agreed.agreed[:LONGEST],
        follow_up_on=given.agreed.follow_up_on,
        expires_on=policy_of(viewer.site).last_day(today),
    )
    _owe(kept, given.agreed.reminder, viewer, now)
    return kept


@transaction.atomic
def agree(guide: Guide, given: Agreed, viewer: Viewer, now: datetime) -> None:
    """Keep what was offered and agreed, and when to look at it again.

    Raises
    ------
    PermissionDenied
        when the viewer neither wrote the guide nor is in the line of its subject.
    """
    require(rules.may_change_guide(viewer, guide))
    is_new_day = guide.follow_up_on != given.follow_up_on
    guide.offers, guide.agreed, guide.follow_up_on = list(given.offers), given.agreed[:LONGEST], given.follow_up_on
    if is_new_day:
        guide.followed_up_at = None
    guide.save()
    if is_new_day:
        _owe(guide, given.reminder, viewer, now)
    write(viewer.user, "private.kept", about=guide.person)


@transaction.atomic
def follow_up(guide: Guide, viewer: Viewer, now: datetime) -> None:
    """Note that it was looked at again.

    Raises
    ------
    PermissionDenied
        as `agree` does.
    """
    require(rules.may_change_guide(viewer, guide))
    guide.followed_up_at = now
    guide.save()
    if owed := _owed(guide, viewer):
        voice.finish(owed, viewer, now)
    write(viewer.user, "private.kept", about=guide.person)


@transaction.atomic
def answer(guide: Guide, text: str, contests: bool, viewer: Viewer, now: datetime) -> Reply | None:
    """Keep what the subject says to it; an empty text says nothing.

    Raises
    ------
    PermissionDenied
        when somebody else than its subject answers.
    """
    require(rules.may_answer(viewer, guide))
    if not text.strip():
        return None
    write(viewer.user, "private.answered", about=guide.person)
    return Reply.objects.create(guide=guide, text=text.strip()[:LONGEST], contests=contests, by=viewer.user, at=now)


@transaction.atomic
def withdraw(guide: Guide, viewer: Viewer, now: datetime) -> None:
    """Take a guide back: nobody reads it any more, and in a day it is gone for good.

    Raises
    ------
    PermissionDenied
        when somebody else wrote it.
    """
    require(rules.may_withdraw(viewer, guide))
    guide.withdrawn_at = now
    guide.save()
    if owed := _owed(guide, viewer):
        voice.drop(owed, viewer, now)
    write(viewer.user, "private.withdrawn", about=guide.person)


@transaction.atomic
def take_up_again(guide: Guide, viewer: Viewer, now: datetime) -> None:
    """Undo a withdrawal of the last day.

    Raises
    ------
    PermissionDenied
        when somebody else wrote it, it was not withdrawn, or too long ago.
    """
    recently = guide.withdrawn_at is not None and guide.withdrawn_at >= now - UNDO
    require(rules.may_withdraw(viewer, guide) and rules.may_prepare(viewer, guide.person) and recently)
    guide.withdrawn_at = None
    guide.save()
    if guide.follow_up and guide.follow_up.state == State.DROPPED and may_change(viewer, guide.follow_up):
        voice.reopen(guide.follow_up, viewer)
    write(viewer.user, "private.kept", about=guide.person)


def _owe(guide: Guide, reminder: str, viewer: Viewer, now: datetime) -> None:
    """Puts the day of a guide among the follow-ups of whoever set it; another day moves it, none drops it."""
    owed = _owed(guide, viewer)
    if owed and guide.follow_up_on:
        voice.assign(owed, owed.owner, guide.follow_up_on, viewer)
    elif owed:
        voice.drop(owed, viewer, now)
    elif guide.follow_up_on and rules.may_prepare(viewer, guide.person):
        about, due = guide.person, guide.follow_up_on
        guide.follow_up = voice.add(
            viewer, now, Kind.FOLLOW_UP, reminder, about_person=about, due=due, origin=Origin.CONVERSATION
        )
        guide.save()


def _owed(guide: Guide, viewer: Viewer) -> Entry | None:
    """The follow-up of a guide, as long as it is open and the viewer's to change."""
    owed = guide.follow_up
    return owed if owed and owed.is_open and may_change(viewer, owed) else None
