"""How a record table is declared: once, here; storage, checks, docs and forms are derived."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import polars as pl


class Kind(Enum):
    """The kind of values in a column; its physical type is the same on every engine."""

    TEXT = "text"
    KEY = "key"
    COUNT = "count"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"
    INSTANT = "instant"

    @property
    def dtype(self) -> pl.DataType:
        """The Polars type of values of this kind."""
        return _DTYPES[self]


_DTYPES: Mapping[Kind, pl.DataType] = {
    Kind.TEXT: pl.String(),
    Kind.KEY: pl.Int64(),
    Kind.COUNT: pl.Int64(),
    Kind.NUMBER: pl.Float64(),
    Kind.FLAG: pl.Boolean(),
    Kind.DATE: pl.Date(),
    Kind.INSTANT: pl.Datetime("us", "UTC"),
}


@dataclass(frozen=True)
class Column:
    """One column: its name, kind, unit ("s", "min", "" when it has none) and meaning for a reader of docs/formats."""

    name: str
    kind: Kind
    about: str
    unit: str = ""
    required: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A record table. `key` identifies a row across imports; `day` is the local day under which the row is kept."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @cached_property
    def schema(self) -> pl.Schema:
        """Column name to Polars type, in storage order."""
        return pl.Schema({column.name: column.kind.dtype for column in self.columns})

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name!r}; it has {', '.join(self.schema)}")

    def empty(self) -> pl.DataFrame:
        """A frame of this table without rows."""
        return pl.DataFrame(schema=self.schema)

    def conform(self, frame: pl.DataFrame, categories: bool = False) -> pl.DataFrame:
        """`frame` with exactly this table's columns, in order and type; absent ones become null.

        With `categories`, texts that came as categories stay so.

        Raises
        ------
        ValueError
            when a column is unknown, or a required one holds a null.
        """
        unknown = set(frame.columns) - set(self.schema)
        if unknown:
            raise ValueError(f"table {self.name} has no column {', '.join(sorted(unknown))}")
        whole = frame.select(
            (pl.col(name) if name in frame.columns else pl.lit(None))
            .cast(_or_category(dtype, frame, name, categories))
            .alias(name)
            for name, dtype in self.schema.items()
        )
        required = [column.name for column in self.columns if column.required]
        for name, lacking in zip(required, whole.select(pl.col(required).null_count()).row(0), strict=True):
            if lacking:
                raise ValueError(f"table {self.name}: {name} is required, {lacking} rows lack it")
        return whole


def _or_category(dtype: pl.DataType, frame: pl.DataFrame, name: str, categories: bool) -> pl.DataType:
    return pl.Categorical() if categories and dtype == pl.String and frame.schema.get(name) == pl.Categorical else dtype
