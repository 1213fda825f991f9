"""Counts so small that they are whole numbers with few values: negative binomial, Poisson where they vary no more."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from floorwalker.core.demand.settings import Floats


@dataclass(frozen=True)
class Whole:
    """Distribution of whole counts: `below` (cells, values) is the chance of at most 0, 1, 2 ..."""

    below: Floats

    def at(self, z: Floats) -> Floats:
        """(draws, cells) counts at the same chance as standard normal numbers."""
        normal = NormalDist()
        ends = np.array([normal.inv_cdf(min(max(p, 1e-12), 1 - 1e-12)) for p in self.below.ravel()]).reshape(self.below.shape)
        counts = np.zeros(z.shape)
        for end in ends.T:
            counts += z > end
        return counts


def whole(mean: Floats, variance: Floats) -> Whole:
    """Cells with these means and variances; a variance below the mean is taken for the mean."""
    mean = np.maximum(mean, 1e-9)
    variance = np.maximum(variance, mean)
    size = mean**2 / np.maximum(variance - mean, 1e-3 * mean)
    top = int(np.ceil((mean + 6 * np.sqrt(variance)).max())) + 4
    chance = np.empty((len(mean), top))
    chance[:, 0] = np.exp(-size * np.log1p(mean / size))
    part = mean / (size + mean)
    for k in range(1, top):
        chance[:, k] = chance[:, k - 1] * (k - 1 + size) / k * part
    return Whole(np.minimum(np.cumsum(chance, axis=1), 1.0))
