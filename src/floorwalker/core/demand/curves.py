"""A day's distribution on the square-root scale, and what is read from it: quantiles by interval and of the total, scenarios.

A cell's count is x**2 - 1/4 with x = mean + score V + noise: few scores that a day's cells share, and noise of each cell's own.
Where few are expected, counts are whole numbers with the same mean and variance, at x's own chance.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from floorwalker.core.demand.history import Flags
from floorwalker.core.demand.settings import NORMAL, SHIFT, Floats
from floorwalker.core.demand.small import SMALL, whole


@dataclass(frozen=True)
class Curve:
    """One day's cells on the square-root scale."""

    mean: Floats
    """(cells,)"""
    profiles: Floats
    """(scores, cells)"""
    scores: Floats
    """(scores, scores) covariance of the scores."""
    noise: Floats
    """(cells,) variance of each cell's own noise."""

    def only(self, cells: Flags) -> "Curve":
        """The same day, of some cells."""
        return Curve(self.mean[cells], self.profiles[:, cells], self.scores, self.noise[cells])

    def times(self, factor: float, variance: float) -> "Curve":
        """The day's level times a factor whose logarithm has a variance."""
        if factor == 1 and not variance:
            return self
        mean = self.mean * np.sqrt(factor)
        if not variance:
            return replace(self, mean=mean, scores=self.scores * factor)
        k = len(self.scores)
        scores = np.zeros((k + 1, k + 1))
        scores[:k, :k], scores[k, k] = self.scores * factor, variance / 4
        return Curve(mean, np.vstack([self.profiles, mean]), scores, self.noise)

    @cached_property
    def spread(self) -> Floats:
        """(cells,) standard deviation on the square-root scale."""
        shared = ((self.scores @ self.profiles) * self.profiles).sum(0)
        return np.asarray(np.sqrt(np.maximum(shared, 0) + self.noise))

    @cached_property
    def means(self) -> Floats:
        """(cells,) expected counts."""
        return np.asarray(np.maximum(np.maximum(self.mean, 0) ** 2 + self.spread**2 - SHIFT, 0))

    def quantiles(self) -> Floats:
        """(cells, quantiles) of the counts."""
        x = self.mean[:, None] + self.spread[:, None] * NORMAL
        found = np.maximum(np.maximum(x, 0) ** 2 - SHIFT, 0)
        few = self.means < SMALL
        if few.any():
            found[few] = whole(self.means[few], self._variances()[few]).quantiles()
        return np.asarray(found)

    def total(self) -> tuple[float, Floats]:
        """The expected total of the cells and its quantiles, by the first three cumulants of a sum of squared normals."""
        centre, k2, k3 = self._cumulants()
        expected = float(self.means.sum())
        if expected < SMALL:
            return expected, whole(np.array([expected]), np.array([k2])).quantiles()[0]
        k2 += float(np.maximum(self.means - self._variances(), 0).sum())
        skew = min(k3 / k2**1.5, 1.0)
        at = NORMAL + (NORMAL**2 - 1) * skew / 6 - (2 * NORMAL**3 - 5 * NORMAL) * skew**2 / 36
        return expected, np.maximum(max(centre, 0.5 * expected) + np.sqrt(k2) * at, 0)

    def draw(self, draws: int, rng: np.random.Generator) -> Floats:
        """(draws, cells) counts that might come, with what the cells share."""
        shared = rng.standard_normal((draws, len(self.scores))) @ self._half()
        z = shared + rng.standard_normal((draws, len(self.mean))) * np.sqrt(self.noise)
        counts = np.maximum(np.maximum(self.mean + z, 0) ** 2 - SHIFT, 0)
        few = self.means < SMALL
        if few.any():
            counts[:, few] = whole(self.means[few], self._variances()[few]).at(z[:, few] / self.spread[few])
        return np.asarray(counts)

    def _variances(self) -> Floats:
        spread = self.spread**2
        return np.asarray(4 * self.mean**2 * spread + 2 * spread**2)

    def _half(self) -> Floats:
        """(scores, cells) whose product with itself is what the cells share."""
        values, vectors = np.linalg.eigh(self.scores)
        return np.asarray((vectors * np.sqrt(np.maximum(values, 0))).T @ self.profiles)

    def _cumulants(self) -> tuple[float, float, float]:
        """Of the sum of squares, S being covariance and m mean: tr S + m'm, 2 tr S^2 + 4 m'S m, 8 tr S^3 + 24 m'S^2 m."""
        noisy, m = self.profiles * self.noise, self.mean
        inner, own = self.scores @ (self.profiles @ self.profiles.T), self.scores @ (noisy @ self.profiles.T)
        product = (self.scores @ (self.profiles @ m)) @ self.profiles + self.noise * m
        twice = inner @ inner
        squares = float(np.trace(twice) + 2 * np.trace(own) + (self.noise**2).sum())
        cubes = float((twice * inner.T).sum() + 3 * (inner * own.T).sum() + (self.noise**3).sum())
        first = float(m @ m + np.trace(inner) + self.noise.sum() - SHIFT * len(m))
        return first, 2 * squares + 4 * float(product @ m), 8 * cubes + 24 * float(product @ product)
