"""`floorwalker patterns`: the pattern engine alone, on plain CSV files."""

import sys
from pathlib import Path

import click
import polars as pl

from floorwalker.core import patterns as engine

OUTPUT = ["series", "date", "p_blip", "p_lasting", "state", "onset", "size"]


@click.command()
@click.option("--input", "source", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", "target", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--events", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="CSV with a column date: known events."
)
@click.option(
    "--overrides",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV with series, kind (leave_out, not_lasting, new_normal), first, last: what a person decided.",
)
@click.option("--offline", is_flag=True, help="Use the whole series: the best segmentation in retrospect.")
def patterns(source: Path, target: Path, events: Path | None, overrides: Path | None, offline: bool) -> None:
    """Tell blips from lasting changes, series by series and day by day.

    The input has the columns series, kind (count, mean, rate), date, value, weight; the output one row for each of its rows.
    Rows that cannot be right are listed on standard error, one line each, and count as unknown.
    """
    try:
        table = _read(source)
        known = None if events is None else _read(events)
        said = None if overrides is None else _read(overrides)
        answers = engine.look_back(table) if offline else engine.classify(table, events=known, overrides=said)
    except (engine.Unusable, pl.exceptions.PolarsError) as error:
        raise click.ClickException(str(error)) from error
    for series, date, code, found in answers.refusals.iter_rows():
        print(f"series={series} date={date} code={code} found={found}", file=sys.stderr)  # noqa: T201
    answers.states.select(OUTPUT + [c for c in answers.states.columns if c not in OUTPUT]).write_csv(target, float_precision=4)


def _read(path: Path) -> pl.DataFrame:
    """A CSV with text series names, numbers where a column is one, and dates."""
    names = pl.read_csv(path, n_rows=0).columns
    types = {
        "series": pl.String,
        "kind": pl.String,
        "date": pl.Date,
        "value": pl.Float64,
        "weight": pl.Float64,
        "name": pl.String,
        "first": pl.Date,
        "last": pl.Date,
    }
    wanted = {name: types[name] for name in names if name in types}
    try:
        return pl.read_csv(path, columns=list(wanted), schema_overrides=wanted)
    except pl.exceptions.ComputeError:
        return pl.read_csv(path, columns=list(wanted), infer_schema=False)


if __name__ == "__main__":
    patterns()
