"""Entries in whole sentences."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts.actions import NotDone
from floorwalker.web.ui.reader import Reader
from floorwalker.web.voice.models import Kind, State
from floorwalker.web.voice.queries import Line

SENTENCES: Mapping[str, Promise] = {
    "voice.no_words": _("There are no words yet. Write what was said or what is owed."),
    "voice.too_long": _("These are %(found)s characters; at most %(most)s fit. Say the rest in the conversation itself."),
    "voice.closed_already": _("This was closed in another way meanwhile. Open it again first, then close it as you want."),
}

CLOSED: Mapping[str, Promise] = {
    State.DONE: _("Done on %(day)s."),
    State.ANSWERED: _("Answered on %(day)s."),
    State.DROPPED: _("Dropped on %(day)s."),
}


def problem(reason: NotDone) -> str:
    """Why nothing was changed."""
    return str(SENTENCES[reason.code]) % reason.facts


def isolated(name: str) -> str:
    """A name, kept apart from the direction of the sentence around it."""
    return f"\u2068{name}\u2069"


def head(owed: Sequence[Line], awaited: Sequence[Line], reader: Reader) -> str:
    """The sentence of the page."""
    if not owed:
        if not awaited:
            return gettext("Nobody waits for you, and you wait for nobody.")
        return gettext("Nobody waits for you.")
    longest = max(line.days for line in owed)
    words = {"n": reader.number(len(owed)), "days": days(longest, reader)}
    if not longest:
        return ngettext("You owe one thing, since today.", "You owe %(n)s things, all since today.", len(owed)) % words
    return (
        ngettext(
            "You owe one thing; it has waited %(days)s.", "You owe %(n)s things; the oldest has waited %(days)s.", len(owed)
        )
        % words
    )


def days(count: int, reader: Reader) -> str:
    """A wait in days."""
    return ngettext("one day", "%(n)s days", count) % {"n": reader.number(count)}


def waited(line: Line, reader: Reader) -> str:
    """How long it has been open."""
    return days(line.days, reader) if line.days else gettext("since today")


def kind(line: Line) -> str:
    """What it is."""
    return str(Kind(line.kind).label)


def by(line: Line, reader: Reader) -> str:
    """What it is, who raised it and what it is about, as one line under the words."""
    parts = [kind(line)]
    if line.raised_by and not line.is_raised_by_me:
        parts.append(isolated(line.raised_by))
    if line.about_person and line.about_person != line.raised_by:
        parts.append(gettext("about %(name)s") % {"name": isolated(line.about_person)})
    if line.about_queue:
        parts.append(gettext("queue %(queue)s") % {"queue": isolated(line.about_queue)})
    if line.is_open and not line.is_mine:
        parts.append(gettext("owed by %(name)s") % {"name": isolated(line.owner)})
    return " · ".join(parts)


def due(line: Line, today: date, reader: Reader) -> str:
    """By when; empty when no day was given or it is closed."""
    if line.due is None or not line.is_open:
        return ""
    words = {"day": reader.day(line.due, "medium")}
    if line.due < today:
        return gettext("was due on %(day)s") % words
    return gettext("due today") if line.due == today else gettext("due on %(day)s") % words


def closed(line: Line, reader: Reader) -> str:
    """How and when it was closed; empty while it is open."""
    return "" if line.is_open else str(CLOSED[line.state]) % {"day": reader.instant(line.closed_at)}


def readers(line: Line) -> str:
    """Who can read it, said before the words."""
    about = isolated(line.about_person or line.raised_by or line.author)
    words = {"author": isolated(line.author), "owner": isolated(line.owner), "name": about}
    if line.confidential:
        few = _("Readers: %(author)s who wrote it, %(owner)s who owes it, and %(name)s. Nobody else, whatever their role.")
        return str(few) % words
    more = _("Readers: %(author)s who wrote it, %(owner)s who owes it, %(name)s, and their team leaders and managers.")
    return str(more) % words
