"""`floorwalker import`, `floorwalker imports` and `floorwalker undo`."""

import sys
from pathlib import Path

import click

from floorwalker.cli.records import with_records

LANGUAGES = ("en", "pl", "ko", "zh-hant", "zh-hans", "fa")
language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), callback=lambda ctx, param, value: value or "", help="Language of what is said."
)


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", default="", help="Name of the system that wrote the files; the same name next time.")
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="What the columns mean, as TOML.")
@click.option("--tz", default="", help="Zone of times that carry none, such as Europe/Warsaw.")
@click.option("--answer", "answers", multiple=True, metavar="NAME=CHOICE", help="Answer a question about the files.")
@click.option("--yes", is_flag=True, help="Take what is recommended instead of asking.")
@click.option("--refused", type=click.Path(dir_okay=False, path_type=Path), help="Write every refused row to this CSV file.")
@language_option
@with_records
def import_(
    paths: tuple[Path, ...],
    source: str,
    mapping: Path | None,
    tz: str,
    answers: tuple[str, ...],
    yes: bool,
    refused: Path | None,
    language: str,
) -> None:
    """Bring files in: CSV, TSV, XLSX, ODS, or Asterisk's queue_log. What is here already is not counted twice."""
    from floorwalker.cli.bringing import Wishes, bring_in

    sys.exit(bring_in(paths, Wishes(source, mapping, tz, answers, yes, refused), language))


@click.command()
@language_option
@with_records
def imports(language: str) -> None:
    """List what was brought in, latest first."""
    from floorwalker.cli.bringing import list_imports

    list_imports(language)


@click.command()
@click.argument("number", type=int)
@click.option("--yes", is_flag=True, help="Do not ask.")
@language_option
@with_records
def undo(number: int, yes: bool, language: str) -> None:
    """Take a whole import back. Rows that it replaced come back as they were."""
    from floorwalker.cli.bringing import undo_import

    undo_import(number, yes, language)
