"""`floorwalker staffing`: how many agents each case takes, on plain CSV files."""

import sys
from pathlib import Path

import click
import polars as pl

from floorwalker.core import staffing as engine


@click.command()
@click.option("--input", "source", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", "target", required=True, type=click.Path(dir_okay=False, path_type=Path))
def staffing(source: Path, target: Path) -> None:
    """Find the fewest agents that reach each case's service level, and what follows from that number.

    The input has the columns id, contacts, interval_s, aht_s, patience_s (empty: nobody leaves), target, threshold_s,
    definition (offered, answered, offered_minus_short) and perhaps max_occupancy. The output has one row for each of its
    rows. A row that cannot be right keeps its id and has empty cells; it is listed on standard error, one line each, where
    line 1 is the header.
    """
    try:
        answers = engine.solve(pl.read_csv(source, infer_schema=False))
    except (engine.Unusable, pl.exceptions.PolarsError) as error:
        raise click.ClickException(str(error)) from error
    for row, name, column, code, found in answers.refusals.iter_rows():
        print(f"line={row + 1} id={name} column={column} code={code} found={found}", file=sys.stderr)  # noqa: T201
    answers.rows.write_csv(target)


if __name__ == "__main__":
    staffing()
