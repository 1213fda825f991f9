"""A day under way: what the counts so far say about the rest of it."""

from dataclasses import dataclass

import numpy as np

from floorwalker.core.demand.curves import Curve
from floorwalker.core.demand.history import Flags
from floorwalker.core.demand.settings import SHIFT, Floats
from floorwalker.core.demand.widths import too_narrow

SILENT = 0.2
"""A count below this share of what its morning is like says that something is broken; so does one of five times as much."""
ALL_SILENT = 0.02
"""A morning with less than this share of its contacts is silent ..."""
CLOSED_AFTER = 0.1
"""... and believed to be a day on which the queue is closed, once so large a share of the day should have come."""
IMPOSSIBLE = 5.0
"""Deviations of an interval's own noise beyond which it is no chance."""
LEAST_EXPECTED = 5.0
STRANGE = ((1.0, 0.9), (6.0, 0.07), (36.0, 0.03))
"""By how much the variance of the level is wider on a strange day, and how often that is believed to be."""
ESTIMATED = 8.0
"""So much wider the rest of a day is held for what few past days could tell of it, over their number."""
STRENGTHS = (1.0, 0.75, 0.5, 0.25, 0.0)


@dataclass(frozen=True)
class Updated:
    """The day after its first counts. `held`: what was seen looks like an outage or a flood and was not believed."""

    curve: Curve
    held: bool
    silent: bool = False
    """Nothing has come although it should have, for so long that the queue is taken to be closed today."""

    def drivers(self, before: Curve, rest: Flags) -> list[tuple[str, float]]:
        """Codes for what the morning said, with its factor on the rest of the day (`rest`: cells to come)."""
        factor = float(self.curve.means[rest].sum() / max(before.means[rest].sum(), 1e-9)) if rest.any() else 1.0
        told = [("today_so_far", factor)] if self.curve is not before else []
        return told + [("held", 1.0)] * self.held + [("silent", factor)] * self.silent


def update(curve: Curve, seen: Floats, errors: Floats) -> Updated:
    """The rest of a day, given its counts so far (`seen`, NaN where unknown).

    `errors` (days, cells) of the roots on past days: the strength of the update is the one that would have served them best,
    and its doubt is as wide as they ask. On the square-root scale no interval's doubt is wider than before.
    """
    known = np.isfinite(seen)
    believed = known & ~_broken(curve, seen)
    if not believed.any():
        return Updated(curve, bool(known.any()))
    gap = np.where(believed, np.sqrt(np.maximum(np.where(known, seen, 0), 0) + SHIFT) - curve.mean, 0)
    x = curve.profiles[:, believed]
    weight = x / curve.noise[believed]
    scores, gain = _given(curve.scores, x, weight)
    rest = ~known
    strength, wide = _judged(curve, scores, gain, errors, believed, rest)
    moved = strength * _learned(curve.scores, x, weight, gap[believed]) @ curve.profiles
    kept = strength * scores * wide**2 + (1 - strength) * curve.scores
    after = Curve(np.asarray(curve.mean + moved), curve.profiles, _no_wider(curve, kept), curve.noise)
    silent = float(seen[believed].sum()) < ALL_SILENT * float(curve.means[believed].sum())
    return Updated(after, bool((known & ~believed).any()), silent)


def _given(scores: Floats, x: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Covariance of the scores once the cells of `x` are seen, and what turns their gaps into scores."""
    after = np.asarray(np.linalg.inv(np.linalg.inv(scores + 1e-9 * np.eye(len(x))) + weight @ x.T))
    return after, np.asarray(after @ weight)


def _learned(scores: Floats, x: Floats, weight: Floats, gap: Floats) -> Floats:
    """The scores that the gaps speak of. A morning that no ordinary day would bring may be of a strange day, whose level is
    freer; the ways share the answer by how well they explain the morning.
    """
    found, chances = [], []
    for freedom, belief in STRANGE:
        wider = scores.copy()
        wider[0, 0] *= freedom
        inner = np.eye(len(x)) + wider @ (weight @ x.T)
        _, gain = _given(wider, x, weight)
        found.append(gain @ gap)
        fit = gap @ (weight.T @ found[-1])
        chances.append(np.log(belief) + 0.5 * fit - 0.5 * np.linalg.slogdet(inner)[1])
    share = np.exp(np.array(chances) - max(chances))
    return np.asarray(share @ np.array(found) / share.sum())


def _broken(curve: Curve, seen: Floats) -> Flags:
    """Cells that no ordinary day would bring and that the rest of the morning does not share: silence, or a flood. A morning
    that is quiet or busy from its first interval is believed; one that is silent from its first interval is not.
    """
    expected = curve.means
    counted = np.isfinite(seen) & (expected >= LEAST_EXPECTED)
    if not counted.any():
        return np.zeros(len(seen), bool)
    ratio = np.where(counted, seen / np.maximum(expected, LEAST_EXPECTED), 1.0)
    if seen[counted].sum() < ALL_SILENT * expected[counted].sum():
        closed = expected[counted].sum() >= CLOSED_AFTER * expected.sum()
        return np.isfinite(seen) & (not closed)
    most, least = np.quantile(ratio[counted], (0.75, 0.25))
    usual = np.sqrt(np.maximum(expected * most, 0) + SHIFT)
    roots, own = np.sqrt(np.where(counted, seen, 0) + SHIFT), IMPOSSIBLE * np.sqrt(curve.noise)
    silent = (ratio < SILENT * most) & (roots < usual - own)
    flood = (ratio * SILENT > max(least, 1.0)) & (roots > curve.mean + own)
    return np.asarray(counted & (silent | flood))


def _judged(curve: Curve, scores: Floats, gain: Floats, errors: Floats, believed: Flags, rest: Flags) -> tuple[float, float]:
    """How strongly past days would have wanted to be updated, and how much wider they were than the update said."""
    if len(errors) < 8 or not rest.any():
        return 1.0, 1.0
    weights = np.maximum(curve.mean[rest], 0)
    shift = (errors[:, believed] @ gain.T) @ curve.profiles[:, rest]
    totals = errors[:, rest] @ weights
    moved = shift @ weights
    losses = [np.abs(totals - s * moved).mean() for s in STRENGTHS]
    best = STRENGTHS[int(np.argmin(losses))]
    strength = 1.0 if losses[0] <= min(losses) * 1.02 else best
    load = curve.profiles[:, rest] @ weights
    spread = np.sqrt(load @ scores @ load + weights**2 @ curve.noise[rest])
    wide = too_narrow((totals - strength * moved) / max(float(spread), 1e-9), len(errors), prior=6.0)
    return strength, wide * np.sqrt(1 + ESTIMATED / len(errors))


def _no_wider(curve: Curve, scores: Floats) -> Floats:
    before = ((curve.scores @ curve.profiles) * curve.profiles).sum(0)
    after = ((scores @ curve.profiles) * curve.profiles).sum(0)
    return np.asarray(scores * min(1.0, float((before / np.maximum(after, 1e-12)).min())))
