"""Series that several files use."""

import numpy as np
import pytest
from numpy.typing import NDArray


@pytest.fixture
def quiet() -> NDArray[np.float64]:
    """200 days of nothing but noise of sd 1 around 50."""
    return 50 + np.random.default_rng(5).normal(size=200)
