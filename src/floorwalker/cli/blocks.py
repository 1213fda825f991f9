"""`floorwalker blocks certify`: how many may leave the queue on a planned day, from plain CSV files."""

import json
import sys
from datetime import datetime
from pathlib import Path

import click
import polars as pl

from floorwalker.cli.certifying import Asked, Plan, Refused, certificate
from floorwalker.core import demand, staffing

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def blocks() -> None:
    """Hours that people may spend off the queue."""


@blocks.command()
@click.option("--history", required=True, type=FILE, help="queue, start, contacts: what came, up to the evening before.")
@click.option("--day", required=True, type=click.DateTime(["%Y-%m-%d"]))
@click.option("--aht", required=True, type=click.FloatRange(0, min_open=True), help="Mean handle time in seconds.")
@click.option("--patience", type=click.FloatRange(0), help="Mean patience in seconds; left out: nobody leaves.")
@click.option("--staff", required=True, type=FILE, help="start, agents: who is planned.")
@click.option("--target", required=True, type=click.FloatRange(0, 1, min_open=True, max_open=True), help="Share, as 0.8.")
@click.option("--threshold", default=20.0, type=click.FloatRange(0), help="Seconds; 20 when left out.")
@click.option("--confidence", default=0.9, type=click.FloatRange(0, 1, min_open=True, max_open=True), help="Share, as 0.9.")
@click.option("--definition", default="offered", type=click.Choice(staffing.DEFINITIONS))
@click.option("--queue", help="Which queue of the history; needed where there are several.")
@click.option("--absence", default=0.0, type=click.FloatRange(0, 1, max_open=True), help="Chance that a person does not come.")
@click.option("--keep", default=1, type=click.IntRange(0), help="So many always stay on the queue.")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def certify(
    history: Path,
    day: datetime,
    aht: float,
    patience: float | None,
    staff: Path,
    target: float,
    threshold: float,
    confidence: float,
    definition: str,
    queue: str | None,
    absence: float,
    keep: int,
    output: Path,
) -> None:
    """Say how likely the day's target is met, and how many may be off the queue in each interval, all at once.

    A row of the history that cannot be right is left out and listed on standard error. A staff file with such a row is not
    used at all: every wrong row is named by line and column (line 1 is the header), and nothing is written.
    """
    try:
        asked = Asked(read(history), queue, day, read(staff))
        plan = Plan(aht, patience, target, threshold, confidence, definition, keep, staffing.Doubts(absence=absence))
        written = certificate(asked, plan)
    except Refused as refused:
        for row, column, code, found in refused.rows:
            say(f"line={row + 1} column={column} code={code} found={found}")
        raise click.ClickException(f"{staff}: {len(refused.rows)} rows cannot be right") from refused
    except (staffing.Unusable, demand.Unusable, pl.exceptions.PolarsError) as error:
        raise click.ClickException(str(error)) from error
    for line in written.notes:
        say(line)
    output.write_text(json.dumps(written.content, indent=1) + "\n")


def read(path: Path) -> pl.DataFrame:
    """A CSV as text."""
    return pl.read_csv(path, infer_schema=False)


def say(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    blocks()
