"""Opening the records database from the command line."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def with_records(command: Callable[P, R]) -> Callable[P, R]:
    """Loads Django before the command runs, so that importing the command stays cheap."""

    @wraps(command)
    def opened(*args: P.args, **kwargs: P.kwargs) -> R:
        import django

        django.setup()
        return command(*args, **kwargs)

    return opened
