"""Time zones, countries and languages to choose from."""

from zoneinfo import available_timezones

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language

from floorwalker.web.ui.reader import BABEL

LANGUAGES = [
    ("en", "English"),
    ("pl", "polski"),
    ("ko", "한국어"),
    ("zh-hant", "繁體中文"),
    ("zh-hans", "简体中文"),
    ("fa", "فارسی"),
]


def zones() -> list[tuple[str, str]]:
    """Every time zone with a place in its name."""
    named = {name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))}
    return [(name, name.replace("_", " ")) for name in sorted(named | {"UTC"})]


def countries() -> list[tuple[str, str]]:
    """Countries by code, named in the reader's language."""
    locale = Locale.parse(BABEL[get_language() or settings.LANGUAGE_CODE])
    named = {code: name for code, name in locale.territories.items() if len(code) == 2 and code.isalpha()}
    return sorted(
        ((code, name) for code, name in named.items() if code not in ("EU", "UN", "EZ", "ZZ", "XA", "XB", "QO")),
        key=lambda pair: pair[1],
    )
