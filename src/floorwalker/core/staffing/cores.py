"""Parts of one calculation side by side, on threads that are kept: to start them takes as long as ten thousand cases."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import TypeVar

import numpy as np

Part = tuple[int, int]
Found = TypeVar("Found")

MOST_CORES = 8


def parts_of(size: int, most: int) -> list[Part]:
    """So many numbers in equal runs, one for each core and at most so many."""
    cores = min(os.cpu_count() or 1, most, MOST_CORES)
    return list(pairwise(np.linspace(0, size, cores + 1).astype(np.int64).tolist()))


def side_by_side(work: Callable[[Part], Found], parts: list[Part]) -> list[Found]:
    """The first part here, the others beside it."""
    others = [_pool().submit(work, part) for part in parts[1:]]
    return [work(parts[0]), *(each.result() for each in others)]


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(MOST_CORES - 1)


os.register_at_fork(after_in_child=_pool.cache_clear)
