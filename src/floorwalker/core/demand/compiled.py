"""How kernels are compiled that make no arrays of their own."""

from functools import partial
from typing import Any

from numba import njit

compiled: Any = partial(njit, nogil=True, error_model="numpy", fastmath={"reassoc", "contract"}, _nrt=False)
"""Arrays are lent by the caller, so that no references to them are counted. Sums may be taken in any order."""
