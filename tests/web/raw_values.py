"""The law that no raw number or date reaches a page: every value in a template is written for its reader first.

A number, a day, a yes or no, nothing at all, or a list of them, printed as it is, makes the test fail. Values pass once a
filter or tag has written them: `{% day ... %}`, `{% number ... %}`, `|machine` for programs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, base

import floorwalker

OURS = str(Path(floorwalker.__file__).parent)
RAW = (bool, int, float, Decimal, date, datetime, time, timedelta, list, tuple, dict, set, type(None))
PRINTERS = ("django.template.base", "django.templatetags.i18n", "django.template.defaulttags")


class RawValue(AssertionError):
    """A template printed a value that nobody wrote for its reader."""


@contextmanager
def refused() -> Iterator[None]:
    """While this lasts, our templates refuse raw values."""
    original = base.render_value_in_context

    def render(value: Any, context: Context) -> str:
        template = context.template
        if isinstance(value, RAW) and template is not None and str(template.origin.name).startswith(OURS):
            raise RawValue(f"{template.origin.name} prints {value!r} ({type(value).__name__}) as it is")
        return str(original(value, context))

    with pytest.MonkeyPatch.context() as patched:
        for module in PRINTERS:
            patched.setattr(f"{module}.render_value_in_context", render)
        yield
