"""`floorwalker serve` and `floorwalker worker`."""

import subprocess
import sys

import click

from floorwalker.cli.records import with_records

WORKER = (sys.executable, "-m", "floorwalker.cli.main", "worker")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, help="Web processes.")
@click.option("--no-worker", is_flag=True, help="Do not run the background worker beside the web.")
def serve(host: str, port: int, workers: int, no_worker: bool) -> None:
    """Serve the web pages, and do the work in the background."""
    from granian import Granian
    from granian.constants import Interfaces

    background = None if no_worker else subprocess.Popen(WORKER)
    click.echo(f"Floorwalker serves http://{host}:{port}")
    try:
        Granian(
            "floorwalker.web.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            log_enabled=False,
        ).serve()
    finally:
        if background:
            background.terminate()
            background.wait(timeout=30)


@click.command()
@with_records
def worker() -> None:
    """Do the work in the background: imports and upkeep."""
    from django.core.management import call_command

    call_command("db_worker", "--interval", "1", verbosity=0)
