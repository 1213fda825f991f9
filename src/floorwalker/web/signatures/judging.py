"""From people's daily work to what is told of each: their usual range, and the few lasting changes with enough evidence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import polars as pl

from floorwalker.core.patterns import Answers, believed, classify
from floorwalker.web.signatures.happenings import Happening, happenings
from floorwalker.web.signatures.measures import SIGNATURE
from floorwalker.web.signatures.models import Finding, Trait
from floorwalker.web.signatures.shared import common, without_common

State = Trait.State
Row = dict[str, Any]
YOUNG = 20
"""Days at work before a usual range is drawn."""
NEWCOMER = timedelta(days=90)
"""Whoever began less long ago is still learning: their numbers move from week to week, and no change is offered."""
SHOWN = timedelta(days=120)
RECENT = timedelta(days=28)
ONE_CHANGE = timedelta(days=60)
"""Lasting changes in one direction no farther apart than this are one change that came in steps."""
TOGETHER, PART = timedelta(days=28), 0.5
"""A change that begins within this time of one that all share, and is smaller than this part of it, is a part of that one."""
WRONG_SHARE = 0.1
"""Of the lasting changes offered on a site, at most this share is expected to be none."""
CHUNK = 500
"""People judged at once: memory stays bounded, however many there are."""
POSSIBLE = 0.5
GONE_BACK, GROWN = 0.5, 0.25
"""A change of which less than this part is left is none any more; one that grew by more than this part came bit by bit."""
NINE_IN_TEN = 1.645


@dataclass(frozen=True)
class Patterns:
    """What a round found."""

    traits: list[Trait]
    findings: list[Finding]


def judge(
    works: Iterable[pl.DataFrame],
    teams: pl.DataFrame,
    people: Mapping[int, date | None],
    last: date,
    events: pl.DataFrame | None = None,
) -> Patterns:
    """The patterns of `people` (with the day on which they began here, where it is known) up to `last`.

    `works` has one table for each measure (see `shared.WORK`), of everybody who served these queues; `teams` tells their teams.
    """
    found = _Found()
    for work in works:
        if work.height:
            _judge_measure(work, teams, people, last, events, found)
    told = _told(found, people, last)
    for trait in found.traits:
        _settle(trait, found.changes.get(_name(trait), []), told.get(_name(trait), []), people, last)
    return Patterns(found.traits, [_finding(name, each) for name, changes in told.items() for each in changes])


@dataclass(frozen=True)
class _Found:
    """What all measures together gave: `changes` and `shared` by the name of the series."""

    traits: list[Trait] = field(default_factory=list)
    changes: dict[str, list[Happening]] = field(default_factory=dict)
    shared: dict[str, list[Happening]] = field(default_factory=dict)
    days: dict[str, pl.DataFrame] = field(default_factory=dict)


def _judge_measure(
    work: pl.DataFrame,
    teams: pl.DataFrame,
    people: Mapping[int, date | None],
    last: date,
    events: pl.DataFrame | None,
    found: _Found,
) -> None:
    whole = common(work, teams, events)
    groups = _groups(work, teams)
    present = sorted(set(work["person"].to_list()) & set(people))
    for first in range(0, len(present), CHUNK):
        chunk = present[first : first + CHUNK]
        days = without_common(work.filter(pl.col("person").is_in(chunk)), whole.expected)
        answers = classify(_table(days), events=events)
        for each in happenings(answers):
            found.changes.setdefault(each.series, []).append(each)
        _keep_days(days, found)
        for trait in _traits(days, answers, last):
            name = f"{trait.measure}\n{{}}"
            wanted = {name.format(group) for group in groups[trait.person_id]}
            shared = [each for each in whole.happened if each.series in wanted]
            found.shared[_name(trait)] = shared
            trait.shared_since = max((each.onset for each in shared if each.lasts and each.onset > last - SHOWN), default=None)
            found.traits.append(trait)


def _keep_days(days: pl.DataFrame, found: _Found) -> None:
    """The days of those whose lasting changes are still to be weighed."""
    wanted = {int(name.partition("\n")[2]) for name, changes in found.changes.items() if any(each.lasts for each in changes)}
    near = days.filter(pl.col("person").is_in(wanted))
    for (measure, person), frame in near.partition_by("measure", "person", as_dict=True).items():
        found.days[f"{measure}\n{person}"] = frame


def _table(days: pl.DataFrame) -> pl.DataFrame:
    series = pl.concat_str("measure", pl.col("person").cast(pl.String), separator="\n")
    return days.select("kind", "date", "value", "weight", series=series).sort("series", "date")


def _name(trait: Trait) -> str:
    return f"{trait.measure}\n{trait.person_id}"


def _groups(work: pl.DataFrame, teams: pl.DataFrame) -> dict[int, set[str]]:
    """The queues and the team of each person, by the names under which these were judged."""
    found: dict[int, set[str]] = defaultdict(set)
    for person, queue in work.select("person", "queue").unique().iter_rows():
        found[person].add(queue)
    for person, team in teams.select("person", "team").iter_rows():
        found[person].add(team)
    return found


def _traits(days: pl.DataFrame, answers: Answers, last: date) -> Iterator[Trait]:
    """Each measure of each person as it stands without any change: young, thin, undecided or as usual."""
    series = pl.concat_str("measure", pl.col("person").cast(pl.String), separator="\n")
    usual = ("usual_low", "usual", "usual_high")
    states = answers.states.select("series", "date", "onset", "p_blip", "p_lasting", *usual)
    rows = days.with_columns(series=series).join(states, on=["series", "date"], how="left", maintain_order="left")
    near = pl.col("date") > last - RECENT
    since = pl.col("date") >= pl.col("onset").last()
    ends = rows.group_by("measure", "person", maintain_order=True).agg(
        pl.col("onset", "p_blip", "p_lasting").last(),
        days=pl.len(),
        weight=pl.col("weight").filter(near).sum(),
        away=(pl.col("value") - pl.col("usual")).filter(since).mean(),
    )
    drawn: dict[tuple[str, int], list[tuple[str, *tuple[float | None, ...]]]] = defaultdict(list)
    for row in rows.filter(pl.col("date") > last - SHOWN).iter_rows(named=True):
        drawn[row["measure"], row["person"]].append(_day(row, SIGNATURE[row["measure"]].matters / 2))
    for end in ends.iter_rows(named=True):
        state, since_day = _standing(end)
        name = end["measure"], end["person"]
        yield Trait(person_id=end["person"], measure=end["measure"], state=state, since=since_day, days=drawn[name])


def _standing(end: Row) -> tuple[State, date | None]:
    """Where a measure of so many `days` stands on its last one; `weight` is on how much four weeks rest, `away` how far
    the days since the onset lie from their usual."""
    measure = SIGNATURE[end["measure"]]
    if end["days"] < YOUNG:
        return State.YOUNG, None
    if end["weight"] < measure.enough:
        return State.THIN, None
    if end["onset"] is None or (end["p_blip"] or 0) + (end["p_lasting"] or 0) <= POSSIBLE:
        return State.USUAL, None
    is_early = end["away"] is not None and abs(end["away"]) >= measure.matters
    return (State.EARLY, end["onset"]) if is_early else (State.USUAL, None)


def _day(row: Row, room: float) -> tuple[str, *tuple[float | None, ...]]:
    """A day in the numbers that were really measured: what was taken out before judging is added to its usual range again.

    The range is never narrower than `room` on either side, and reaches to 0 where it nearly does: less is not worth a word.
    """
    moved, usual = row["moved"], row["usual"]
    range_: list[float | None] = [None, None, None]
    if usual is not None:
        low = min(row["usual_low"], usual - room)
        ends = (low if low > room else 0.0, usual, max(row["usual_high"], usual + room))
        range_ = [round(max(end + moved, 0.0), 4) for end in ends]
    return (row["date"].isoformat(), round(row["value"] + moved, 4), round(row["weight"], 2), *range_)


def _told(found: _Found, people: Mapping[int, date | None], last: date) -> dict[str, list[Happening]]:
    """What is told by series: recent blips, and lasting changes worth a word that all evidence together lets us believe."""
    told: dict[str, list[Happening]] = {}
    lasting: dict[str, Happening] = {}
    for name, changes in found.changes.items():
        measure, _, person = name.partition("\n")
        if _is_new(people[int(person)], last):
            continue
        matters = SIGNATURE[measure].matters
        worth = [each for each in changes if abs(each.size) >= matters and (each.until or last) > last - SHOWN]
        told[name] = [each for each in worth if not each.is_lasting]
        own = [each for each in changes if each.lasts and not _is_part(each, found.shared.get(name, []))]
        for change in _in_one(own)[-1:]:
            now = _as_it_is_now(change, found.days[name], last, matters)
            if now and abs(now.size) >= matters and now.onset > last - SHOWN:
                lasting[name] = now
    rows = [(name, "shift", each.sure) for name, each in lasting.items()]
    table = pl.DataFrame(rows, schema={"series": pl.String, "state": pl.String, "p_lasting": pl.Float64}, orient="row")
    for name in believed(table, WRONG_SHARE)["series"]:
        told[name].append(lasting[name])
    return told


def _is_new(started: date | None, last: date) -> bool:
    return started is not None and started > last - NEWCOMER


def _is_part(change: Happening, shared: Sequence[Happening]) -> bool:
    """Whether it is this person's part in something that a whole queue or team shares."""
    return any(abs(each.onset - change.onset) <= TOGETHER and abs(change.size) <= PART * abs(each.size) for each in shared)


def _in_one(found: Sequence[Happening]) -> list[Happening]:
    """Steps in one direction that follow one another are one change, begun with the first."""
    whole: list[Happening] = []
    for each in sorted(found, key=lambda each: each.onset):
        before = whole[-1] if whole else None
        if before and each.onset - before.onset <= ONE_CHANGE and (each.size > 0) == (before.size > 0):
            whole[-1] = replace(
                before,
                sure=max(before.sure, each.sure),
                size=before.size + each.size,
                size_low=before.size_low + each.size_low,
                size_high=before.size_high + each.size_high,
                is_gradual=True,
            )
        else:
            whole.append(each)
    return whole


def _as_it_is_now(change: Happening, days: pl.DataFrame, last: date, matters: float) -> Happening | None:
    """The change as large as it was in the last four weeks, in the numbers really measured; None when it has gone back."""
    recent = days.filter(pl.col("date") >= max(change.onset, last - RECENT))
    if recent["weight"].sum() <= 0:
        return None
    share = recent["weight"] / recent["weight"].sum()
    level = float((recent["value"] * share).sum())
    size = level - change.usual
    if not change.size or size / change.size < GONE_BACK:
        return None
    variance = float(((recent["value"] - level) ** 2 * share).sum())
    around = NINE_IN_TEN * (variance / recent.height) ** 0.5
    moved = float((recent["moved"] * share).sum())
    more = abs(size) - abs(change.size)
    return replace(
        change,
        size=size,
        size_low=size - around,
        size_high=size + around,
        usual=change.usual + moved,
        is_gradual=change.is_gradual or more >= max(matters, GROWN * abs(change.size)),
    )


def _settle(
    trait: Trait, found: Sequence[Happening], told: Sequence[Happening], people: Mapping[int, date | None], last: date
) -> None:
    """The one state that the page tells of a measure."""
    if trait.state == State.YOUNG:
        return
    if _is_new(people[trait.person_id], last):
        trait.state, trait.since = State.NEWCOMER, None
    elif any(each.is_lasting for each in told):
        trait.state, trait.since = State.LASTING, None
    elif trait.state == State.USUAL:
        unsure = [each for each in found if each.lasts and each.onset > last - RECENT]
        if unsure and abs(unsure[-1].size) >= SIGNATURE[trait.measure].matters:
            trait.state, trait.since = State.EARLY, unsure[-1].onset
        elif any(each.until and each.until > last - RECENT for each in told):
            trait.state = State.BLIP


def _finding(name: str, each: Happening) -> Finding:
    measure, _, person = name.partition("\n")
    return Finding(
        person_id=int(person),
        measure=measure,
        is_lasting=each.is_lasting,
        onset=each.onset,
        until=each.until,
        decided=each.decided,
        sure=each.sure,
        size=each.size,
        size_low=each.size_low,
        size_high=each.size_high,
        usual=each.usual,
        is_gradual=each.is_gradual,
    )
