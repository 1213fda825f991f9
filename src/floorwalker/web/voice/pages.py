"""The page of follow-ups and the panel on Today, written for their reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy

from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.ui.reader import Reader
from floorwalker.web.voice import queries, wording
from floorwalker.web.voice.models import Kind
from floorwalker.web.voice.queries import Line

PANEL = 4
STATES = {"open": pgettext_lazy("follow-ups", "Open"), "closed": pgettext_lazy("follow-ups", "Closed")}


@dataclass(frozen=True)
class Card:
    """One entry as a list shows it; `share` is its wait against the longest one, 0 to 100, as a text."""

    pk: str
    url: str
    text: str
    long: str
    by: str
    due: str
    outcome: str
    closed: str
    share: str
    rest: str
    may_close: bool
    may_reopen: bool


@dataclass(frozen=True)
class Section:
    """A list with its title; `empty` is said when there is nothing in it."""

    title: str
    note: str
    cards: tuple[Card, ...]
    empty: str


@dataclass(frozen=True)
class Choice:
    """One choice of a filter."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Told:
    """What was closed last, with the way back."""

    words: str
    pk: str


@dataclass(frozen=True)
class Page:
    """Everything on the page of follow-ups."""

    sentence: str
    kinds: tuple[Choice, ...]
    states: tuple[Choice, ...]
    sections: tuple[Section, ...]
    told: Told | None


def page(viewer: Viewer, reader: Reader, kind: str, state: str, closed_pk: int | None) -> Page:
    """What the viewer owes, awaits and may read; or what is closed."""
    owed, awaited = queries.open_for(viewer), queries.awaited_by(viewer)
    last = queries.one(viewer, closed_pk) if closed_pk else None
    return Page(
        sentence=wording.head(owed, awaited, reader),
        kinds=(Choice("", gettext("Everything"), kind not in Kind.values), *_choices(dict(Kind.choices), kind)),
        states=_choices(STATES, state if state in STATES else "open"),
        sections=_closed(viewer, reader, kind) if state == "closed" else _open(viewer, reader, kind),
        told=_told(last, reader) if last else None,
    )


def _told(last: Line, reader: Reader) -> Told | None:
    if last.is_open or not last.may_change:
        return None
    return Told(f"{wording.isolated(last.text)} {wording.closed(last, reader)}", str(last.id))


def _choices(words: Mapping[str, object], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, str(label), value == chosen) for value, label in words.items())


def _open(viewer: Viewer, reader: Reader, kind: str) -> tuple[Section, ...]:
    longest_first = gettext("longest first")
    owed = cards(queries.open_for(viewer, kind), viewer, reader)
    awaited = cards(queries.awaited_by(viewer, kind), viewer, reader)
    sections = [
        Section(gettext("You owe"), longest_first, owed, gettext("Nobody waits for you.")),
        Section(gettext("You wait for"), longest_first, awaited, gettext("You wait for nobody.")),
    ]
    if around := cards(queries.around(viewer, kind), viewer, reader):
        sections.append(Section(gettext("Also yours to read"), gettext("about you or your people"), around, ""))
    return tuple(sections)


def _closed(viewer: Viewer, reader: Reader, kind: str) -> tuple[Section, ...]:
    found = cards(queries.closed_for(viewer, kind), viewer, reader)
    return (Section(pgettext("follow-ups", "Closed"), gettext("latest first"), found, gettext("Nothing has been closed yet.")),)


def panel(viewer: Viewer, reader: Reader) -> tuple[Card, ...]:
    """What the viewer owes, for Today: the four that have waited longest."""
    return cards(queries.open_for(viewer)[:PANEL], viewer, reader)


def cards(lines: Sequence[Line], viewer: Viewer, reader: Reader) -> tuple[Card, ...]:
    """Lines as a list shows them."""
    longest = max((line.days for line in lines), default=0) or 1
    return tuple(_card(line, round(100 * max(line.days, 0.3) / longest), viewer, reader) for line in lines)


def _card(line: Line, share: int, viewer: Viewer, reader: Reader) -> Card:
    return Card(
        pk=str(line.id),
        url=reverse("follow-up", args=[line.id]),
        text=line.text,
        long=wording.waited(line, reader) if line.is_open else "",
        by=wording.by(line, reader),
        due=wording.due(line, viewer.on, reader),
        outcome=line.outcome,
        closed=wording.closed(line, reader),
        share=str(min(share, 100)),
        rest=str(100 - min(share, 100)) if reader.direction == "rtl" else "0",
        may_close=line.may_change and line.is_open,
        may_reopen=line.may_change and not line.is_open,
    )
