"""How often a key came before in the same file, in memory of eight bytes a row."""

import numpy as np
import numpy.typing as npt

_RUN = 4 << 20


class Seen:
    """Keys met so far, as sorted runs that are merged while they are small."""

    def __init__(self) -> None:
        self._runs: list[npt.NDArray[np.int64]] = []
        self._again: dict[int, int] = {}

    def ordinals(self, keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """For each key, how many equal ones came before it, in this call or an earlier one."""
        order = np.argsort(keys, kind="stable")
        ranked = keys[order]
        starts = np.concatenate(([True], ranked[1:] != ranked[:-1])) if len(ranked) else np.zeros(0, dtype=bool)
        first = np.flatnonzero(starts)
        distinct = ranked[first]
        counts = np.diff(np.concatenate((first, [len(ranked)])))
        before = self._before(distinct)
        within = np.arange(len(ranked)) - np.repeat(first, counts)
        result = np.empty(len(keys), dtype=np.int64)
        result[order] = within + np.repeat(before, counts)
        self._remember(distinct, before, counts)
        return result

    def _before(self, distinct: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        known = np.zeros(len(distinct), dtype=np.int64)
        for run in self._runs:
            at = np.searchsorted(run, distinct)
            known[run[np.minimum(at, len(run) - 1)] == distinct] = 1
        for place in np.flatnonzero(known):
            known[place] += self._again.get(int(distinct[place]), 0)
        return known

    def _remember(self, distinct: npt.NDArray[np.int64], before: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]) -> None:
        for place in np.flatnonzero((before > 0) | (counts > 1)):
            self._again[int(distinct[place])] = int(before[place] + counts[place]) - 1
        fresh = distinct[before == 0]
        while self._runs and len(self._runs[-1]) <= min(len(fresh), _RUN):
            fresh = np.union1d(self._runs.pop(), fresh)
        if len(fresh):
            self._runs.append(fresh)
