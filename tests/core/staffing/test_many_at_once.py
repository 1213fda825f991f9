"""Many loads with one target, when nobody leaves: answered together, with the answers that each would have had alone."""

import numpy as np
import pytest
from numpy.typing import NDArray

from floorwalker.core import staffing
from floorwalker.core.staffing import endless
from floorwalker.core.staffing.edges import edge_of

Floats = NDArray[np.float64]
CASES = 12_000


def one_by_one(contacts: Floats, aht: Floats, threshold: Floats | float, target: float) -> list[int]:
    """A target for each case leads the long way."""
    targets = np.full(contacts.shape, target)
    return [int(n) for n in staffing.required(contacts, 1800, aht, None, targets, threshold).ravel()]


def loads(seed: int, low: float = -4, high: float = 7) -> Floats:
    return np.asarray(np.exp(np.random.default_rng(seed).uniform(low, high, CASES)))


@pytest.mark.parametrize(
    ("target", "threshold"), [(0.8, 20), (0.05, 1), (0.5, 300), (0.99, 5), (0.999, 60), (0.99999, 600), (0.8, 1500)]
)
def test_many_loads_at_once_take_the_agents_of_each_alone(target: float, threshold: float) -> None:
    contacts, aht = loads(seed=1), np.random.default_rng(2).uniform(120, 600, CASES)
    together = staffing.required(contacts, 1800, aht, None, target, threshold)

    assert endless.agents(contacts, np.array([1800.0]), aht, np.array([float(threshold)]), target, 1e6) is not None
    assert together.tolist() == one_by_one(contacts, aht, threshold, target)


def test_one_handle_time_for_all_and_thresholds_of_each() -> None:
    contacts, thresholds = loads(seed=3), np.random.default_rng(4).uniform(10, 40, CASES)
    every = np.full(CASES, 300.0)

    assert staffing.required(contacts, 1800, 300, None, 0.8, 20).tolist() == one_by_one(contacts, every, 20, 0.8)
    assert staffing.required(contacts, 1800, 300, None, 0.8, thresholds).tolist() == one_by_one(
        contacts, every, thresholds, 0.8
    )


def test_loads_on_an_edge_are_on_the_side_of_the_exact_formula() -> None:
    edges = np.array([edge_of(n, 20 / 300, 0.8, 0.8 * n) for n in range(1, 400)])
    close = np.concatenate([edges * (1 + way * 10.0**-k) for k in range(3, 16) for way in (-1, 1)])
    aht = np.full(close.size, 300.0)

    assert staffing.required(close * 6, 1800, aht, None, 0.8, 20).tolist() == one_by_one(close * 6, aht, 20, 0.8)


def test_hours_without_contacts_need_nobody_and_the_shape_is_kept() -> None:
    week = loads(seed=5).reshape(300, 40)
    week[:, :5] = 0
    found = staffing.required(week, 1800, 240, None, 0.8, 20)

    assert found.shape == week.shape
    assert not found[:, :5].any()
    assert (found[:, 5:] > 0).all()


@pytest.mark.parametrize("wrong", [-1.0, np.nan, np.inf])
def test_one_count_that_cannot_be_is_named_among_many(wrong: float) -> None:
    contacts = loads(seed=6)
    contacts[777] = wrong
    with pytest.raises(staffing.Unusable) as refused:
        staffing.required(contacts, 1800, 240, None, 0.8, 20)
    assert refused.value.facts["column"] == "contacts"
    assert refused.value.facts["place"] == "777"
