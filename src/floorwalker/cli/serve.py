"""`floorwalker serve` and `floorwalker worker`."""

import multiprocessing
import os
import subprocess
import sys

import click

from floorwalker.cli.records import tell, with_records
from floorwalker.cli.site import migrate, tell_set_up, the_site_or_a_new_one

WORKER = (sys.executable, "-m", "floorwalker.cli.main", "worker")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, help="Web processes.")
@click.option("--no-worker", is_flag=True, help="Do not run the background worker beside the web.")
@with_records
def serve(host: str, port: int, workers: int, no_worker: bool) -> None:
    """Serve the web pages, and do the work in the background."""
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces

    # Fresh web processes: what is loaded by now has threads, and a forked copy would wait for them for ever.
    multiprocessing.set_start_method("spawn", force=True)
    migrate()
    the_site_or_a_new_one()
    address = f"http://{host}:{port}"
    tell_set_up(os.environ.get("FLOORWALKER_URL") or address)
    connections.close_all()
    background = None if no_worker else subprocess.Popen(WORKER)  # noqa: S603
    tell("serving", address=address)
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

    from floorwalker.web.upkeep.clock import wind
    from floorwalker.web.upkeep.turns import working

    with working():
        wind()
        call_command("db_worker", "--interval", "1", verbosity=0)
