"""`floorwalker backup` and `floorwalker restore`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from floorwalker.cli.records import stop, tell, with_records
from floorwalker.cli.site import migrate

if TYPE_CHECKING:
    from floorwalker.web.upkeep.backup import Kept

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Replace the file when it exists.")
@with_records
def backup(file: Path, force: bool) -> None:
    """Keep records, warehouse and secrets in one file; everything goes on running meanwhile."""
    from floorwalker.web.upkeep.backup import back_up

    if file.exists() and not force:
        raise stop("exists", path=str(file))
    if not file.absolute().parent.is_dir():
        raise stop("no_folder", path=str(file))
    _tell("kept", file, back_up(file, datetime.now(UTC)))


@click.command()
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Replace what is here.")
@with_records
def restore(file: Path, force: bool) -> None:
    """Make everything again from a backup: all of it, or nothing. Stop serve and worker first."""
    from floorwalker.web.upkeep.restore import NotRestored
    from floorwalker.web.upkeep.restore import restore as make_again

    migrate()
    try:
        kept = make_again(file, force)
    except NotRestored as problem:
        raise stop(problem.code, **problem.facts) from problem
    _tell("restored", file, kept)


def _tell(code: str, file: Path, kept: "Kept") -> None:
    tell(code, path=str(file), records=kept.records, files=kept.files, megabytes=max(1, kept.bytes >> 20))
