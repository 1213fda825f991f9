"""What the makers of all four kinds of records share."""

import polars as pl

from floorwalker.core.records import Table


def precision_of(form: str) -> float:
    """The finest step, in seconds, of times in this format."""
    if "%.f" in form or form == "epoch_ms":
        return 0.001
    return 1.0 if "%S" in form or form in ("epoch_s", "excel", "excel_1904") else 60.0


def conformed(frame: pl.DataFrame, table: Table, categories: bool = False) -> pl.DataFrame:
    """`frame` as the record table wants it, but for `import_id`, which the warehouse fills; see `Table.conform`."""
    columns = [column for column in table.columns if column.name != "import_id"]
    return Table(table.name, table.about, table.key, tuple(columns)).conform(frame, categories)
