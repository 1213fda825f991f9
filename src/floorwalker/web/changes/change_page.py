"""The page of one change: its verdict, its chart, how sure we were, what moved with it, and what people say and rule."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from floorwalker.core.measures import MEASURES
from floorwalker.web.changes import telling, wording
from floorwalker.web.changes.cards import Card, Choice, cards_of, chances_table, shape_of
from floorwalker.web.changes.judging import SURE
from floorwalker.web.changes.ledger import Ledger
from floorwalker.web.changes.models import SAME, Decision, Finding, Ruling
from floorwalker.web.changes.moved import elsewhere, parts
from floorwalker.web.changes.queries import Change, earlier_like, story_of
from floorwalker.web.changes.rulings import ruling_of
from floorwalker.web.events.queries import events_near
from floorwalker.web.pulse import wording as pulse_wording
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.ui.charts import (
    Chance,
    ChanceWords,
    Day,
    Hand,
    Marks,
    Picture,
    Pin,
    Step,
    Table,
    chances,
    over_days,
)
from floorwalker.web.ui.reader import Reader


@dataclass(frozen=True)
class Line:
    """Another change, with where it is told."""

    words: str
    url: str
    shape: str = ""
    verdict: str = ""


@dataclass(frozen=True)
class ChangePage:
    """Everything on the page, written. `rulings` are those that may be made; with `ruled` one holds."""

    card: Card
    where: str
    url: str
    picture: Picture
    sure: Picture | None
    doubt: str
    rule: str
    parts: Table | None
    elsewhere: tuple[Line, ...]
    before: tuple[Line, ...]
    events: tuple[Choice, ...]
    ruled: str
    rulings: tuple[Choice, ...]
    decided: tuple[str, ...]


def change_page(finding: Finding, ledger: Ledger, reader: Reader) -> ChangePage:
    """One change that the desk's viewer may see."""
    others, stories = ledger.findings, ledger.stories
    story, ruling = story_of(finding, stories), ruling_of(finding, ledger.rulings)
    hand = Hand(reader, MEASURES[finding.measure].unit)
    (card,) = cards_of(ledger, [Change(finding, story, None)], reader)
    earlier = [(each, story_of(each, stories)) for each in earlier_like(finding, others, stories)]
    return ChangePage(
        card=card,
        where=f"{wording.place_of(finding.place)} › {pulse_wording.name(finding.measure)}",
        url=f"{reverse('pulse')}?{_asked(finding)}",
        picture=_picture(finding, card.sentence, story.text if story else "", hand),
        sure=_sure(finding, hand) if finding.chances else None,
        doubt=telling.doubt(finding, reader),
        rule=gettext("no verdict is given below %(sure)s") % {"sure": reader.percent(SURE)},
        parts=_parts(finding, ledger.desk, reader),
        elsewhere=tuple(_line(each, reader) for each in elsewhere(finding, others)),
        before=tuple(_before(each, told.text if told else "", reader) for each, told in earlier),
        events=_events(finding, story.event_id if story else None, reader),
        ruled=telling.ruled(ruling, reader) if ruling else "",
        rulings=() if ruling else tuple(Choice(str(kind), str(kind.label), False) for kind in _possible(finding)),
        decided=tuple(telling.decided(each, reader) for each in _decisions(ledger, finding)),
    )


def _asked(finding: Finding) -> str:
    where = {finding.dimension: finding.value} if finding.dimension else {}
    return urlencode({"measure": finding.measure, **where, "by": "queue" if finding.dimension == "topic" else "topic"})


def _possible(finding: Finding) -> list[Ruling.Kind]:
    if finding.kind == Finding.Kind.BLIP:
        return [Ruling.Kind.NOTHING]
    return [Ruling.Kind.BLIP, Ruling.Kind.NORMAL, Ruling.Kind.AS_WAS, Ruling.Kind.NOTHING]


def _decisions(ledger: Ledger, finding: Finding) -> list[Decision]:
    of_series = [each for each in ledger.decisions if each.series == finding.series]
    return [each for each in of_series if abs(each.first - finding.onset) <= 2 * SAME]


def _picture(finding: Finding, said: str, story: str, hand: Hand) -> Picture:
    """The weeks around the onset, drawn like every chart of days."""
    lasting = finding.kind == Finding.Kind.LASTING
    level = finding.usual + finding.size
    low, high = finding.usual + finding.size_low, finding.usual + finding.size_high
    steps = (Step(finding.onset, finding.until, finding.usual, level, low, high),) if lasting else ()
    points = []
    for at, value, lowest, _usual, highest in finding.days:
        day = date.fromisoformat(at)
        after = lasting and day >= finding.onset
        points.append(Day(day, hand.reader.day(day, "short"), value, None if after else lowest, None if after else highest))
    is_blip = finding.kind == Finding.Kind.BLIP
    blips = {each.at for each in points if is_blip and finding.onset <= each.at <= (finding.until or each.at)}
    pins = (Pin(finding.onset, hand.reader.number(1), story),) if story else ()
    rows = tuple((hand.reader.day(each.at, "long"), hand.write(each.value), _usual_words(each, hand)) for each in points)
    head = (gettext("Day"), pulse_wording.name(finding.measure), gettext("Usual"))
    told = gettext("shaded: where 9 days in 10 fell, by weekday")
    time_words = gettext("time ←") if hand.time_mirrored else ""
    return over_days(hand, points, said, told, time_words, Table(said, head, rows), Marks(pins, steps, frozenset(blips)))


def _usual_words(day: Day, hand: Hand) -> str:
    if day.low is None:
        return "–"
    return gettext("%(low)s to %(high)s") % {"low": hand.write(day.low), "high": hand.write(day.high)}


def _sure(finding: Finding, hand: Hand) -> Picture:
    reader, last = hand.reader, finding.chances[-1]
    days = [Chance(nothing, blip, lasting) for _at, nothing, blip, lasting in finding.chances]
    dates = [date.fromisoformat(each[0]) for each in finding.chances]
    shares = {"nothing": reader.percent(last[1]), "blip": reader.percent(last[2]), "lasting": reader.percent(last[3])}
    words = ChanceWords(
        since=gettext("days since %(day)s") % {"day": reader.day(dates[0], "medium")},
        given=gettext("verdict given here"),
        lasting=gettext("lasting %(lasting)s") % shares,
        blip=gettext("blip %(blip)s") % shares,
        nothing=gettext("nothing %(nothing)s") % shares,
    )
    given = dates.index(finding.decided) if finding.decided in dates else None
    return chances(hand, days, SURE, given, telling.doubt(finding, reader), words, chances_table(finding, reader))


def _parts(finding: Finding, desk: Desk, reader: Reader) -> Table | None:
    found = [each for each in parts(desk, finding) if each.before is not None and each.since is not None]
    if not found:
        return None
    rows = []
    for each in found:
        hand = Hand(reader, MEASURES[each.measure].unit)
        apart = (each.since or 0.0) - (each.before or 0.0)
        rows.append((pulse_wording.name(each.measure), hand.write(each.before), hand.write(each.since), hand.write(apart)))
    head = (gettext("Part"), gettext("Eight weeks before"), gettext("Since"), gettext("Difference"))
    return Table(gettext("What it is made of"), head, tuple(rows))


def _before(each: Finding, story: str, reader: Reader) -> Line:
    return Line(telling.before(each, reader, story), reverse("changes-one", args=[each.pk]), shape_of(each))


def _line(each: Finding, reader: Reader) -> Line:
    url = reverse("changes-one", args=[each.pk])
    return Line(wording.sentence(each, reader), url, shape_of(each), wording.verdict(each, reader))


def _events(finding: Finding, chosen: int | None, reader: Reader) -> tuple[Choice, ...]:
    near = events_near(finding.site, finding.onset, finding.place.in_("queue"))
    listed = [Choice(str(each.pk), f"{each.name}, {reader.day(each.first, 'medium')}", each.pk == chosen) for each in near]
    return (Choice("", gettext("No event"), chosen is None), *listed) if listed else ()
