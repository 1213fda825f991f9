"""How far days were from what was said of them: what their intervals share, and what each has of its own.

Errors are made of the profiles' scores, of smooth waves within the day (the first cosines), and of noise of each interval.
Everything is measured on errors that were made out of sample.
"""

from dataclasses import dataclass

import numpy as np

from floorwalker.core.demand.history import Flags
from floorwalker.core.demand.profiles import Past
from floorwalker.core.demand.settings import Floats
from floorwalker.core.demand.widths import moving_width, too_narrow

WAVES = 10
FADES = 30.0
"""An error this many known days ago counts half: doubt follows times that become calmer or wilder."""
PRIOR_DAYS = 4.0
"""A belief worth so many days: that a day's level is off by eight per cent."""
GROWTH = 0.08
"""Share by which the variance of the next day's level grows with each open day further ahead, before anything is seen."""
OVERLAP = 0.25
"""Errors further ahead have days in common: with each open day more they count for so many times fewer."""
USUAL_MISS = 0.04
"""Eight per cent of a count is four per cent of its root."""


@dataclass(frozen=True)
class Doubt:
    """Errors of a day's roots: covariance `profiles.T @ scores @ profiles + diag(noise)`."""

    profiles: Floats
    """(scores, slots): the shared shapes, then the waves."""
    scores: Floats
    """(scores, scores)"""
    noise: Floats
    """(slots,)"""

    def mixed(self, other: "Doubt", share: float) -> "Doubt":
        """Part of the way to another doubt over the same shapes."""
        a, b = 1 - share, share
        if share <= 0:
            return self
        profiles = np.vstack([self.profiles, other.profiles])
        k = len(self.profiles)
        scores = np.zeros((len(profiles), len(profiles)))
        scores[:k, :k], scores[k:, k:] = a * self.scores, b * other.scores
        return Doubt(profiles, scores, a * self.noise + b * other.noise)

    def wider(self, variance: float) -> "Doubt":
        """The first score's variance raised."""
        scores = self.scores.copy()
        scores[0, 0] += variance
        return Doubt(self.profiles, scores, self.noise)


def measure(errors: Floats, cells: Flags, past: Past, steps: int, nearer: Doubt | None = None) -> Doubt:
    """Doubt about a day `steps` open days ahead, from errors (days, slots) of the roots; `cells` marks those that count.

    Few days are held near what is believed beforehand: for the next day that its level is off by eight per cent, for later
    ones that doubt grows from that of the `nearer` lead. Errors further ahead overlap, so that they count for fewer.
    """
    days, profiles = len(errors), past.profiles
    usual = past.roots[-28:].mean(0)
    prior = _believed(profiles, usual, nearer, steps)
    floor = 0.2 * np.minimum(usual**2, 1.0) + 1e-3
    if not days:
        return Doubt(profiles, 3 * prior, np.maximum(floor, 0.3 * np.minimum(usual**2, 1)))
    e = np.where(cells, errors, 0)
    scores = _tamed(e @ profiles.T)
    rest = e - scores @ profiles
    own = _smooth((np.where(cells, _tamed(rest), 0) ** 2).sum(0) / np.maximum(cells.sum(0), 1))
    own = np.maximum(own, floor)
    waves, power, white = _waves(np.where(cells, rest, 0) / np.sqrt(own), own)
    noise = np.maximum(white * own, floor)
    shares = _shares(days, steps)
    shared = (scores * shares[:, None]).T @ scores
    shared = _positive(0.8 * shared + 0.2 * np.diag(np.diag(shared)) - np.diag((profiles**2 * noise).sum(1)))
    worth = _worth(shares) / (1 + OVERLAP * (steps - 1))
    shared = (worth * shared + PRIOR_DAYS * prior) / (worth + PRIOR_DAYS)
    k = len(profiles)
    both = np.zeros((k + len(waves), k + len(waves)))
    both[:k, :k], both[k:, k:] = shared, np.diag(power)
    found = _calibrated(Doubt(np.vstack([profiles, waves]), both, noise), e, cells, usual, steps)
    fitted = min(k / max(len(past.days), 1), 0.4)
    return Doubt(found.profiles, found.scores * (1 + 2 / worth), found.noise * (1 + fitted) / (1 - fitted))


def _believed(profiles: Floats, usual: Floats, nearer: Doubt | None, steps: int) -> Floats:
    k = len(profiles)
    if nearer is not None:
        return np.asarray(nearer.scores[:k, :k] * (1 + GROWTH * steps) / (1 + GROWTH))
    size = np.full(k, (0.3 * USUAL_MISS * np.linalg.norm(usual)) ** 2)
    size[0] /= 0.3**2
    return np.diag(size)


def _calibrated(doubt: Doubt, errors: Floats, cells: Flags, usual: Floats, steps: int) -> Doubt:
    """Widths corrected so that day totals and intervals lay inside as often as they should; held near one when days are few.
    That of day totals moves: calm weeks and restless ones follow each other.
    """
    weights = np.where(cells, usual, 0)
    shared = ((doubt.scores @ doubt.profiles) * doubt.profiles).sum(0)
    ratio = too_narrow((errors / np.sqrt(shared + doubt.noise))[cells], len(errors) * 4)
    noise = doubt.noise * np.clip(ratio**2 * (shared + doubt.noise) - shared, 0.5 * doubt.noise, 2 * doubt.noise) / doubt.noise
    load = weights @ doubt.profiles.T
    spread = np.sqrt(((load @ doubt.scores) * load).sum(1) + (weights**2) @ noise)
    totals = (weights * errors).sum(1) / np.maximum(spread, 1e-9)
    before, now = moving_width(totals, steps)
    shares = _shares(len(totals), steps)
    wide = now * too_narrow(totals / np.sqrt(before), _worth(shares), shares=shares, by_size=0) ** 2
    return Doubt(doubt.profiles, doubt.scores * wide, noise)


def _shares(days: int, steps: int) -> Floats:
    """How much each past error counts, the newest most, together 1; errors far ahead are fewer and fade later."""
    shares = 0.5 ** (np.arange(days)[::-1] / (FADES + steps))
    return np.asarray(shares / shares.sum())


def _worth(shares: Floats) -> float:
    """As many errors that count alike."""
    return 1 / float((shares**2).sum())


def _tamed(values: Floats, limit: float = 3.5) -> Floats:
    """Values cut at so many robust deviations of their column, so that one strange day does not widen every day."""
    middle = len(values) // 2
    ranked = np.partition(np.abs(values), (middle - 1 + len(values) % 2, middle), axis=0)
    scale = (ranked[middle - 1 + len(values) % 2] + ranked[middle]) * 0.7413
    bound = limit * np.maximum(scale, 0.3 * np.sqrt((values**2).mean(0)) + 1e-9)
    return np.asarray(np.clip(values, -bound, bound))


def _smooth(values: Floats, reach: int = 3) -> Floats:
    kernel = np.ones(2 * reach + 1)
    if len(values) < 2 * len(kernel):
        return np.asarray(0.5 * values + 0.5 * values.mean())
    return np.asarray(np.convolve(values, kernel, "same") / np.convolve(np.ones(len(values)), kernel, "same"))


def _waves(e: Floats, own: Floats) -> tuple[Floats, Floats, float]:
    """Smooth waves within the day, the variance of each beyond noise, and the share of the own variance that is noise."""
    slots = e.shape[1]
    count = min(WAVES, slots // 4)
    if count < 2 or len(e) < 8:
        return np.zeros((0, slots)), np.zeros(0), 1.0
    at = (np.arange(slots) + 0.5) / slots
    shapes = np.cos(np.pi * np.arange(1, count + 1)[:, None] * at) * np.sqrt(2 / slots)
    power = (_tamed(e @ shapes.T) ** 2).mean(0)
    energy = float((np.clip(e, -4, 4) ** 2).sum(1).mean())
    white = min(max((energy - power.sum()) / (slots - count), 0.1), 1.0)
    beyond = np.maximum(power - white, 0) * len(e) / (len(e) + PRIOR_DAYS)
    return shapes * np.sqrt(own), beyond, white


def _positive(matrix: Floats) -> Floats:
    """The nearest matrix with no negative variance."""
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray((vectors * np.maximum(values, 1e-9)) @ vectors.T)
