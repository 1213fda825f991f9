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
    """Rows of a frame, ready to be added up by any of its columns of dates, whole numbers, texts or categories."""

    def __init__(self, rows: pl.DataFrame) -> None:
        self._rows = rows
        self._known: dict[str, tuple[Numbers, int]] = {}

    @property
    def height(self) -> int:
        """How many rows there are."""
        return self._rows.height

    def summed(self, keys: Sequence[str], values: Sequence[str]) -> pl.DataFrame:
        """One row per combination of `keys` that occurs, with the sums of `values`; a sum to which nothing is added is null.

        In the order of the keys, unknown ones first.
        """
        if not self.height:
            return self._rows.select(*keys, *values)
        ids, first = self._groups(keys)
        sums = [self._sum(name, ids, len(first)) for name in values]
        return self._rows.select(keys)[first].with_columns(sums)

    def placed(self, keys: Sequence[str], spreads: Sequence[str]) -> pl.DataFrame:
        """How many rows lie in each bucket: one row per combination of `keys`, `spread` (a column's name) and `bucket`, as `n`.

        The columns `spreads` hold each row's bucket, null where it is in none. In the order of the keys, spreads and buckets.
        """
        known = [name for name in sorted(spreads) if self._rows[name].null_count() < self.height]
        if not known:
            return pl.DataFrame()
        ids, first = self._groups(keys)
        bounds = self._rows.select(low=pl.min_horizontal(pl.col(known).min()), high=pl.max_horizontal(pl.col(known).max()))
        low, high = bounds.row(0)
        many = high - low + 1
        counts = np.zeros((len(first), len(known), many), np.int64)
        for number, name in enumerate(known):
            _count_in(ids, self._rows[name].fill_null(low - 1).to_numpy(), low, counts, number)
        cells = np.flatnonzero(counts)
        group, place = np.divmod(cells // many, len(known))
        return self._rows.select(keys)[first[group]].with_columns(
            pl.Series("spread", known).gather(place),
            pl.Series("bucket", cells % many + low),
            pl.Series("n", counts.ravel()[cells].astype(np.float64)),
        )

    def _groups(self, keys: Sequence[str]) -> tuple[Numbers, npt.NDArray[np.int64]]:
        for name in keys:
            if name not in self._known:
                self._known[name] = _codes(self._rows[name])
        return _groups([self._known[name] for name in keys])

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
    bound = most - least + 2
    if physical.null_count():
        numbers = (physical.cast(pl.Int64) - (least - 1)).fill_null(0).to_numpy()
    else:
        numbers = physical.to_numpy().astype(np.int64)
        numbers -= least - 1
    return _ranked(column, numbers, bound) if column.dtype == pl.Categorical else _gapless(numbers, bound)


def _ranked(column: pl.Series, numbers: Numbers, bound: int) -> tuple[Numbers, int]:
    """Categories as numbers without gaps from 0, in the order of their texts, null first; and how many there are."""
    first = np.full(bound, -1, np.int64)
    _note_first(numbers, first)
    there = np.flatnonzero(first >= 0)
    order = column.gather(first[there]).cast(pl.String).arg_sort().to_numpy()
    rank = np.zeros(bound, np.int32)
    rank[there[order]] = np.arange(len(there))
    return rank[numbers], len(there)


def _groups(codes: Sequence[tuple[Numbers, int]]) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """For each row the number of its group in the order of codes, and for each group the first of its rows."""
    ids, groups = codes[0]
    for numbers, many in codes[1:]:
        if groups * many > _MOST_CELLS:
            ids, groups = _gapless(ids, groups)
        ids, groups = _joined(ids, numbers, many), groups * many
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
def _joined(ids: Numbers, numbers: Numbers, many: int) -> Numbers:
    """Numbers of pairs: `many` for each id."""
    result = np.empty(len(ids), np.int64)
    for row in range(len(ids)):
        result[row] = np.int64(ids[row]) * many + numbers[row]
    return result


@numba.njit(cache=True, nogil=True)
def _count_in(ids: Numbers, buckets: Numbers, low: int, counts: npt.NDArray[np.int64], place: int) -> None:
    """Count rows by id and bucket, but for those below `low`, in one place of each id."""
    for row in range(len(ids)):
        if buckets[row] >= low:
            counts[ids[row], place, buckets[row] - low] += 1


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
