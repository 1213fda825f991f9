"""Who came back: one backward pass gives what a sort by customer would."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.core.measures.follow import NONE, Follower

HORIZON = 100
CONTACTS = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 5), st.booleans()), min_size=1, max_size=80)


def by_looking(contacts: list[tuple[int, int, bool]]) -> list[int]:
    """The next counted contact of the same customer within the horizon, looked for one by one."""
    found = []
    for at, (start, customer, _) in enumerate(contacts):
        later = [each for each, who, counts in contacts[at + 1 :] if who == customer and counts]
        found.append(later[0] if later and later[0] - start <= HORIZON else NONE)
    return found


@settings(deadline=None)
@given(contacts=CONTACTS, cuts=st.lists(st.integers(0, 80), max_size=3))
def test_one_pass_finds_what_looking_one_by_one_finds(contacts: list[tuple[int, int, bool]], cuts: list[int]) -> None:
    ordered = sorted(contacts, key=lambda each: each[0])
    starts, customers = (np.array([each[number] for each in ordered], np.int64) for number in (0, 1))
    counted = np.array([each[2] for each in ordered], np.bool_)
    follower, found = Follower(HORIZON), np.full(len(ordered), NONE)
    bounds = sorted({0, len(ordered), *(min(cut, len(ordered)) for cut in cuts)})
    for begin, end in reversed(list(pairwise(bounds))):
        found[begin:end] = follower.next_starts(starts[begin:end], customers[begin:end], counted[begin:end])
    found[(found != NONE) & (found - starts > HORIZON)] = NONE
    assert found.tolist() == by_looking(ordered)


def test_many_customers_are_kept_apart() -> None:
    customers = np.tile(np.arange(50_000, dtype=np.int64), 2)
    starts = np.repeat(np.array([0, 7], np.int64), 50_000)
    found = Follower(HORIZON).next_starts(starts, customers, np.ones(100_000, np.bool_))
    assert (found[:50_000] == 7).all()
    assert (found[50_000:] == NONE).all()
