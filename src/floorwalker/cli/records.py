"""Opening the records database from the command line, and speaking to whoever sits there."""

import os
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from floorwalker.web.ui.reader import Reader

P = ParamSpec("P")
R = TypeVar("R")

SPOKEN_AS = {"zh_tw": "zh-hant", "zh_hk": "zh-hant", "zh_mo": "zh-hant", "zh": "zh-hans"}


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

    offered = dict(settings.LANGUAGES)
    chosen = os.environ.get("FLOORWALKER_LANGUAGE", "").lower()
    if chosen in offered:
        return chosen
    named = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    terminal = next((value for value in named if value), "").split(".")[0].lower()
    for name in (terminal, terminal.split("_")[0]):
        spoken = SPOKEN_AS.get(name, name)
        if spoken in offered:
            return spoken
    return settings.LANGUAGE_CODE


def reader() -> "Reader":
    """How numbers and days are written at the command line: in its language, on the site's clock."""
    from floorwalker.web.accounts.models import Site
    from floorwalker.web.ui.reader import Reader

    site = Site.objects.order_by("pk").first() or Site()
    return Reader(language(), site.tz, site.week_start, tuple(site.weekend))


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
