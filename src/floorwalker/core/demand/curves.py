"""A day's distribution on the square-root scale, and what is read from it: quantiles by interval and of the total, scenarios.

A cell's count is x**2 - 1/4 with x = mean + score V + noise: few scores that a day's cells share, and noise of each cell's own.
Where few are expected, counts are whole numbers with the same mean and variance, at x's own chance.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from floorwalker.core.demand.history import Flags
from floorwalker.core.demand.reading import SMALL, read_day
from floorwalker.core.demand.settings import SHIFT, Floats
from floorwalker.core.demand.small import whole


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
        if cells.all():
            return self
        return Curve(self.mean[cells], self.profiles.compress(cells, axis=1), self.scores, self.noise[cells])

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
    def _read(self) -> tuple[Floats, Floats]:
        return read_day(self.mean, self.profiles, self.scores, self.noise)

    @property
    def spread(self) -> Floats:
        """(cells,) standard deviation on the square-root scale."""
        return self._read[0]

    @property
    def means(self) -> Floats:
        """(cells,) expected counts."""
        return self._read[1][:-1, 0]

    @property
    def table(self) -> Floats:
        """(cells + 1, 1 + quantiles): the expected count of each cell and its quantiles; those of their total stand last."""
        return self._read[1]

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
