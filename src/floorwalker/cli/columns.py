"""Lines of a table for a terminal, where Chinese and Korean letters are two columns wide."""

import unicodedata
from collections.abc import Iterator, Sequence

GAP = "  "


def laid_out(rows: Sequence[Sequence[str]], numbers: frozenset[int] = frozenset()) -> Iterator[str]:
    """Each row as a line; the columns in `numbers` end at their far side."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    for row in rows:
        cells = (_filled(cell, widths[place], place in numbers) for place, cell in enumerate(row))
        yield GAP.join(cells).rstrip()


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _filled(text: str, wide: int, at_end: bool) -> str:
    gap = " " * (wide - width(text))
    return gap + text if at_end else text + gap
