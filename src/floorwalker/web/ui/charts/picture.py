"""What every chart function gives: a finding, its drawings, and the table behind them."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Table:
    """The same values as the picture, as written text. The first column names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A chart for templates: `wide` for the page, `narrow` drawn again for a phone, `behind` for everybody."""

    finding: str
    wide: SafeString
    narrow: SafeString = field(default_factory=SafeString)
    behind: Table | None = None
