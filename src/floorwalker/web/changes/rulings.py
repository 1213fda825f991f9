"""What people ruled about changes, as the engine takes it."""

import polars as pl

from floorwalker.web.accounts.models import Site
from floorwalker.web.changes.models import SAME, Finding, Ruling
from floorwalker.web.changes.series import named

OVERRIDES = {"series": pl.String, "kind": pl.String, "first": pl.Date, "last": pl.Date}


def held_rulings(site: Site) -> list[Ruling]:
    """The rulings that hold: of each change the latest one, unless it was taken back."""
    held: list[Ruling] = []
    for each in Ruling.objects.filter(site=site, taken_back=False).select_related("by__person"):
        if not any(other.series == each.series and abs(other.onset - each.onset) <= SAME for other in held):
            held.append(each)
    return held


def ruling_of(finding: Finding, rulings: list[Ruling]) -> Ruling | None:
    """The ruling about a change, if any."""
    return next((each for each in rulings if each.is_about(finding)), None)


def overrides_of(site: Site) -> pl.DataFrame | None:
    """The rulings as overrides of the engine; that something was nothing changes no usual."""
    rows = [row for each in held_rulings(site) if (row := _override(each))]
    return pl.DataFrame(rows, schema=OVERRIDES, orient="row") if rows else None


def _override(ruling: Ruling) -> tuple[object, ...] | None:
    name = named(ruling.measure, ruling.place)
    if ruling.kind == Ruling.Kind.NORMAL:
        return name, "new_normal", ruling.onset, None
    if ruling.kind == Ruling.Kind.BLIP and ruling.last:
        return name, "leave_out", ruling.onset, ruling.last
    if ruling.kind in (Ruling.Kind.BLIP, Ruling.Kind.AS_WAS):
        return name, "not_lasting", ruling.onset, None
    return None
