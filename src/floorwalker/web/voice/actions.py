"""Writing down what was said or is owed, and what came of it.

The journal keeps that something was written and how it went on, never the words and never about whom: those stay in the circle.

Raises, all of them
-------------------
PermissionDenied
    when the rule does not allow the viewer to do it.
NotDone
    when it makes no sense; codes as in wording.SENTENCES.
"""

from datetime import date, datetime

from django.db import transaction

from floorwalker.web.accounts.actions.doing import NotDone, require
from floorwalker.web.accounts.models import Person, User
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.journal.actions import write
from floorwalker.web.voice import rules
from floorwalker.web.voice.models import Entry, Kind, Origin, State

LONGEST = 500


@transaction.atomic
def add(
    by: Viewer,
    now: datetime,
    kind: str,
    text: str,
    *,
    about_person: Person | None = None,
    about_queue: str = "",
    raised_by: Person | None = None,
    owner: User | None = None,
    due: date | None = None,
    origin: str = Origin.OWN,
    confidential: bool = False,
) -> Entry:
    """One more entry; without an owner its author owes it, without `raised_by` its author said it."""
    require(rules.may_write(by))
    require(about_person is None or rules.may_write_about(by, about_person))
    owner = owner or by.user
    require(rules.owners(by).filter(pk=owner.pk).exists())
    entry = Entry.objects.create(
        site=by.site,
        kind=Kind(kind),
        text=_words(text),
        author=by.user,
        raised_by=raised_by or by.person,
        about_person=about_person,
        about_queue=about_queue[:200],
        owner=owner,
        due=due,
        origin=Origin(origin),
        confidential=confidential,
        at=now,
    )
    write(by.user, "voice.written", entry.kind)
    return entry


@transaction.atomic
def assign(entry: Entry, owner: User, due: date | None, by: Viewer) -> Entry:
    """Hands an entry on to somebody, or gives it another day."""
    entry = _held(entry)
    require(rules.may_change(by, entry) and rules.owners(by).filter(pk=owner.pk).exists())
    if (entry.owner_id, entry.due) == (owner.pk, due):
        return entry
    entry.owner, entry.due = owner, due
    entry.save(update_fields=["owner", "due"])
    write(by.user, "voice.handed_on", entry.kind)
    return entry


@transaction.atomic
def reword(entry: Entry, text: str, by: Viewer) -> Entry:
    """Other words for what was said; only its author changes them."""
    entry = _held(entry)
    require(entry.author_id == by.user.pk)
    words = _words(text)
    if words != entry.text:
        entry.text = words
        entry.save(update_fields=["text"])
        write(by.user, "voice.reworded", entry.kind)
    return entry


def finish(entry: Entry, by: Viewer, now: datetime, outcome: str = "") -> Entry:
    """What was owed is done."""
    with transaction.atomic():
        entry, is_new = _close(entry, State.DONE, by, now, _outcome(outcome))
        if is_new:
            write(by.user, "voice.done", entry.kind)
    return entry


def answer(entry: Entry, by: Viewer, now: datetime, outcome: str) -> Entry:
    """Whoever raised it gets these words as an answer."""
    with transaction.atomic():
        entry, is_new = _close(entry, State.ANSWERED, by, now, _words(outcome))
        if is_new:
            write(by.user, "voice.answered", entry.kind)
    return entry


def drop(entry: Entry, by: Viewer, now: datetime, outcome: str = "") -> Entry:
    """Nothing will come of it; the reason may be given."""
    with transaction.atomic():
        entry, is_new = _close(entry, State.DROPPED, by, now, _outcome(outcome))
        if is_new:
            write(by.user, "voice.dropped", entry.kind)
    return entry


@transaction.atomic
def reopen(entry: Entry, by: Viewer) -> Entry:
    """Takes a closing back; the words of the outcome stay until it is closed again."""
    entry = _held(entry)
    require(rules.may_change(by, entry))
    if entry.is_open:
        return entry
    entry.state, entry.closed_at = State.OPEN, None
    entry.save(update_fields=["state", "closed_at"])
    write(by.user, "voice.opened_again", entry.kind)
    return entry


def _close(entry: Entry, state: State, by: Viewer, now: datetime, outcome: str) -> tuple[Entry, bool]:
    """A second tap on the same button changes nothing; what another device closed meanwhile is told, not overruled."""
    entry = _held(entry)
    require(rules.may_change(by, entry))
    if entry.state == state and outcome in ("", entry.outcome):
        return entry, False
    if not entry.is_open:
        raise NotDone("voice.closed_already")
    entry.state, entry.closed_at, entry.outcome = state, now, outcome or entry.outcome
    entry.save(update_fields=["state", "closed_at", "outcome"])
    return entry, True


def _held(entry: Entry) -> Entry:
    """The entry as it stands now, held until the end of this change."""
    return Entry.objects.select_for_update().get(pk=entry.pk)


def _words(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise NotDone("voice.no_words")
    if len(words) > LONGEST:
        raise NotDone("voice.too_long", most=str(LONGEST), found=str(len(words)))
    return words


def _outcome(text: str) -> str:
    return _words(text) if text.strip() else ""
