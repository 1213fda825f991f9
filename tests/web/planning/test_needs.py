"""How many people: live queues by waiting times, chats by what one person serves at once, mail by its deadline."""

import numpy as np
import pytest

from floorwalker.core.staffing import Serving
from floorwalker.web.planning.concurrency import by_number_open
from floorwalker.web.planning.needs import Rates, Work, day_level, levels, needed, needed_by_deadline
from floorwalker.web.planning.plans import Plan

BILLING = Plan("Billing", 0.8, 20.0, "offered", max_occupancy=1.0, absence=0.0)
RATES = Rates(180.0, 300.0)
SERVING = Serving(1800, 180.0, 300.0, 20.0)


def test_a_known_load_takes_the_published_number_of_people() -> None:
    assert needed(np.array([100.0, 0.0]), 30, RATES, BILLING).tolist() == [13, 0]


def test_without_patience_nobody_leaves_and_more_people_are_needed() -> None:
    assert needed(np.array([100.0]), 30, Rates(180.0), BILLING)[0] == 14


def test_those_who_are_away_are_needed_on_top() -> None:
    plan = Plan("Billing", 0.8, 20.0, "offered", max_occupancy=1.0, shrinkage=0.2, absence=0.1)
    assert needed(np.array([100.0]), 30, RATES, plan)[0] == pytest.approx(13 / 0.72, abs=0.01)


def test_the_occupancy_cap_asks_for_more_where_the_service_level_does_not() -> None:
    capped = Plan("Billing", 0.8, 20.0, "offered", max_occupancy=0.6, absence=0.0)
    assert needed(np.array([100.0]), 30, RATES, capped)[0] > 13


def test_one_person_who_serves_three_chats_is_three_places_and_not_three_people() -> None:
    chat = Plan("Chat", 0.8, 20.0, "offered", max_occupancy=1.0, absence=0.0, at_once=3)
    assert needed(np.array([100.0]), 30, RATES, chat)[0] == 5


def test_a_target_of_a_hundred_per_cent_is_the_nearest_that_can_be_reached() -> None:
    assert np.isfinite(needed(np.array([100.0]), 30, RATES, Plan("Billing", 1.0, 20.0, "offered"))).all()


def test_chats_that_are_slower_beside_others_take_more_people_than_alone() -> None:
    chat = Plan("Chat", 0.8, 20.0, "offered", max_occupancy=1.0, absence=0.0, at_once=3)
    slower = Rates(240.0, 300.0, (180.0, 240.0, 300.0))
    people = needed(np.array([100.0]), 30, slower, chat)[0]
    assert people > needed(np.array([100.0]), 30, RATES, chat)[0]
    given = levels(np.array([100.0]), 30, slower, chat, np.array([people])).offered
    assert given is not None
    assert given >= 0.8 > (levels(np.array([100.0]), 30, slower, chat, np.array([people - 1])).offered or 0.0)


def test_chats_whose_length_owes_nothing_to_the_others_are_as_long_with_one_as_with_three() -> None:
    luck = np.random.default_rng(3)
    began = np.sort(luck.uniform(0, 400_000, 4000))
    found = by_number_open(began, began + luck.exponential(200, 4000))
    assert len(found) >= 4
    assert found[:4] == pytest.approx([200] * 4, rel=0.12)


def mail(hours: float) -> Plan:
    return Plan("E-mail", 0.8, 20.0, max_occupancy=1.0, absence=0.0, deadline_h=hours, is_later=True)


def two_days(contacts: list[float]) -> Work:
    """Half-hours of two days with hands from 8:00 to 16:00; what comes on the first."""
    hands = np.zeros(96)
    hands[16:32] = hands[64:80] = 1.0
    return Work(np.arange(96) * 30.0, np.array([*contacts, *np.zeros(48)]), hands)


def test_mail_is_spread_over_the_hands_that_are_there_until_its_deadline() -> None:
    found = needed_by_deadline(two_days([10.0] * 48), 30, Rates(180.0), mail(24))
    assert found[16:32].tolist() == [2.0] * 16
    assert not found[:16].any()
    assert needed_by_deadline(two_days([0.0] * 48), 30, Rates(180.0), mail(24)).sum() == 0


def test_hands_that_wait_for_work_finish_none_of_it_before_it_comes() -> None:
    late = [0.0] * 30 + [20.0, 0.0] + [0.0] * 16
    assert needed_by_deadline(two_days(late), 30, Rates(180.0), mail(1)).max() == 1.0
    assert needed_by_deadline(two_days(late), 30, Rates(360.0), mail(0.5)).max() == 4.0


def test_a_tight_deadline_takes_more_people_than_the_work_alone() -> None:
    contacts = [0.0] * 16 + [100.0] + [0.0] * 31
    soon, late = (needed_by_deadline(two_days(contacts), 30, Rates(180.0), mail(hours)).max() for hours in (1, 24))
    assert soon >= 5 * late


def test_mail_that_comes_at_night_is_due_when_somebody_is_there() -> None:
    night = [0.0] * 40 + [10.0] + [0.0] * 7
    found = needed_by_deadline(two_days(night), 30, Rates(180.0), mail(1))
    assert found[64] == 1.0


def test_part_of_a_person_lies_between_the_whole_ones() -> None:
    few, half, many = (
        day_level(np.array([100.0]), SERVING, "offered", np.array([places])) or 0.0 for places in (12.0, 12.5, 13.0)
    )
    assert half == pytest.approx((few + many) / 2)


def test_service_level_stands_under_each_definition() -> None:
    found = levels(np.array([100.0]), 30, RATES, BILLING, np.array([13.0]))
    assert found.offered == pytest.approx(0.8582, abs=1e-4)
    assert found.abandonment == pytest.approx(0.0250, abs=1e-4)
    assert found.answered is not None
    assert found.offered is not None
    assert found.answered > found.offered


def test_an_overloaded_queue_without_patience_waits_as_long_as_the_interval_at_most() -> None:
    found = levels(np.array([500.0]), 30, Rates(180.0), BILLING, np.array([3.0]))
    assert found.asa_s is None or found.asa_s <= 1800


def test_a_queue_in_which_nobody_comes_has_no_service_level() -> None:
    assert levels(np.array([0.0]), 30, RATES, BILLING, np.array([3.0])).offered is None
