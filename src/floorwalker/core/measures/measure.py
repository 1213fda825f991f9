"""What a measure is: a ratio of weighted sums, or a quantile of a spread. Data, so that it can be printed, compared, tested."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

import polars as pl


class Unit(Enum):
    """What a value is counted in; the web decides how each looks in each language."""

    COUNT = "count"
    SHARE = "share"
    SECONDS = "seconds"
    SCORE = "score"
    POINTS = "points"
    PER_HOUR = "per_hour"
    DAYS = "days"


class Direction(Enum):
    """Which way is better for customers. Handle time has none by itself."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


Weights = Mapping[str, float]


@dataclass(frozen=True)
class Ratio:
    """`times` x the weighted sum of `top` over that of `bottom`; without a bottom, just the top."""

    top: Weights
    bottom: Weights = field(default_factory=dict)
    times: float = 1.0

    @property
    def sums(self) -> tuple[str, ...]:
        """Names of the additive sums that it needs."""
        return tuple(dict.fromkeys((*self.top, *self.bottom)))

    def value(self) -> pl.Expr:
        """The ratio over a frame with a column for each sum; null where nothing is known or the bottom is zero."""
        if not self.bottom:
            return weighted(self.top) * self.times
        bottom = weighted(self.bottom)
        return pl.when(bottom > 0).then(weighted(self.top) * self.times / bottom)

    def formula(self) -> str:
        """The ratio in the names of its sums, for a passport: `(talk_s + hold_s) / answered`."""
        top = _written(self.top)
        scaled = top if self.times == 1 else f"{self.times:g} × {_grouped(top)}"
        return f"{_grouped(scaled)} ÷ {_grouped(_written(self.bottom))}" if self.bottom else scaled


@dataclass(frozen=True)
class Quantile:
    """The `level` quantile (0 to 1) of a spread."""

    spread: str
    level: float


@dataclass(frozen=True)
class Measure:
    """One measure. `others` are the other common definitions; `sample` counts what it rests on, `of` what it could have."""

    name: str
    unit: Unit
    direction: Direction
    how: Ratio | Quantile
    sample: Weights
    of: Weights = field(default_factory=dict)
    smallest_sample: int = 1
    others: Mapping[str, Ratio] = field(default_factory=dict)
    personal: bool = True
    """May be cut by agent (by those who may see that agent)."""

    @property
    def sums(self) -> tuple[str, ...]:
        """Names of the additive sums that it needs, its sample included."""
        own = self.how.sums if isinstance(self.how, Ratio) else ()
        return tuple(dict.fromkeys((*own, *self.sample, *self.of)))

    def by_definition(self, definition: str) -> Ratio | Quantile:
        """The measure itself for an empty text, else another common definition of it.

        Raises
        ------
        KeyError
            when there is no such definition.
        """
        if not definition:
            return self.how
        if definition not in self.others:
            raise KeyError(f"{self.name} has no definition {definition!r}; it has {', '.join(self.others) or 'only its own'}")
        return self.others[definition]


def weighted(weights: Weights) -> pl.Expr:
    """The weighted sum of the named columns; null columns count as nothing known, all null gives null."""
    terms = [pl.col(name) * weight for name, weight in weights.items()]
    known = pl.any_horizontal(pl.col(name).is_not_null() for name in weights)
    return pl.when(known).then(pl.sum_horizontal(terms))


def _written(weights: Weights) -> str:
    parts: list[str] = []
    for name, weight in weights.items():
        size = "" if abs(weight) == 1 else f"{abs(weight):g} × "
        sign = "− " if weight < 0 else "+ " if parts else ""
        parts.append(f"{sign}{size}{name}")
    return " ".join(parts)


def _grouped(text: str) -> str:
    return f"({text})" if " + " in text or " − " in text else text
