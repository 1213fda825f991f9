"""A day's distribution on the square-root scale, and what is read from it: quantiles by interval and of the total, scenarios.

A cell's count is x**2 - 1/4 with x = mean + score V + noise: few scores that a day's cells share, and noise of each cell's own.
"""

from dataclasses import dataclass

import numpy as np

from floorwalker.core.demand.settings import NORMAL, SHIFT, Floats


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

    def part(self, cells: slice) -> "Curve":
        """The same day from one cell to another."""
        return Curve(self.mean[cells], self.profiles[:, cells], self.scores, self.noise[cells])

    def spread(self) -> Floats:
        """(cells,) standard deviation on the square-root scale."""
        shared = np.einsum("kc,kl,lc->c", self.profiles, self.scores, self.profiles)
        return np.asarray(np.sqrt(np.maximum(shared, 0) + self.noise))

    def means(self) -> Floats:
        """(cells,) expected counts."""
        return np.asarray(np.maximum(np.maximum(self.mean, 0) ** 2 + self.spread() ** 2 - SHIFT, 0))

    def quantiles(self) -> Floats:
        """(cells, quantiles) of the counts."""
        x = self.mean[:, None] + self.spread()[:, None] * NORMAL
        return np.asarray(np.maximum(np.maximum(x, 0) ** 2 - SHIFT, 0))

    def total(self) -> tuple[float, Floats]:
        """The expected total of the cells and its quantiles, by the first three cumulants of a sum of squared normals."""
        mean, k2, k3 = self._cumulants()
        expected = float(self.means().sum())
        if k2 <= 0:
            return expected, np.full(len(NORMAL), expected)
        skew = min(k3 / k2**1.5, 1.0)
        at = NORMAL + (NORMAL**2 - 1) * skew / 6 - (2 * NORMAL**3 - 5 * NORMAL) * skew**2 / 36
        return expected, np.maximum(mean + np.sqrt(k2) * at, 0)

    def _cumulants(self) -> tuple[float, float, float]:
        half = np.linalg.cholesky(self.scores + 1e-12 * np.eye(len(self.scores))).T @ self.profiles
        inner, noisy = half @ half.T, half * self.noise
        m, hm = self.mean, half @ self.mean
        first = float(m @ m + np.trace(inner) + self.noise.sum() - SHIFT * len(m))
        trace2 = (inner**2).sum() + 2 * (noisy * half).sum() + (self.noise**2).sum()
        second = float(2 * trace2 + 4 * (hm @ hm + (self.noise * m) @ m))
        product = half.T @ hm + self.noise * m
        trace3 = np.trace(inner @ inner @ inner) + 3 * np.trace(inner @ (noisy @ half.T)) + (self.noise**3).sum()
        third = float(8 * trace3 + 24 * product @ product)
        return first, second, third

    def draw(self, draws: int, rng: np.random.Generator) -> Floats:
        """(draws, cells) counts that might come, with what the cells share."""
        half = np.linalg.cholesky(self.scores + 1e-12 * np.eye(len(self.scores)))
        shared = rng.standard_normal((draws, len(half))) @ half.T @ self.profiles
        x = self.mean + shared + rng.standard_normal((draws, len(self.mean))) * np.sqrt(self.noise)
        return np.asarray(np.maximum(np.maximum(x, 0) ** 2 - SHIFT, 0))
