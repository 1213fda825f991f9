"""Times of day as readers type them."""

from datetime import time

import pytest
from django import forms
from django.utils.translation import override

from floorwalker.web.ui.clock_field import ClockField, CountInput


class Alarm(forms.Form):
    at = ClockField(initial=time(9, 5))
    minutes = forms.IntegerField(required=False, initial=15, widget=CountInput)


@pytest.mark.parametrize("typed", ["۱۰:۳۰", "١٠:٣٠", "10:30", " 10:30 "])
def test_a_time_is_read_in_any_digits(typed: str) -> None:
    form = Alarm({"at": typed, "minutes": "۲۰"})
    assert form.is_valid()
    assert form.cleaned_data["at"] == time(10, 30)
    assert form.cleaned_data["minutes"] == 20


@pytest.mark.parametrize("typed", ["۲۵:۰۰", "half past", ""])
def test_what_is_no_time_is_refused(typed: str) -> None:
    assert not Alarm({"at": typed}).is_valid()


def test_in_persian_it_is_written_with_persian_digits_and_elsewhere_by_the_browser() -> None:
    with override("fa"):
        written = str(Alarm()["at"])
        assert 'type="text"' in written
        assert 'value="۰۹:۰۵"' in written
        assert 'value="۱۵"' in str(Alarm()["minutes"])
    assert 'type="time"' in str(Alarm()["at"])
