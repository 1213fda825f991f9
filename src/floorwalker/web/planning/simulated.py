"""A day played contact by contact with the people of the roster: what the formulas leave out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from floorwalker.core import staffing
from floorwalker.web.accounts.models import Site
from floorwalker.web.planning.manner import Manner
from floorwalker.web.planning.models import Round
from floorwalker.web.planning.planned import DAY, Crew, crews
from floorwalker.web.planning.staffing_day import QueueDay, StaffingDay

Floats = NDArray[np.float64]
FINE = 5
"""Minutes: breaks begin and end on these."""
DAYS = 100
MOST_CONTACTS = 2_000_000
"""Contacts played at most; a larger day is played less often."""
SEED = 1


@dataclass(frozen=True)
class Played:
    """A queue's share answered in time, in its own definition: by formula and as it was played, with its standard error."""

    queue: str
    formula: float | None
    level: float
    error: float


@dataclass(frozen=True)
class PlayedDay:
    """How often the day was played, and how each live queue came out."""

    days: int
    queues: tuple[Played, ...]
    helpers: int
    """People who serve more than one of these queues, at the busiest time."""


def play_day(site: Site, day: date, found: StaffingDay, sick: int, round_: Round | None) -> PlayedDay | None:
    """Play the day as it is expected; None when nobody is planned for a queue in which customers wait."""
    live = {each.queue: each for each in found.queues if each.plan and not each.plan.is_later and each.contacts.sum() > 0}
    teams = [each for each in crews(site, day) if any(queue in live for queue in each.queues)]
    asked = [each for each in live.values() if any(each.queue in team.queues for team in teams)]
    if not asked:
        return None
    told = round_.rates if round_ else {}
    lines = [_line(each, teams, Manner(**told.get(each.queue, {}).get("manner", {}))) for each in asked]
    groups = [_group(each, live, sick) for each in teams]
    days = max(min(DAYS, int(MOST_CONTACTS / max(sum(float(each.contacts.sum()) for each in asked), 1))), 10)
    seen = staffing.simulate(lines, groups, FINE * 60, days, SEED)
    helpers = [group for team, group in zip(teams, groups, strict=True) if sum(queue in live for queue in team.queues) > 1]
    return PlayedDay(
        days=days,
        queues=tuple(_played(each, number, seen) for number, each in enumerate(asked)),
        helpers=int(np.sum(helpers, axis=0).max()) if helpers else 0,
    )


def _line(day: QueueDay, teams: Sequence[Crew], manner: Manner) -> staffing.Line:
    assert day.plan is not None and day.rates is not None  # noqa: S101, PT018 - asked for live queues only
    spread = np.zeros(DAY // FINE)
    for minute, contacts in zip(day.minutes, day.contacts, strict=True):
        spread[minute // FINE : (minute + day.length) // FINE] += contacts * FINE / day.length
    mine = [number for number, team in enumerate(teams) if day.queue in team.queues]
    return staffing.Line(
        spread,
        day.rates.aht_s,
        [(number, 0.0) for number in sorted(mine, key=lambda number: len(teams[number].queues))],
        aht_variation=manner.variation,
        patience_s=manner.patience_s or day.rates.patience_s,
        patience_shape=manner.shape,
        threshold_s=day.plan.threshold_s,
    )


def _group(team: Crew, live: Mapping[str, QueueDay], sick: int) -> Floats:
    """Whole places in each five minutes: shrinkage and absence off on average, several chats of a person as several places."""
    plans = [plan for queue in team.queues if queue in live and (plan := live[queue].plan)]
    there = np.mean([plan.there for plan in plans])
    at_once = min(plan.at_once for plan in plans)
    people = team.per_interval(FINE)
    people = np.where(people > 0, np.maximum(people - sick, 0), 0)
    return np.asarray(np.rint(people * there) * at_once)


def _played(day: QueueDay, number: int, seen: staffing.Simulated) -> Played:
    assert day.plan is not None  # noqa: S101
    estimate, gives = seen.service_level(number, day.plan.definition), day.gives()
    return Played(day.queue, getattr(gives, day.plan.definition) if gives else None, estimate.value, estimate.error)
