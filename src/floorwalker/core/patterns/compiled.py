"""How the kernels are compiled."""

from functools import partial

from numba import njit

compiled = partial(njit, nogil=True, error_model="numpy", _nrt=False)
"""Arrays are lent by the caller, and none is made inside: counting their references at each access took half of all time, and
made two threads wait for one another. A kernel that would allocate an array does not compile."""
