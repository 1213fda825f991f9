"""`floorwalker measure`: a number, cut as one likes."""

from datetime import datetime

import click

from floorwalker.cli.bring_in import language_option
from floorwalker.cli.records import with_records

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--measures", required=True, help="Names, separated by commas, such as aht,service_level.")
@click.option("--by", default="", help="What to cut by, separated by commas, such as queue,day.")
@click.option("--from", "since", type=DAY, help="First day, such as 1999-01-01.")
@click.option("--to", "until", type=DAY, help="Last day.")
@click.option("--where", multiple=True, metavar="NAME=VALUE", help="Only these rows; * is any known value. May be repeated.")
@click.option("--definition", multiple=True, metavar="MEASURE=NAME", help="Another common definition of a measure.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@language_option
@with_records
def measure(
    measures: str,
    by: str,
    since: datetime | None,
    until: datetime | None,
    where: tuple[str, ...],
    definition: tuple[str, ...],
    form: str,
    language: str,
) -> None:
    """Ask for numbers. Columns of imported files may be named as the files call them."""
    from floorwalker.cli.measuring import Asked, ask

    days = (since.date() if since else None, until.date() if until else None)
    click.echo(ask(Asked(measures, by, *days, where, definition), form, language), nl=False)
