"""Scales of survey answers: numbers within bounds, or words of five steps."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from floorwalker.sources.spreadsheet import amounts, words
from floorwalker.sources.spreadsheet.script import plain

SCALES = ("1-5", "0-10", "1-10", "1-7", "1-3", "1-4", "0-5", "1-6", "0-100", "0-1", "good_bad")
_BAD_GOOD = {"good": 1.0, "bad": 0.0, "yes": 1.0, "no": 0.0}


@dataclass(frozen=True)
class Scale:
    """From `lowest` to `highest`; `name` is "" and the bounds are infinite when nobody said which."""

    name: str
    lowest: float
    highest: float

    @classmethod
    def of(cls, name: str) -> "Scale":
        """The scale of a name such as "1-5", "good_bad" (0 and 1), or "" (unknown).

        Raises
        ------
        ValueError
            when the name is none of these.
        """
        if not name:
            return cls("", float("-inf"), float("inf"))
        if name == "good_bad":
            return cls(name, 0.0, 1.0)
        lowest, _, highest = name.partition("-")
        scale = cls(name, float(lowest), float(highest))
        if not scale.lowest < scale.highest:
            raise ValueError(f"a scale runs from a lower to a higher number, {name!r} does not")
        return scale

    def numbers(self, texts: pl.Series, decimal: str, own: Mapping[str, str]) -> pl.Series:
        """Answers as numbers on the scale; null where a text is no answer on it."""
        known = {plain(word): float(number) for word, number in own.items() if number}
        distinct = texts.unique().drop_nulls()
        scores = [known.get(plain(text), self._number(text, decimal)) for text in distinct]
        on_scale = [None if score is None or not self.lowest <= score <= self.highest else score for score in scores]
        return texts.replace_strict(distinct, pl.Series(on_scale, dtype=pl.Float64), default=None, return_dtype=pl.Float64)

    def bounds(self) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
        """The record columns scale_id, scale_min, scale_max; null when the scale is unknown."""
        lowest, highest = (self.lowest, self.highest) if self.name else (None, None)
        return (
            pl.lit(self.name or None, pl.String).alias("scale_id"),
            pl.lit(lowest, pl.Float64).alias("scale_min"),
            pl.lit(highest, pl.Float64).alias("scale_max"),
        )

    def norm(self, scores: pl.Series) -> pl.Series:
        """0 for the worst to 1 for the best; null when the scale is unknown."""
        if not self.name:
            return pl.repeat(None, len(scores), dtype=pl.Float64, eager=True)
        return (scores - self.lowest) / (self.highest - self.lowest)

    def _number(self, text: str, decimal: str) -> float | None:
        number = amounts.one_number(text, decimal)
        if number is not None:
            return number
        step = words.lexicon("score").get(plain(text))
        if self.name == "good_bad":
            answer = words.lexicon("flag").get(plain(text)) or plain(text)
            return (
                _BAD_GOOD.get(answer)
                if answer in _BAD_GOOD
                else None
                if step is None
                else {"1": 0.0, "2": 0.0, "4": 1.0, "5": 1.0}.get(step)
            )
        return float(step) if step and (self.lowest, self.highest) == (1.0, 5.0) else None
