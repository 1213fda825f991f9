"""People rows: who works in the centre."""

import polars as pl

from floorwalker.core.records import PERSON
from floorwalker.core.records.keys import key_of
from floorwalker.sources.reading import Site
from floorwalker.sources.spreadsheet.cells import Cells
from floorwalker.sources.spreadsheet.fields import PEOPLE
from floorwalker.sources.spreadsheet.identity import Identity
from floorwalker.sources.spreadsheet.records import conformed


def person_tables(cells: Cells, site: Site, identity: Identity) -> dict[str, pl.DataFrame]:
    """The record frame of a batch. A person is known by staff number, else address, else name; a second row is refused."""
    said = cells.values(field.name for field in PEOPLE.fields)
    names = said["name"]
    cells.totals_aside(pl.select(pl.sum_horizontal(values.is_not_null() for values in said.values())).to_series() <= 1)
    cells.require("name", names)
    frame = pl.DataFrame(list(said.values())).with_columns(
        pl.coalesce(name for name in ("native_id", "email", "name") if name in said).alias("native_id"),
        cells.lines,
    )
    keys = frame.select(key_of([pl.col("native_id")])).to_series()
    cells.refuse(identity.repeated(keys, cells.standing), "repeated_person", "name")
    return {"person": conformed(cells.kept(frame), PERSON)}
