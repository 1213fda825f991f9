"""Which keys came on which days of a large import: eight bytes a row, while the rows are not too many to be held."""

from collections import defaultdict
from datetime import date

import numpy as np
import polars as pl

from floorwalker.warehouse.keys import Keys

MOST_ROWS = 12_000_000


class ComeKeys:
    """The groups of each day of one table, as they are written. Beyond twelve million rows nothing is known any more."""

    def __init__(self) -> None:
        self._days: dict[date, list[Keys]] = defaultdict(list)
        self._rows = 0

    @property
    def known(self) -> bool:
        """Whether all that came is still remembered."""
        return self._rows <= MOST_ROWS

    def add(self, day: date, groups: pl.Series) -> None:
        """Groups that came on a day, each perhaps several times."""
        self._rows += len(groups)
        if not self.known:
            self._days.clear()
            return
        keys = np.sort(groups.to_numpy())
        self._days[day].append(keys if _rises(keys) else np.unique(keys))

    def forget(self) -> None:
        """Nothing is known any more."""
        self._rows = MOST_ROWS + 1
        self._days.clear()

    def of(self, day: date) -> Keys | None:
        """The groups of a day, each once; None when that is not known."""
        several = self._days.get(day, [])
        return several[0] if len(several) == 1 and self.known else None

    def on_several_days(self) -> Keys:
        """Groups that came on more than one day, or at different times on one."""
        several = [keys for days in self._days.values() for keys in days]
        if len(several) < 2:
            return np.empty(0, np.int64)
        keys = np.concatenate(several)
        keys.sort()
        return np.unique(keys[1:][keys[1:] == keys[:-1]])


def _rises(keys: Keys) -> bool:
    return bool((keys[1:] > keys[:-1]).all())
