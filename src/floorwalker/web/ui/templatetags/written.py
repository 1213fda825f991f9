"""Tags that write a value as the page's reader reads it: `{% load written %}{% day person.hired_on %}`."""

from datetime import date, datetime
from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def number(context: dict[str, Any], value: float | None, places: int = 0) -> str:
    """A number with grouping."""
    written: str = context["reader"].number(value, places)
    return written


@register.simple_tag(takes_context=True)
def day(context: dict[str, Any], value: date | None, style: str = "long") -> str:
    """A day in the reader's calendar; a dash when there is none."""
    written: str = context["reader"].day(value, style)
    return written


@register.simple_tag(takes_context=True)
def instant(context: dict[str, Any], value: datetime | None) -> str:
    """Day, year and time on the site's clock."""
    reader = context["reader"]
    if value is None:
        return str(reader.day(None))
    written: str = reader.instant(value)
    return written


@register.filter
def machine(value: int) -> str:
    """A number for a program, such as a form field's value: plain digits."""
    return str(value)
