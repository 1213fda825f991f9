"""A word that is given stands, is judged by what came, and can be taken back before its day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from django.core.exceptions import PermissionDenied

from floorwalker.web.accounts.actions.doing import NotDone
from floorwalker.web.accounts.rules import viewer_of
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.journal.models import Entry
from floorwalker.web.planning import promises, room_words
from floorwalker.web.planning.attendance import attendance
from floorwalker.web.planning.certifying import Day, Record, certificates
from floorwalker.web.planning.history import Usual
from floorwalker.web.planning.judging import judge
from floorwalker.web.planning.models import Certificate, Roster, Shift
from floorwalker.web.planning.needs import Rates
from floorwalker.web.planning.planned import Presence
from floorwalker.web.planning.plans import Plan
from floorwalker.web.ui.reader import Reader
from tests.web import small_centre
from tests.web.conftest import Cast
from tests.web.planning.conftest import LAST, MONDAY, NOW

MINUTES = list(range(480, 1080, 30))


def certificate(cast: Cast, day: date = MONDAY, spare: int = 2, **more: Any) -> Certificate:
    """Ten people planned all day, two of whom may leave."""
    many = len(MINUTES)
    return Certificate.objects.create(
        site=cast.site,
        queue="Billing",
        day=day,
        confidence=0.9,
        made_at=NOW,
        chance=0.96,
        chance_low=0.94,
        plan={
            "minutes": MINUTES,
            "length": 30,
            "planned": [10.0] * many,
            "spare": [spare] * many,
            "binding": [600],
            "level": [0.9] * many,
            "alone": 0.99,
        },
        ground={
            "contacts": 800.0,
            "aht_s": 240.0,
            "patience_s": 150.0,
            "target": 0.8,
            "threshold_s": 20.0,
            "definition": "offered",
            "draws": 500,
            "absence": 0.0,
            "shrinkage": 0.0,
            "at_once": 1,
            "spread": 0.0,
        },
        **more,
    )


def came(per_interval: float, day: date = MONDAY) -> pl.DataFrame:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
    return pl.DataFrame({"start": [midnight + timedelta(minutes=minute) for minute in MINUTES], "contacts": per_interval})


def test_a_quiet_day_keeps_the_word_and_a_busy_one_breaks_it(cast: Cast) -> None:
    quiet = judge(certificate(cast), came(40), {"aht": 240.0, "service_level": 0.9})
    busy = judge(certificate(cast), came(70), {"aht": 240.0})
    assert (quiet.kept, busy.kept) == (True, False)
    assert quiet.outcome["measured"] == 0.9
    assert busy.outcome["contacts"] == 1400


def test_a_longer_handle_time_on_the_day_counts(cast: Cast) -> None:
    assert judge(certificate(cast), came(40), {"aht": 420.0}).kept is False


def test_where_nothing_was_granted_there_is_no_word_to_keep(cast: Cast) -> None:
    judged = judge(certificate(cast, spare=0), came(40), {"aht": 240.0})
    assert judged.kept is None
    assert judged.outcome["level"] > 0.8


def test_a_day_on_which_nobody_came_is_not_judged(cast: Cast) -> None:
    assert judge(certificate(cast), came(0), {}).kept is None


def test_a_promise_is_given_journalled_and_taken_back(cast: Cast) -> None:
    mina, found = viewer_of(cast.user("Mina"), cast.site, LAST), certificate(cast)
    promises.promise(found, mina, NOW)
    found.refresh_from_db()
    assert (found.by, found.promised_at) == (cast.user("Mina"), NOW)
    with pytest.raises(NotDone, match="promise_over"):
        promises.promise(found, mina, NOW)
    promises.take_back(found, mina, NOW)
    found.refresh_from_db()
    assert found.promised_at is None
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == ["promise.made", "promise.taken_back"]


def test_nobody_promises_what_cannot_be_granted_or_a_day_that_has_begun(cast: Cast) -> None:
    mina = viewer_of(cast.user("Mina"), cast.site, LAST)
    with pytest.raises(NotDone, match="promise_nothing"):
        promises.promise(certificate(cast, spare=0), mina, NOW)
    with pytest.raises(NotDone, match="promise_over"):
        promises.promise(certificate(cast, day=NOW.date()), mina, NOW)
    with pytest.raises(PermissionDenied):
        promises.promise(certificate(cast), viewer_of(cast.user("Laleh"), cast.site, LAST), NOW)


def test_who_really_came_counts_and_where_it_is_not_known_as_many_are_away_as_was_assumed(cast: Cast) -> None:
    everybody = judge(certificate(cast), came(48), {"aht": 240.0}, (10, 0)).outcome
    two_missing = judge(certificate(cast), came(48), {"aht": 240.0}, (10, 2)).outcome
    assert everybody["level"] > two_missing["level"]
    assert judge(certificate(cast), came(48), {"aht": 240.0}).outcome["level"] == everybody["level"]


def test_a_day_knows_only_what_came_before_it() -> None:
    day = Day("Billing", MONDAY, [], np.zeros((0, 0)))
    before, after = MONDAY - timedelta(1), MONDAY + timedelta(1)
    record = Record({"Billing": {before: 0.02, after: 0.9}}, {"Billing": {before: (50, 5), after: (50, 50)}}, {"Billing": 0.02})
    known = record.of(day)
    assert known.ranks == (0.02,)
    assert known.absence == pytest.approx((50 * 0.02 + 5) / 100)
    assert known.told(0.1) == {"record_days": 1, "record_bad": 1}


def test_bad_days_of_the_record_lower_the_chance(cast: Cast) -> None:
    luck = np.random.default_rng(7)
    days = [Day("Billing", MONDAY, MINUTES, luck.poisson(34, (500, len(MINUTES))).astype(float))]
    there = {MONDAY: [Presence("Billing", 480, 1080, 10.0)]}
    plans, usual = {"Billing": Plan("Billing", 0.8, 20.0, absence=0.0)}, {"Billing": Usual(Rates(240.0, 150.0))}
    bad = Record({"Billing": {MONDAY - timedelta(step): 0.01 if step % 4 else 0.5 for step in range(1, 60)}})
    made = [
        next(iter(certificates(cast.site, days, usual, plans, there, (0.8,), Certificate.Made.AHEAD, NOW, record)))
        for record in (None, bad)
    ]
    assert made[0].grants
    assert sum(made[1].plan["spare"]) < sum(made[0].plan["spare"])
    assert made[1].ground["record_bad"] == 45


def test_a_public_holiday_is_judged_by_public_holidays_like_it_and_by_no_other_day() -> None:
    day, before = Day("Billing", MONDAY, [], np.zeros((0, 0))), [MONDAY - timedelta(step) for step in (1, 2, 10, 20)]
    ranks = {"Billing": dict(zip(before, (0.5, 0.6, 0.02, 0.3), strict=True))}
    record = Record(ranks, {}, {}, {MONDAY: False, before[2]: False, before[3]: True})

    assert record.of(day).ranks == (0.02,)
    assert Record(ranks, {}, {}, {before[2]: False, before[3]: True}).of(day).ranks == (0.5, 0.6)
    assert record.of(day).told(0.1) == {"record_days": 1, "record_bad": 1, "holiday": True, "fewest": 5}


def made_on_a_holiday(cast: Cast, known: int) -> Certificate:
    """Many people for few contacts on a public holiday, of which so many like it went well."""
    days = [Day("Billing", MONDAY, MINUTES, np.random.default_rng(7).poisson(34, (200, len(MINUTES))).astype(float))]
    there, plans = {MONDAY: [Presence("Billing", 480, 1080, 12.0)]}, {"Billing": Plan("Billing", 0.8, 20.0, absence=0.0)}
    past = [MONDAY - timedelta(30 * step) for step in range(1, known + 1)]
    record = Record({"Billing": dict.fromkeys(past, 0.5)}, {}, {}, dict.fromkeys([MONDAY, *past], False))
    usual = {"Billing": Usual(Rates(240.0, 150.0))}
    return next(iter(certificates(cast.site, days, usual, plans, there, (0.9,), Certificate.Made.AHEAD, NOW, record)))


def test_nothing_is_promised_on_a_holiday_of_which_too_few_are_known_and_the_page_says_why(cast: Cast) -> None:
    few, enough = made_on_a_holiday(cast, 4), made_on_a_holiday(cast, 5)
    reader = Reader("en")

    assert (few.grants, enough.grants) == (False, True)
    assert room_words.how_sure(few, reader) == (
        "It is a public holiday, and only 4 like it are known here: nothing is promised until there are 5."
    )
    assert room_words.note_of_day([few], reader) == "none: a public holiday"
    assert any("judged by such days alone" in line for line in room_words.ground(enough, reader))


def test_chats_are_certified_as_people_who_have_several_of_them(cast: Cast) -> None:
    days = [Day("Chat", MONDAY, MINUTES, np.random.default_rng(7).poisson(60, (200, len(MINUTES))).astype(float))]
    there, plans = {MONDAY: [Presence("Chat", 480, 1080, 9.0)]}, {"Chat": Plan("Chat", 0.8, 60.0, absence=0.0, at_once=3)}
    made = [
        next(iter(certificates(cast.site, days, {"Chat": usual}, plans, there, (0.9,), Certificate.Made.AHEAD, NOW)))
        for usual in (Usual(Rates(300.0, 150.0, chats)) for chats in ((), (300.0, 380.0, 470.0)))
    ]

    assert sum(made[0].plan["spare"]) > sum(made[1].plan["spare"]) > 0
    assert made[1].ground["chat_s"] == [300.0, 380.0, 470.0]
    several = judge(made[1], came(60), {"aht": 470.0}).outcome["level"]
    assert several > judge(made[1], came(60), {"aht": 560.0}).outcome["level"]


def test_absence_is_what_was_seen_of_planned_people(cast: Cast) -> None:
    site, days = cast.site, small_centre.days_until(LAST, 1)
    cast.person("Omid").agent_names.update(name="agent.omid")
    ill = (pl.col("day") == days[0]) & (pl.col("agent") == "agent.omid")
    brought = {name: rows.filter(~ill) if "agent" in rows.columns else rows for name, rows in small_centre.tables(days).items()}
    open_warehouse(site).take(1, [brought])
    roster = Roster.objects.create(site=site, kind="pattern", name="Omid", at=NOW)
    for day in (*days, MONDAY):
        Shift.objects.create(roster=roster, site=site, day=day, start=480, end=960, queue="Billing", person=cast.person("Omid"))
    seen = attendance(site, open_warehouse(site), LAST - timedelta(weeks=1), MONDAY)
    assert seen == {"Billing": {day: (1, int(day == days[0])) for day in days}}
