"""A week by hour: a table whose cells are shaded, so that picture and numbers are one and each cell can be opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from floorwalker.web.ui.charts.hand import Hand

LEVELS = 5


@dataclass(frozen=True)
class Cell:
    """One hour of one weekday: the written value, how dark (0 lightest, None: nothing known), and where a click leads."""

    words: str
    level: int | None
    url: str = ""


@dataclass(frozen=True)
class HeatMap:
    """Hours down, weekdays across in the reader's order; lowest and highest name the ends of the shading."""

    caption: str
    weekdays: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    lowest: str
    highest: str

    @property
    def levels(self) -> range:
        return range(LEVELS)


def heat_map(
    hand: Hand,
    values: Mapping[tuple[int, int], float],
    urls: Mapping[tuple[int, int], str],
    caption: str,
    too_few: Sequence[tuple[int, int]],
) -> HeatMap:
    """From values by (weekday, hour), weekday 0 being Monday; cells named in `too_few` say so instead of a number."""
    hours = sorted({hour for _weekday, hour in values or too_few})
    order = [(hand.reader.week_start + step) % 7 for step in range(7)]
    low, high = (min(values.values()), max(values.values())) if values else (0.0, 0.0)
    rows = (
        tuple(
            (
                hand.reader.clock(hour * 60),
                tuple(_cell(hand, (weekday, hour), values, urls, low, high, too_few) for weekday in order),
            )
            for hour in range(hours[0], hours[-1] + 1)
        )
        if hours
        else ()
    )
    names = tuple(hand.reader.weekday(weekday, "abbreviated") for weekday in order)
    return HeatMap(caption, names, rows, hand.write(low), hand.write(high))


def _cell(
    hand: Hand,
    place: tuple[int, int],
    values: Mapping[tuple[int, int], float],
    urls: Mapping[tuple[int, int], str],
    low: float,
    high: float,
    too_few: Sequence[tuple[int, int]],
) -> Cell:
    if place in values:
        share = (values[place] - low) / (high - low) if high > low else 0.0
        return Cell(hand.write(values[place]), min(int(share * LEVELS), LEVELS - 1), urls.get(place, ""))
    return Cell("·" if place in too_few else "", None, urls.get(place, "") if place in too_few else "")
