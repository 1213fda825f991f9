"""Adding the same rows up in several ways: keys become small numbers once, then each way is one pass over each column."""

from collections.abc import Sequence

import numba
import numpy as np
import numpy.typing as npt
import polars as pl

Numbers = npt.NDArray[np.int64]
_MOST_CELLS = 1 << 24


class Grouping:
    """Rows of a frame, ready to be added up by any of the columns `dimensions` (dates, whole numbers or texts)."""

    def __init__(self, rows: pl.DataFrame, dimensions: Sequence[str]) -> None:
        self._rows = rows
        self._codes = {name: _codes(rows[name]) for name in dimensions}

    def summed(self, keys: Sequence[str], values: Sequence[str]) -> pl.DataFrame:
        """One row per combination of `keys` that occurs, with the sums of `values`; a sum to which nothing is added is null."""
        if not self._rows.height:
            return self._rows.select(*keys, *values)
        ids, first = _groups([self._codes[name] for name in keys])
        sums = [self._sum(name, ids, len(first)) for name in values]
        return self._rows.select(keys)[first].with_columns(sums)

    def _sum(self, name: str, ids: Numbers, groups: int) -> pl.Series:
        column = self._rows[name]
        if column.null_count() == 0:
            return pl.Series(name, _sums(ids, column.to_numpy(), groups))
        total, known = _known_sums(ids, column.to_numpy(), groups)
        return pl.Series(name, total).set(pl.Series(known == 0), None)


def _codes(column: pl.Series) -> tuple[Numbers, int]:
    """The column as numbers from 0 without gaps, and how many there are; null is a value of its own."""
    if column.dtype == pl.String:
        column = column.cast(pl.Categorical)
    numbers = column.to_physical().cast(pl.Int64)
    least = numbers.min()
    if least is None:
        return np.zeros(len(column), np.int64), 1
    assert isinstance(least, int)  # noqa: S101 - the smallest of whole numbers
    shifted = (numbers - least + 1).fill_null(0).to_numpy()
    return _dense(shifted, int(shifted.max()) + 1)


def _groups(codes: Sequence[tuple[Numbers, int]]) -> tuple[Numbers, Numbers]:
    """For each row the number of its group, and for each group the first of its rows."""
    ids, groups = codes[0]
    for numbers, many in codes[1:]:
        cells = groups * many
        ids = ids * many + numbers
        if cells > _MOST_CELLS:
            ids = np.unique(ids, return_inverse=True)[1].astype(np.int64)
            groups = int(ids.max()) + 1
        else:
            ids, groups = _dense(ids, cells)
    first = np.empty(groups, np.int64)
    first[ids[::-1]] = np.arange(len(ids) - 1, -1, -1)
    return ids, first


@numba.njit(cache=True, nogil=True)
def _dense(numbers: Numbers, bound: int) -> tuple[Numbers, int]:
    """The same numbers without gaps, in the order in which they first occur."""
    place = np.full(bound, -1, np.int32)
    result = np.empty(len(numbers), np.int64)
    many = 0
    for row in range(len(numbers)):
        number = numbers[row]
        if place[number] < 0:
            place[number] = many
            many += 1
        result[row] = place[number]
    return result, many


@numba.njit(cache=True, nogil=True)
def _sums(ids: Numbers, values: npt.NDArray[np.float64], groups: int) -> npt.NDArray[np.float64]:
    total = np.zeros(groups, np.float64)
    for row in range(len(ids)):
        total[ids[row]] += values[row]
    return total


@numba.njit(cache=True, nogil=True)
def _known_sums(
    ids: Numbers, values: npt.NDArray[np.float64], groups: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Sums and counts of the values that are not NaN, which is how an unknown one comes."""
    total, known = np.zeros(groups, np.float64), np.zeros(groups, np.int64)
    for row in range(len(ids)):
        if not np.isnan(values[row]):
            total[ids[row]] += values[row]
            known[ids[row]] += 1
    return total, known
