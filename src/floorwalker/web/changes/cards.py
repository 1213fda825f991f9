"""The page of changes, written for one reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from floorwalker.core.measures import MEASURES
from floorwalker.web.changes import telling, wording
from floorwalker.web.changes.costs import cost_of
from floorwalker.web.changes.joining import LATELY, undecided_joined
from floorwalker.web.changes.ledger import Ledger
from floorwalker.web.changes.models import Finding, Round, Story
from floorwalker.web.changes.picture import picture_of
from floorwalker.web.changes.places import DIMENSIONS
from floorwalker.web.changes.queries import HELD, Asked, Change, changes_of, values_of
from floorwalker.web.changes.series import WATCHED
from floorwalker.web.events.queries import kept_holidays
from floorwalker.web.pulse import record_words
from floorwalker.web.pulse import wording as pulse_wording
from floorwalker.web.pulse.words import called
from floorwalker.web.ui.charts import Hand, Picture, Table
from floorwalker.web.ui.reader import Reader

MOST = 20


@dataclass(frozen=True)
class Told:
    """A story as it stands: the sentence, and who wrote it when."""

    text: str
    by: str


@dataclass(frozen=True)
class Under:
    """Another change of the same series, told on the card in one sentence."""

    words: str
    url: str


@dataclass(frozen=True)
class Card:
    """One change. `shape` chooses the verdict's drawing and colour."""

    pk: str
    shape: str
    verdict: str
    sentence: str
    url: str
    lines: tuple[str, ...]
    picture: Picture
    story: Told | None
    before: tuple[Under, ...]


@dataclass(frozen=True)
class Choice:
    """One value of a filter."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Picker:
    """A filter of the page."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class ChangesPage:
    """Everything on the page. Without cards, `empty` says why and what follows."""

    sentence: str
    lede: str
    pickers: tuple[Picker, ...]
    cards: tuple[Card, ...]
    empty: tuple[str, str] | None
    is_narrow: bool
    newer: str
    older: str


def changes_page(ledger: Ledger, ask: Asked, page: int, reader: Reader) -> ChangesPage:
    """The changes asked for, twenty a page, latest first."""
    done, found = ledger.round, changes_of(ledger, ask)
    lasting, found = _lasting_lately(found, done), found if ask.kind else undecided_joined(found)
    pages = max(1, -(-len(found) // MOST))
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * MOST : page * MOST]
    return ChangesPage(
        sentence=wording.head(lasting, reader) if done and done.until else gettext("What changed"),
        lede=wording.lede(done, reader) if done and done.until else "",
        pickers=_pickers(ledger, ask, reader),
        cards=cards_of(ledger, shown, reader),
        empty=None if shown else _empty(done, ask, reader),
        is_narrow=ask.is_narrow,
        newer=_address(ask, page - 1) if page > 1 else "",
        older=_address(ask, page + 1) if page < pages else "",
    )


def _lasting_lately(found: Sequence[Change], done: Round | None) -> int:
    since = (done.until or date.min) - LATELY if done else date.min
    return sum(each.finding.lasts and each.finding.onset >= since for each in found)


def cards_of(ledger: Ledger, changes: Sequence[Change], reader: Reader) -> tuple[Card, ...]:
    """A card for each change."""
    days = kept_holidays(ledger.site, {each.finding.onset.year for each in changes}, reader.language)
    handle = ledger.round.handle_s if ledger.round else None
    return tuple(_card(each, days, handle, reader) for each in changes)


def _card(change: Change, holidays: Mapping[date, str], handle_s: float | None, reader: Reader) -> Card:
    finding, story = change.finding, change.story
    hand = Hand(reader, MEASURES[finding.measure].unit)
    said = wording.sentence(finding, reader)
    open_ended = finding.kind == Finding.Kind.EARLY or finding.lasts
    lines = (
        wording.levels(finding, hand),
        telling.cost(cost_of(finding, handle_s), finding, reader) if open_ended else "",
        wording.began(finding, reader),
        wording.holiday(finding, holidays),
        wording.same_in(change.same_in),
        telling.along([each for each in change.behind if each.measure != finding.measure]),
        telling.ruled(change.ruling, reader) if change.ruling else "",
    )
    return Card(
        pk=str(finding.pk),
        shape=shape_of(finding),
        verdict=wording.verdict(finding, reader),
        sentence=said,
        url=reverse("changes-one", args=[finding.pk]),
        lines=tuple(line for line in lines if line),
        picture=picture_of(finding, said, hand, chances_table(finding, reader)),
        story=told_story(story, reader) if story else None,
        before=tuple(_under(each, reader) for each in change.before),
    )


def _under(change: Change, reader: Reader) -> Under:
    return Under(telling.under(change, reader), reverse("changes-one", args=[change.finding.pk]))


def shape_of(finding: Finding) -> str:
    """Which drawing stands beside the verdict."""
    if finding.kind == Finding.Kind.LASTING:
        return "over" if finding.until else "shift"
    return str(finding.kind)


def told_story(story: Story, reader: Reader) -> Told:
    """A story with its author, its day, and the event that it names."""
    words = {"who": f"\u2068{story.by}\u2069", "when": reader.instant(story.at)}
    by = gettext("%(who)s, %(when)s") % words
    if story.event and story.event.name != story.text:
        by = gettext("%(by)s. Event: %(event)s") % {"by": by, "event": f"\u2068{story.event.name}\u2069"}
    return Told(story.text, by)


def chances_table(finding: Finding, reader: Reader) -> Table:
    """How sure we were, day by day since the onset."""
    rows = tuple(
        (reader.day(date.fromisoformat(at), "medium"), *(reader.percent(share) for share in (lasting, blip, nothing)))
        for at, nothing, blip, lasting in finding.chances
    )
    head = (gettext("Day"), gettext("Lasting"), gettext("Blip"), gettext("Nothing"))
    return Table(gettext("How sure we were, day by day"), head, rows)


def _pickers(ledger: Ledger, ask: Asked, reader: Reader) -> tuple[Picker, ...]:
    measures = [(name, pulse_wording.name(name)) for name in WATCHED]
    kinds = [
        *((str(kind), str(words)) for kind, words in wording.KINDS.items()),
        (HELD, gettext("Held back by the alarm budget")),
    ]
    places = [(name, [(each, called(name, each, reader)) for each in values_of(ledger, name)]) for name in DIMENSIONS]
    return (
        *(
            _picker(name, str(record_words.DIMENSIONS[name]), str(record_words.ANY[name]), values, getattr(ask, name))
            for name, values in places
            if values or name == "queue"
        ),
        _picker("measure", gettext("Measure"), gettext("All measures"), measures, ask.measure),
        _picker("kind", gettext("Verdict"), gettext("All verdicts"), kinds, HELD if ask.is_held else ask.kind),
    )


def _picker(name: str, label: str, every: str, values: Sequence[tuple[str, str]], chosen: str) -> Picker:
    return Picker(name, label, tuple(Choice(value, words, value == chosen) for value, words in [("", every), *values]))


def _empty(done: Round | None, ask: Asked, reader: Reader) -> tuple[str, str]:
    if done is None or done.until is None:
        return gettext("We have not looked yet."), gettext("We look by ourselves whenever contacts were brought in.")
    if ask.is_narrow:
        return gettext("Nothing changed here."), gettext("Take a filter away to see other changes.")
    if done.learning == done.judged:
        return (
            gettext("Still learning what is usual."),
            gettext("After about four weeks of days we can tell a change from chance."),
        )
    return wording.nothing(done.judged - done.learning, reader), gettext("There is nothing to do here.")


def _address(ask: Asked, page: int) -> str:
    kind = HELD if ask.is_held else ask.kind
    asked = {**{each.dimension: each.value for each in ask.places}, "measure": ask.measure, "kind": kind, "page": str(page)}
    return "?" + urlencode({name: value for name, value in asked.items() if value})
