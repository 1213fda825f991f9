"""How kernels are compiled that make no arrays of their own."""

from functools import partial

from numba import njit

compiled = partial(njit, nogil=True, error_model="numpy", _nrt=False)
"""Arrays are lent by the caller, so that no references to them are counted."""
