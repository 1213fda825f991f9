"""Opening the records database from the command line, and speaking to whoever sits there."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")


def with_records(command: Callable[P, R]) -> Callable[P, R]:
    """Loads Django before the command runs, so that importing the command stays cheap, and speaks the terminal's language."""

    @wraps(command)
    def opened(*args: P.args, **kwargs: P.kwargs) -> R:
        import django
        from django.utils import translation

        django.setup()
        from floorwalker.cli.speaking import language_here

        with translation.override(language_here()):
            return command(*args, **kwargs)

    return opened


def tell(code: str, **facts: str | int) -> None:
    """Prints a sentence of the command line in the terminal's language."""
    click.echo(_sentence(code, **facts))


def stop(code: str, **facts: str | int) -> click.ClickException:
    """The error that ends a command with a sentence, to be raised."""
    return click.ClickException(_sentence(code, **facts))


def _sentence(code: str, **facts: str | int) -> str:
    from floorwalker.cli.speaking import language_here
    from floorwalker.web.ui.reader import Reader
    from floorwalker.web.upkeep.wording import told

    return told(code, Reader(language_here()), **facts)
