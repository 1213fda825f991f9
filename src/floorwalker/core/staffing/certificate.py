"""How many may leave the queue, all at once, and the day's target is still met with the confidence that was asked for.

A chance constraint over scenarios of the day (Gurvich, Luedtke & Tezcan 2010): in each scenario every interval is in its exact
steady state, and the day's service level is that of all its contacts. Room is placed in one fixed order (`placing`), and as
far along it as the lower bound of the chance allows.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from floorwalker.core.staffing.placing import leaving_order, taken
from floorwalker.core.staffing.record import believed
from floorwalker.core.staffing.serving import Serving
from floorwalker.core.staffing.steady import DEFINITIONS, Floats, Whole
from floorwalker.core.staffing.unusable import Unusable

ONE_SIDED_95 = 1.645


@dataclass(frozen=True)
class Doubts:
    """What may go otherwise than planned, drawn anew in each scenario. Zero: taken for certain."""

    absence: float = 0.0
    """Chance that a planned person does not come that day; the number absent is binomial."""
    handle_time: float = 0.0
    """Standard deviation of the logarithm of the day's AHT."""


@dataclass(frozen=True)
class Certificate:
    """Arrays have one entry for each interval. Chances are over the scenarios, lowered where the record is worse."""

    p_meet: float
    """With everybody in place."""
    p_meet_lower: float
    """One-sided 95 % lower bound of it (Wilson), for the number of scenarios alone."""
    max_off_queue: Whole
    """All of it at once; zero everywhere when the confidence is not reached."""
    p_meet_off: float
    """With `max_off_queue` taken."""
    p_meet_off_lower: float
    binding: Whole
    """Intervals where the contacts are lost that would break the promise: half of them and more, most first."""
    level: Floats
    """Mean service level of each interval with `max_off_queue` taken; NaN where nothing comes."""
    assumptions: tuple[tuple[str, float | str], ...]
    """Codes with what was assumed."""

    @property
    def promised(self) -> bool:
        """Whether anything may be promised at all."""
        return bool(self.max_off_queue.any())


def certify(
    scenarios: ArrayLike,
    agents: ArrayLike,
    interval_s: float,
    aht_s: float,
    patience_s: float | None,
    target: float,
    threshold_s: float,
    confidence: float,
    definition: str = "offered",
    keep: ArrayLike = 1,
    doubts: Doubts | None = None,
    seed: int = 1,
    record: ArrayLike | None = None,
    fewest_days: int = 0,
    chat_s: Sequence[float] = (),
) -> Certificate:
    """Certify a plan. scenarios: contacts (draws, intervals), correlated as they really are; agents: planned (intervals).

    keep: so many always stay on the queue (those who are planned, where they are fewer). record: ranks of earlier days of the
    same kind (`rank_of_day`), by which all chances are lowered where it is bad; where it has fewer than `fewest_days`, nothing
    is granted. chat_s: as in `measure_chat`, in the place of `aht_s`. A scenario without contacts meets any target. Raises
    Unusable where a value cannot be, or where there are fewer than 100 scenarios.
    """
    counts, planned = _checked(scenarios, agents, target, confidence, definition)
    doubts = doubts or Doubts()
    patience = math.inf if patience_s is None else patience_s
    ranks = np.asarray([] if record is None else record, float)
    ranks = ranks[np.isfinite(ranks)]
    serving = Serving(interval_s, aht_s, patience, threshold_s, tuple(chat_s))
    day = _Day(counts, planned, serving, target, definition, doubts, seed, ranks)
    stay = np.minimum(np.broadcast_to(np.asarray(keep, np.int64), planned.shape), planned)
    p_meet = day.chance(np.zeros_like(planned))
    off, p_off = np.zeros_like(planned), p_meet
    if day.lower(p_meet) >= confidence and ranks.size >= fewest_days:
        order = leaving_order(counts, planned, stay, serving, target)
        off, p_off = day.farthest(order, confidence, p_meet)
    level, binding = day.told(off)
    told, told_off = believed(p_meet, ranks), believed(p_off, ranks)
    return Certificate(
        told, day.lower(p_meet), off, told_off, day.lower(p_off), binding, level, _assumed(day, doubts, confidence)
    )


def _assumed(day: "_Day", doubts: Doubts, confidence: float) -> tuple[tuple[str, float | str], ...]:
    """Codes with what a certificate takes for granted."""
    serving = day.serving
    patience = serving.patience_s or 0.0
    return (
        ("scenarios", float(len(day.counts))),
        ("confidence", confidence),
        ("target", day.target),
        ("threshold_s", serving.threshold_s),
        ("definition", day.definition),
        ("chats_at_once", float(len(serving.chat_s))) if serving.chat_s else ("aht_s", serving.aht_s),
        ("nobody_leaves", 0.0) if math.isinf(patience) else ("patience_s", patience),
        ("steady_state_each_interval_s", serving.interval_s),
        ("absence", doubts.absence),
        ("handle_time_spread", doubts.handle_time),
        ("record_days", float(day.ranks.size)),
        ("record_days_that_would_have_broken_it", float((day.ranks <= 1 - confidence).sum())),
    )


def wilson_lower(share: float, n: int, z: float = ONE_SIDED_95) -> float:
    """Lower end of Wilson's interval for a share seen in n trials."""
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max((share + z * z / (2 * n) - half) / (1 + z * z / n), 0.0)


class _Day:
    """One plan in all scenarios."""

    def __init__(
        self,
        counts: Floats,
        planned: Whole,
        serving: Serving,
        target: float,
        definition: str,
        doubts: Doubts,
        seed: int,
        ranks: Floats,
    ) -> None:
        rng, draws = np.random.default_rng(seed), len(counts)
        self.counts, self.planned, self.target, self.definition = counts, planned, target, definition
        self.serving, self.ranks = serving, ranks
        spread = doubts.handle_time
        self.slower = np.exp(spread * rng.standard_normal(draws) - spread**2 / 2)[:, None]
        peak = int(planned.max(initial=0))
        absent = rng.binomial(peak, doubts.absence, draws) / max(peak, 1)
        self.absent = np.floor(absent[:, None] * planned + rng.uniform(size=(draws, 1))) if doubts.absence else 0.0

    def reached(self, off: Whole) -> tuple[Floats, Floats]:
        """(draws, intervals): contacts that count as answered in time, and those that count at all."""
        people = np.maximum(self.planned - off - self.absent, 0)
        seen = self.serving.measure(self.counts, people, self.slower)
        in_time = np.nan_to_num(seen.offered) * self.counts
        if self.definition == "answered":
            return in_time, self.counts * (1 - np.nan_to_num(seen.abandonment))
        if self.definition == "offered_minus_short":
            level = np.nan_to_num(seen.offered_minus_short)
            return in_time, np.where(level > 0, in_time / np.maximum(level, 1e-300), self.counts)
        return in_time, self.counts

    def chance(self, off: Whole) -> float:
        """Share of scenarios whose day meets the target."""
        in_time, counted = self.reached(off)
        return float((in_time.sum(axis=1) >= self.target * counted.sum(axis=1) - 1e-9).mean())

    def lower(self, chance: float) -> float:
        """Lower bound of a share of scenarios, as far as the record lets it be believed."""
        return believed(wilson_lower(chance, len(self.counts)), self.ranks)

    def farthest(self, order: Whole, confidence: float, p_meet: float) -> tuple[Whole, float]:
        """As far along an order as the lower bound of the chance stays at the confidence, each step checked exactly."""
        low, high, p_low = 0, len(order) + 1, p_meet
        while high - low > 1:
            middle = (low + high) // 2
            p = self.chance(taken(order, middle, self.planned.size))
            if self.lower(p) >= confidence:
                low, p_low = middle, p
            else:
                high = middle
        return taken(order, low, self.planned.size), p_low

    def told(self, off: Whole) -> tuple[Floats, Whole]:
        """Mean level of each interval, and the intervals that lose most in the tenth of scenarios that end worst."""
        in_time, counted = self.reached(off)
        came = counted.sum(axis=0)
        level = np.where(came > 0, in_time.sum(axis=0) / np.maximum(came, 1e-300), np.nan)
        margin = (in_time - self.target * counted).sum(axis=1)
        worst = np.argsort(margin)[: max(len(margin) // 10, 1)]
        lost = np.maximum((self.target * counted - in_time)[worst].mean(axis=0), 0)
        ranked = np.argsort(-lost, kind="stable")
        enough = int(np.searchsorted(np.cumsum(lost[ranked]), lost.sum() / 2)) + 1
        return level, ranked[: enough if lost.sum() > 0 else 0]


def _checked(
    scenarios: ArrayLike, agents: ArrayLike, target: float, confidence: float, definition: str
) -> tuple[Floats, Whole]:
    counts, planned = np.asarray(scenarios, float), np.asarray(agents, float)
    if counts.ndim != 2 or planned.ndim != 1 or counts.shape[1] != planned.size or not planned.size:
        raise Unusable("shapes_differ", scenarios=str(counts.shape), agents=str(planned.shape))
    if len(counts) < 100:
        raise Unusable("too_few_scenarios", found=str(len(counts)))
    for name, values in (("scenarios", counts), ("agents", planned)):
        if not (np.isfinite(values) & (values >= 0)).all():
            place = np.argwhere(~(np.isfinite(values) & (values >= 0)))[0]
            raise Unusable("value_cannot_be", column=name, place=str(place.tolist()))
    for name, share in (("target", target), ("confidence", confidence)):
        if not 0 < share < 1:
            raise Unusable("value_cannot_be", column=name, found=str(share))
    if definition not in DEFINITIONS:
        raise Unusable("value_cannot_be", column="definition", found=definition)
    return counts, np.floor(planned).astype(np.int64)
