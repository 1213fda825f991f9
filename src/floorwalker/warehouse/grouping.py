"""Adding the same rows up in several ways: keys become small numbers once, then each way is one pass over each column."""

from collections.abc import Sequence

import numba
import numpy as np
import numpy.typing as npt
import polars as pl

Numbers = npt.NDArray[np.int32] | npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_MOST_CELLS = 1 << 23


class Grouping:
    """Rows of a frame, ready to be added up by any of the columns `dimensions` (dates, whole numbers, texts or categories)."""

    def __init__(self, rows: pl.DataFrame, dimensions: Sequence[str]) -> None:
        self._rows = rows
        self._codes = {name: _codes(rows[name]) for name in dimensions}

    def summed(self, keys: Sequence[str], values: Sequence[str]) -> pl.DataFrame:
        """One row per combination of `keys` that occurs, with the sums of `values`; a sum to which nothing is added is null.

        In the order of the keys, unknown ones first.
        """
        if not self._rows.height:
            return self._rows.select(*keys, *values)
        ids, first = _groups([self._codes[name] for name in keys])
        sums = [self._sum(name, ids, len(first)) for name in values]
        return self._rows.select(keys)[first].with_columns(sums)

    def counted(self, keys: Sequence[str], name: str) -> pl.DataFrame:
        """One row per combination of `keys`, in their order, with the number of rows as `name`."""
        if not self._rows.height:
            return self._rows.select(*keys, pl.lit(0.0).alias(name))
        ids, first = _groups([self._codes[key] for key in keys])
        counts = np.bincount(ids, minlength=len(first)).astype(np.float64)
        return self._rows.select(keys)[first].with_columns(pl.Series(name, counts))

    def _sum(self, name: str, ids: Numbers, groups: int) -> pl.Series:
        column = self._rows[name]
        if column.null_count() == 0:
            return pl.Series(name, _sums(ids, column.to_numpy(), groups))
        if column.null_count() == len(column):
            return pl.repeat(None, groups, dtype=pl.Float64, eager=True).alias(name)
        total, known = _known_sums(ids, column.cast(pl.Float64).to_numpy(), groups)
        return pl.Series(name, total).set(pl.Series(~known), None)


def _codes(column: pl.Series) -> tuple[Numbers, int]:
    """The column as numbers without gaps from 0, in the order of its values, null first; and how many there are."""
    if column.dtype == pl.String:
        column = column.cast(pl.Categorical)
    physical = column.to_physical()
    least, most = physical.min(), physical.max()
    if least is None:
        return np.zeros(len(column), np.int32), 1
    assert isinstance(least, int)  # noqa: S101 - the smallest of whole numbers
    assert isinstance(most, int)  # noqa: S101
    numbers = (physical.cast(pl.Int64) - (least - 1)).fill_null(0).to_numpy()
    bound = most - least + 2
    if column.dtype == pl.Categorical:
        numbers = _ranked(column, numbers, bound)
    return _gapless(numbers, bound)


def _ranked(column: pl.Series, numbers: Numbers, bound: int) -> Numbers:
    """Numbers of categories in the order of their texts."""
    first = np.full(bound, -1, np.int64)
    _note_first(numbers, first)
    there = np.flatnonzero(first >= 0)
    order = column.gather(first[there]).cast(pl.String).arg_sort().to_numpy()
    rank = np.zeros(bound, np.int32)
    rank[there[order]] = np.arange(len(there)) + (first[0] < 0)
    return rank[numbers]


def _groups(codes: Sequence[tuple[Numbers, int]]) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """For each row the number of its group in the order of codes, and for each group the first of its rows."""
    ids, groups = codes[0]
    for numbers, many in codes[1:]:
        if groups * many > _MOST_CELLS:
            ids, groups = _gapless(ids, groups)
        ids, groups = ids.astype(np.int64) * many + numbers, groups * many
    ids, groups = _gapless(ids, groups)
    first = np.full(groups, -1, np.int64)
    _note_first(ids, first)
    return ids, first


def _gapless(numbers: Numbers, bound: int) -> tuple[Numbers, int]:
    """The same numbers in the same order, without gaps, and how many different ones there are."""
    if bound <= _MOST_CELLS:
        return _dense(numbers, bound)
    distinct, places = np.unique(numbers, return_inverse=True)
    return places.astype(np.int32), len(distinct)


@numba.njit(cache=True, nogil=True)
def _note_first(numbers: Numbers, first: npt.NDArray[np.int64]) -> None:
    """For each number the first row in which it stands."""
    for row in range(len(numbers)):
        if first[numbers[row]] < 0:
            first[numbers[row]] = row


@numba.njit(cache=True, nogil=True)
def _dense(numbers: Numbers, bound: int) -> tuple[Numbers, int]:
    """The same numbers in the same order, without gaps."""
    place = np.zeros(bound, np.int32)
    for row in range(len(numbers)):
        place[numbers[row]] = 1
    many = 0
    for number in range(bound):
        if place[number]:
            place[number] = many
            many += 1
    result = np.empty(len(numbers), np.int32)
    for row in range(len(numbers)):
        result[row] = place[numbers[row]]
    return result, many


@numba.njit(cache=True, nogil=True)
def _sums(ids: Numbers, values: npt.NDArray[np.number], groups: int) -> Floats:
    total = np.zeros(groups, np.float64)
    for row in range(len(ids)):
        total[ids[row]] += values[row]
    return total


@numba.njit(cache=True, nogil=True)
def _known_sums(ids: Numbers, values: Floats, groups: int) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Sums of the values that are not NaN, which is how an unknown one comes, and where there is any."""
    total, known = np.zeros(groups, np.float64), np.zeros(groups, np.bool_)
    for row in range(len(ids)):
        if not np.isnan(values[row]):
            total[ids[row]] += values[row]
            known[ids[row]] = True
    return total, known
