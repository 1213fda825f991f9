"""Several chats at once are slower chats, not more agents."""

import numpy as np
import pytest

from floorwalker.core import staffing
from floorwalker.core.staffing import measure_chat, required_chat

NAMES = ("offered", "answered", "offered_minus_short", "asa_s", "abandonment", "occupancy")


@pytest.mark.parametrize("patience", [120.0, None])
def test_one_chat_at_a_time_is_a_telephone(patience: float | None) -> None:
    chat = measure_chat([20, 60], 1800, [240], patience, [4, 12], 20)
    phone = staffing.measure([20, 60], 1800, 240, patience, [4, 12], 20)

    for name in NAMES:
        assert getattr(chat, name) == pytest.approx(getattr(phone, name), abs=1e-10), name


def test_two_chats_that_do_not_slow_each_other_are_two_agents() -> None:
    """By definition: where nobody gets slower, places are all that counts."""
    chat = measure_chat(100, 1800, [240, 240], 120, 7, 20)
    phone = staffing.measure(100, 1800, 240, 120, 14, 20)

    for name in NAMES:
        assert getattr(chat, name) == pytest.approx(float(getattr(phone, name)), abs=1e-10), name


def test_three_chats_at_once_take_more_than_a_third_of_the_agents() -> None:
    alone = int(required_chat(100, 1800, [240], 120, 0.8))
    three = int(required_chat(100, 1800, [240, 330, 460], 120, 0.8))

    assert alone / 3 + 1 < three < alone


def test_the_chain_is_that_of_its_states_written_out() -> None:
    lam, n, patience, durations = 60 / 1800, 3, 90.0, np.array([200.0, 260.0, 380.0])
    rates, k = np.arange(1, 4) / durations, np.arange(1, 400)
    each, more = np.minimum(k, 3 * n) // n, np.minimum(k, 3 * n) % n
    ends = more * rates[np.minimum(each, 2)] + (n - more) * np.where(each > 0, rates[each - 1], 0)
    ends = ends + np.maximum(k - 3 * n, 0) / patience
    chance = np.concatenate([[1.0], np.cumprod(lam / ends)])
    chance /= chance.sum()
    waiting = np.maximum(np.arange(400) - 3 * n, 0)
    seen = measure_chat(60, 1800, durations.tolist(), patience, n, 20)

    assert seen.abandonment == pytest.approx((chance * waiting).sum() / patience / lam, abs=1e-12)
    assert seen.occupancy == pytest.approx((chance * np.minimum(np.arange(400), 3 * n)).sum() / (3 * n), abs=1e-12)
    assert measure_chat(60, 1800, durations.tolist(), patience, n, 0).offered == pytest.approx(chance[: 3 * n].sum(), abs=1e-12)


def test_the_number_of_chat_agents_is_the_fewest() -> None:
    contacts = np.array([0.0, 3.0, 40.0, 400.0])
    agents = required_chat(contacts, 1800, [240, 330, 460], 120, 0.85)

    assert agents[0] == 0
    assert (measure_chat(contacts[1:], 1800, [240, 330, 460], 120, agents[1:]).offered >= 0.85).all()
    assert (measure_chat(contacts[2:], 1800, [240, 330, 460], 120, agents[2:] - 1).offered < 0.85).all()


def test_more_chats_than_can_be_taken_never_end_when_nobody_leaves() -> None:
    seen = measure_chat(100, 1800, [240, 400], None, 3)

    assert seen.offered == 0
    assert seen.occupancy == 1
    assert np.isinf(seen.asa_s)


@pytest.mark.parametrize("durations", [[], [0.0], [240, -1]])
def test_durations_that_cannot_be_are_refused(durations: list[float]) -> None:
    with pytest.raises(staffing.Unusable):
        measure_chat(10, 1800, durations, 120, 3)


def test_chats_that_all_take_longer_are_chats_of_longer_durations() -> None:
    slower = measure_chat(60, 1800, [200, 260, 380], 90, 4, 20, slower=[1.0, 1.25])
    longer = measure_chat(60, 1800, [250, 325, 475], 90, 4, 20)

    assert slower.offered[0] == pytest.approx(float(measure_chat(60, 1800, [200, 260, 380], 90, 4, 20).offered))
    for name in NAMES:
        assert getattr(slower, name)[1] == pytest.approx(float(getattr(longer, name)), abs=1e-12), name
