"""The law itself: what it catches and what it lets through."""

from datetime import date

import pytest
from django.template import Context, Template, engines

from floorwalker.web.ui.reader import Reader
from tests.web.raw_values import OURS, RawValue


def printed(source: str, **values: object) -> str:
    """A template of ours, rendered."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    template: Template = engine.from_string(source)
    template.origin.name = f"{OURS}/page.html"
    return str(template.render(Context(values)))


@pytest.mark.parametrize("value", [1, 1.5, True, None, date(2024, 5, 1), [1, 2]])
def test_a_raw_value_is_caught(value: object) -> None:
    with pytest.raises(RawValue):
        printed("{{ value }}", value=value)


def test_a_raw_value_in_a_sentence_is_caught() -> None:
    with pytest.raises(RawValue):
        printed("{% load i18n %}{% blocktranslate %}{{ value }} rows{% endblocktranslate %}", value=3)


def test_a_written_value_passes() -> None:
    assert printed("{% load written %}{% number value %}", value=1234, reader=Reader("en")) == "1,234"
    assert printed("{% load written %}{{ value|machine }}", value=1234) == "1234"
