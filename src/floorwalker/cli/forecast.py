"""`floorwalker forecast`: the forecasting engine alone, on plain CSV files."""

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import polars as pl

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--input", "source", required=True, type=FILE, help="CSV: queue, start (local time), contacts.")
@click.option("--output", "target", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--origins", required=True, type=FILE, help="CSV: queue, origin. Every interval that starts before it is known.")
@click.option("--days", required=True, type=click.IntRange(1, 366), help="How many days, the origin's own date included.")
@click.option("--country", help="Public holidays of a country (ISO code, or COUNTRY-SUBDIVISION) are known.")
@click.option("--known", type=FILE, help="CSV: date, name, kind (holiday, event, outage), maybe queue.")
@click.option("--masked", type=FILE, help="CSV: queue, date of blips to leave out.")
@click.option("--levels", type=FILE, help="CSV: queue, date on which a lasting shift began.")
@click.option("--drivers", "why", type=click.Path(dir_okay=False, path_type=Path), help="Write what drives each day here.")
@click.option(
    "--choices", "which", type=click.Path(dir_okay=False, path_type=Path), help="Write which model is used, and why, here."
)
def forecast(
    source: Path,
    target: Path,
    origins: Path,
    days: int,
    country: str | None,
    why: Path | None,
    which: Path | None,
    **special: Path | None,
) -> None:
    """Forecast contacts by interval and by day, with their doubt, from each origin.

    The output has a row per interval from the origin on and one per day: queue, origin, start, kind, mean, q05 to q95. What
    could not be used is listed on standard error, one line each, and counts as unknown.
    """
    import polars as pl

    from floorwalker.core import demand

    try:
        tables = {name: None if path is None else _read(path) for name, path in special.items()}
        starts = _read(origins, "origin")
        if country and starts.height:
            tables["known"] = _with_holidays(country, starts, days, tables["known"])
        answer = demand.forecast(_read(source, "start"), starts, days, tables["known"], tables["masked"], tables["levels"])
    except (demand.Unusable, pl.exceptions.PolarsError) as error:
        raise click.ClickException(str(error)) from error
    for queue, start, code, found in answer.refusals.iter_rows():
        print(f"queue={queue} start={start} code={code} found={found}", file=sys.stderr)  # noqa: T201
    written = pl.col("start").dt.to_string("%Y-%m-%d %H:%M:%S")
    bare = pl.when(pl.col("kind") == "day").then(written.str.head(10)).otherwise(written)
    answer.rows.with_columns(start=bare).write_csv(target, float_precision=3, datetime_format="%Y-%m-%d %H:%M:%S")
    for path, table in ((why, answer.drivers), (which, answer.choices)):
        if path is not None:
            table.write_csv(path, float_precision=4, datetime_format="%Y-%m-%d %H:%M:%S")


def _read(path: Path, time: str = "date") -> "pl.DataFrame":
    """A CSV with text queue names and times; counts as written when one of them is no number."""
    import polars as pl

    table = pl.read_csv(path, schema_overrides={"queue": pl.String}, infer_schema_length=None)
    if time in table.columns and table.schema[time] == pl.String:
        read = pl.col(time).str.to_date() if time == "date" else pl.col(time).str.to_datetime(strict=False, time_unit="us")
        table = table.with_columns(read)
    return table


def _with_holidays(country: str, starts: "pl.DataFrame", days: int, known: "pl.DataFrame | None") -> "pl.DataFrame":
    """The country's holidays from ten years before the first origin to the last day to be forecast, and what else is known."""
    import polars as pl

    from floorwalker.core import demand

    first, last = starts["origin"].min(), starts["origin"].max()
    if not isinstance(first, dt.datetime) or not isinstance(last, dt.datetime):
        raise demand.Unusable("unreadable_origin", found=str(first))
    told = demand.holidays_of(country, dt.date(first.year - 10, 1, 1), (last + dt.timedelta(days=days + 7)).date())
    return told if known is None else pl.concat([told, known], how="diagonal")


if __name__ == "__main__":
    forecast()
