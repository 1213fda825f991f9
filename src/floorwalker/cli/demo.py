"""`floorwalker demo`: a centre to look at, ready in half a minute."""

import os
import sys

import click

from floorwalker.cli.records import with_records


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="Port to listen on.")
@click.option("--scale", default=1.0, show_default=True, type=click.FloatRange(0.001, 1), help="Share of the contacts to make.")
@click.option("--serve/--no-serve", "serves", default=True, help="Serve it afterwards.")
@with_records
def demo(host: str, port: int, scale: float, serves: bool) -> None:
    """Make the sample centre, accounts for every role, and serve it. Safe to repeat."""
    from floorwalker.cli.demo_centre import build, say_how_to_sign_in

    site = build(scale)
    say_how_to_sign_in(site, f"http://{host}:{port}")
    if serves:
        # A fresh process: the web server starts others, which must not inherit the threads that did the import.
        os.execv(  # noqa: S606 - our own interpreter and module
            sys.executable, [sys.executable, "-m", "floorwalker.cli.main", "serve", "--host", host, "--port", str(port)]
        )
