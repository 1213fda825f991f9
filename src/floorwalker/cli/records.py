"""Opening the records database from the command line, and speaking to whoever sits there."""

import os
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
        with translation.override(language()):
            return command(*args, **kwargs)

    return opened


def language() -> str:
    """FLOORWALKER_LANGUAGE, else the terminal's language when it is one of ours, else English."""
    from django.conf import settings

    from floorwalker.cli.speaking import terminal_language

    chosen = os.environ.get("FLOORWALKER_LANGUAGE", "").lower()
    return chosen if chosen in dict(settings.LANGUAGES) else terminal_language(os.environ) or settings.LANGUAGE_CODE


def tell(code: str, **facts: str | int) -> None:
    """Prints a sentence of the command line in the terminal's language."""
    click.echo(_sentence(code, **facts))


def stop(code: str, **facts: str | int) -> click.ClickException:
    """The error that ends a command with a sentence, to be raised."""
    return click.ClickException(_sentence(code, **facts))


def _sentence(code: str, **facts: str | int) -> str:
    from floorwalker.web.ui.reader import Reader
    from floorwalker.web.upkeep.wording import told

    return told(code, Reader(language()), **facts)
