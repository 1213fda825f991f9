"""A Pulse address says everything that is asked, and can be read back."""

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.core.measures import MEASURES, Filter, Unanswerable
from floorwalker.web.pulse.asked import Asked, asked
from floorwalker.web.pulse.record_words import CUTS

KNOWN = (date(2025, 10, 18), date(2026, 11, 21))


def test_an_empty_address_asks_for_service_level_by_queue_in_the_last_twelve_weeks() -> None:
    assert asked(QueryDict(""), KNOWN) == Asked("service_level", "queue", date(2026, 8, 30), date(2026, 11, 21))


def test_an_unknown_queue_is_written_as_a_dash() -> None:
    ask = asked(QueryDict("queue=-&queue=Billing"), KNOWN)
    assert ask.where == (Filter("queue", ("", "Billing")),)
    assert "queue=-" in ask.query()


def test_a_persian_day_is_read_in_its_own_calendar() -> None:
    assert asked(QueryDict("since=1405/08/01&until=۱۴۰۵/۰۸/۳۰"), KNOWN).since == date(2026, 10, 23)
    assert asked(QueryDict("since=1405/08/01&until=۱۴۰۵/۰۸/۳۰"), KNOWN).until == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("measure=happiness", "unknown_measure"),
        ("by=moon", "unknown_dimension"),
        ("since=yesterday", "not_a_day"),
        ("until=2026-02-30", "not_a_day"),
        ("since=2026-11-20&until=2026-11-01", "days_reversed"),
        ("hour=ten", "not_a_number"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_reason(query: str, code: str) -> None:
    with pytest.raises(Unanswerable) as refused:
        asked(QueryDict(query), KNOWN)
    assert refused.value.code == code


def test_a_definition_of_another_measure_is_forgotten() -> None:
    assert asked(QueryDict("measure=aht&definition=answered_only"), KNOWN).definition == ""


def test_a_long_period_is_read_week_by_week_and_a_longer_one_month_by_month() -> None:
    until = date(2026, 11, 21)
    steps = [Asked("aht", "queue", since, until).step for since in (date(2026, 9, 1), date(2026, 1, 1), date(2025, 1, 1))]
    assert steps == ["day", "week", "month"]


def test_narrowing_replaces_a_filter_and_widening_takes_it_away() -> None:
    ask = Asked("aht", "queue", *KNOWN, where=(Filter("queue", ("Billing",)), Filter("hour", ("10",))))
    assert ask.narrowed(queue="Moves").where == (Filter("hour", ("10",)), Filter("queue", ("Moves",)))
    assert ask.widened("hour").where == (Filter("queue", ("Billing",)),)


days = st.dates(date(2000, 1, 1), date(2030, 1, 1))
names = st.text(min_size=1, max_size=20).filter(lambda text: text != "-" and text.isprintable())


@given(
    measure=st.sampled_from(sorted(MEASURES)),
    cut=st.sampled_from(sorted(CUTS)),
    span=st.tuples(days, days).map(sorted),
    queues=st.lists(names, max_size=3, unique=True),
)
def test_an_address_read_back_asks_the_same(measure: str, cut: str, span: list[date], queues: list[str]) -> None:
    where = (Filter("queue", tuple(queues)),) if queues else ()
    ask = Asked(measure, cut, span[0], span[1], where)
    assert asked(QueryDict(ask.query()), KNOWN) == ask
