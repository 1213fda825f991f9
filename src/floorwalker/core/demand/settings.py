"""What the forecast believes before it has seen anything. One fixed default; nothing here is fitted to a source."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

QUANTILES = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
COLUMNS = tuple(f"q{round(100 * q):02d}" for q in QUANTILES)
NORMAL = np.array([-1.6448536269514722, -1.2815515655446004, -0.6744897501960817, 0.0])
NORMAL = np.concatenate([NORMAL, -NORMAL[2::-1]])
"""Where a standard normal has these quantiles."""
SHIFT = 0.25
"""sqrt(count + 1/4) has a variance near 1/4 for every Poisson count that is not tiny."""


@dataclass(frozen=True)
class Settings:
    """Days, shares and strengths. The same for every queue."""

    window_days: int = 120
    """Known days that shape the profiles and are followed."""
    profiles: int = 4
    """Shapes that days share, at most."""
    backtest_days: int = 60
    """Known days on which the candidates are compared and their errors measured."""
