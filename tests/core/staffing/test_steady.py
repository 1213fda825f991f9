"""What agents give and how many it takes: published values, the long way round, and what must always hold."""

import math
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.core import staffing
from tests.core.staffing.long_way import figures

SHARED = Path(__file__).parents[3].parent / "shared" / "yardsticks" / "staffing"
NAMES = ("offered", "answered", "offered_minus_short", "asa_s", "abandonment", "occupancy")


def test_erlang_c_gives_the_published_values_of_a_small_centre() -> None:
    """MMC of L'Ecuyer's ContactCenters examples: 4.2 calls a minute, 2 minutes each, 12 agents."""
    seen = staffing.measure(4.2, 60, 120, None, 12, 20)

    assert seen.offered == pytest.approx(0.8991, abs=5e-5)
    assert seen.asa_s / 60 == pytest.approx(0.1022, abs=5e-5)
    assert seen.occupancy == pytest.approx(0.7)


def test_erlang_a_gives_the_published_values_of_a_small_centre() -> None:
    """MMCAb of the same: patience of one minute."""
    seen = staffing.measure(4.2, 60, 120, 60, 12, 20)

    assert seen.abandonment == pytest.approx(0.02968, abs=5e-6)
    assert seen.occupancy == pytest.approx(0.6792, abs=5e-5)


@pytest.mark.parametrize(
    ("calls", "aht", "patience", "endless", "leaving", "level", "lost"),
    [
        (50, 240, 120, 10, 9, 0.857, 0.057),
        (100, 180, 120, 14, 12, 0.826, 0.062),
        (250, 300, 120, 48, 43, 0.814, 0.060),
        (500, 300, 120, 91, 82, 0.804, 0.062),
        (1000, 300, 180, 176, 164, 0.815, 0.044),
        (2000, 360, 180, 413, 383, 0.800, 0.051),
    ],
)
def test_eighty_twenty_takes_the_agents_of_the_printed_table(
    calls: int, aht: int, patience: int, endless: int, leaving: int, level: float, lost: float
) -> None:
    assert staffing.required(calls, 1800, aht, None, 0.8, 20) == endless
    assert staffing.required(calls, 1800, aht, patience, 0.8, 20) == leaving
    seen = staffing.measure(calls, 1800, aht, patience, leaving, 20)
    assert seen.offered == pytest.approx(level, abs=6e-4)
    assert seen.abandonment == pytest.approx(lost, abs=6e-4)


def test_one_plan_has_three_service_levels() -> None:
    seen = staffing.measure(100, 1800, 180, 120, 12, 20)

    levels = [round(float(seen.service_level(name)), 3) for name in staffing.DEFINITIONS]
    assert levels == [0.826, 0.880, 0.855]


CASES = [
    # contacts a second, AHT, patience, agents, threshold
    (0.05, 240.0, 150.0, 12, 20.0),
    (0.3, 300.0, 120.0, 82, 20.0),
    (0.002, 600.0, 30.0, 2, 0.0),
    (1.5, 200.0, 900.0, 280, 60.0),
    (0.9, 400.0, 5.0, 330, 10.0),
    (0.02, 3000.0, 20000.0, 62, 180.0),
    (0.2, 50.0, 8.0, 2, 30.0),
]


FROZEN = [
    # the same, then the three service levels and abandonment, from series in 40 digits
    (136.6964, 16.5, 19019.5, 2254, 30, 0.91849518501041, 0.91924599104857, 0.91922561706163, 0.00081676291817107),
    (42.9651, 89.8, 59844.5, 3848, 180, 0.70709304433055, 0.70897949561448, 0.70889857868545, 0.0026607980845705),
    (20, 250, 60, 4700, 180, 0.93994063648792, 1.0, 1.0, 0.06005936351208),
    (300, 10, 6, 2500, 60, 0.83333333333333, 1.0, 1.0, 0.16666666666667),
    (0.3, 300, 120, 82, 20, 0.64322634439464, 0.72206481546433, 0.6971356414424, 0.10918475652216),
    (0.002, 600, 30, 2, 0, 0.74313859014191, 0.97029083799367, 0.74313859014191, 0.23410738199019),
    (0.5, 40, 5, 4, 10, 0.17398981817389, 0.87854533924463, 0.68759021366302, 0.80195692766012),
]


@pytest.mark.parametrize("row", FROZEN)
def test_the_figures_are_those_of_forty_digits(row: tuple[float, ...]) -> None:
    lam, aht, patience, agents, threshold, *levels = row
    seen = staffing.measure(lam, 1, aht, patience, agents, threshold)

    told = [float(x) for x in (seen.offered, seen.answered, seen.offered_minus_short, seen.abandonment)]
    assert told == pytest.approx(levels, abs=1e-12)


@pytest.mark.parametrize("case", CASES)
def test_the_figures_are_those_of_the_chain_written_out(case: tuple[float, float, float, int, float]) -> None:
    lam, aht, patience, agents, threshold = case
    seen, written_out = staffing.measure(lam, 1, aht, patience, agents, threshold), figures(*case)

    for name in NAMES:
        assert getattr(seen, name) == pytest.approx(written_out[name], rel=2e-9, abs=2e-10), name


def test_random_cases_agree_with_the_independent_reference() -> None:
    if not SHARED.exists():
        pytest.skip(reason="the reference is not on this machine")
    sys.path.insert(0, str(SHARED))
    exact, rng = import_module("exact"), np.random.default_rng(20261)
    for _ in range(150):
        aht, load = math.exp(rng.uniform(2.7, 8)), math.exp(rng.uniform(-5, 6.5))
        patience = math.exp(rng.uniform(1.6, 9)) if rng.random() < 0.75 else math.inf
        target, threshold = float(rng.choice((0.7, 0.8, 0.95))), float(rng.choice((0, 10, 60)))
        definition = exact.DEFINITIONS[rng.integers(3)]
        agents, levels = exact.least_agents(load / aht, aht, patience, target, threshold, definition)
        seen = staffing.measure(load / aht, 1, aht, patience, agents, threshold)

        assert staffing.required(load / aht, 1, aht, patience, target, threshold, definition) == agents
        assert seen.service_level(definition) == pytest.approx(levels[definition], abs=1e-9)
        assert seen.asa_s == pytest.approx(levels["asa"], rel=1e-8, abs=1e-9)
        assert seen.abandonment == pytest.approx(levels["abandonment"], abs=1e-9)
        assert seen.occupancy == pytest.approx(levels["occupancy"], abs=1e-9)


loads = st.floats(0.01, 400)
handling = st.floats(10, 3000)
patiences = st.floats(1, 1e5)


@given(loads, handling, st.integers(1, 30), st.floats(0, 120))
@settings(max_examples=60, deadline=None)
def test_endless_patience_turns_erlang_a_into_erlang_c(load: float, aht: float, spare: int, threshold: float) -> None:
    agents = int(load) + spare
    nearly = staffing.measure(load / aht, 1, aht, 1e13, agents, threshold)
    endless = staffing.measure(load / aht, 1, aht, None, agents, threshold)

    if agents - load > 0.05 * math.sqrt(load):
        assert nearly.offered == pytest.approx(endless.offered, abs=1e-5)
        assert nearly.asa_s == pytest.approx(endless.asa_s, rel=1e-3, abs=1e-6)


@given(loads, handling, st.integers(1, 400), st.floats(0, 120))
@settings(max_examples=60, deadline=None)
def test_no_patience_at_all_is_erlang_b(load: float, aht: float, agents: int, threshold: float) -> None:
    none = staffing.measure(load / aht, 1, aht, 0, agents, threshold)
    hardly = staffing.measure(load / aht, 1, aht, 1e-7, agents, threshold)

    assert none.offered == pytest.approx(hardly.offered, abs=1e-5)
    assert none.abandonment == pytest.approx(hardly.abandonment, abs=1e-5)
    assert none.answered == 1
    assert none.asa_s == 0


@given(loads, handling, st.one_of(st.none(), patiences), st.floats(0, 200))
@settings(max_examples=60, deadline=None)
def test_more_agents_never_do_worse(load: float, aht: float, patience: float | None, threshold: float) -> None:
    agents = np.arange(1, int(load * 1.3) + 12)
    seen = staffing.measure(load / aht, 1, aht, patience, agents, threshold)

    for name in staffing.DEFINITIONS:
        assert (np.diff(seen.service_level(name)) >= -1e-12).all()
        assert (seen.service_level(name) <= 1 + 1e-12).all()
    assert (np.diff(seen.abandonment) <= 1e-12).all()
    assert (np.diff(seen.occupancy) <= 1e-12).all()


@given(loads, handling, st.one_of(st.none(), patiences), st.floats(0.3, 0.995), st.sampled_from(staffing.DEFINITIONS))
@settings(max_examples=80, deadline=None)
def test_the_number_is_the_fewest(load: float, aht: float, patience: float | None, target: float, definition: str) -> None:
    agents = int(staffing.required(load / aht, 1, aht, patience, target, 20, definition))

    assert staffing.measure(load / aht, 1, aht, patience, agents, 20).service_level(definition) >= target
    if agents > 1:
        assert staffing.measure(load / aht, 1, aht, patience, agents - 1, 20).service_level(definition) < target


def test_an_occupancy_cap_asks_for_more_people_at_a_large_load() -> None:
    free = staffing.required(2000, 1800, 360, 180, 0.8, 20)
    capped = staffing.required(2000, 1800, 360, 180, 0.8, 20, max_occupancy=0.85)

    assert staffing.measure(2000, 1800, 360, 180, free, 20).occupancy > 0.85
    assert staffing.measure(2000, 1800, 360, 180, capped, 20).occupancy <= 0.85
    assert staffing.measure(2000, 1800, 360, 180, capped - 1, 20).occupancy > 0.85


def test_shrinkage_raises_the_number_of_paid_people() -> None:
    assert staffing.required(100, 1800, 180, 120, 0.8, 20, shrinkage=0.25) == 16


def test_nothing_comes_and_nobody_is_needed() -> None:
    assert staffing.required([0, 10], 1800, 180, 120, 0.8, 20).tolist() == [0, 3]
    empty = staffing.measure(0, 1800, 180, 120, [0, 3], 20)
    assert np.isnan(empty.offered).all()
    assert np.isnan(empty.occupancy[0])
    assert empty.occupancy[1] == 0


def test_without_agents_everybody_leaves_or_waits_for_ever() -> None:
    leaving, endless = (staffing.measure(10, 1800, 180, patience, 0, 20) for patience in (120, None))

    assert (leaving.offered, leaving.abandonment) == (0, 1)
    assert (endless.offered, endless.abandonment) == (0, 0)
    assert np.isnan(leaving.asa_s)


def test_more_load_than_agents_can_take_never_ends_when_nobody_leaves() -> None:
    seen = staffing.measure(100, 1800, 180, None, 10, 20)

    assert (seen.offered, seen.occupancy) == (0, 1)
    assert np.isinf(seen.asa_s)


@pytest.mark.parametrize("patience", [None, 0.5, 150, 1e6])
def test_fifty_thousand_erlangs_are_answered(patience: float | None) -> None:
    agents = staffing.required(300_000, 1800, 300, patience, 0.8, 20)
    assert staffing.measure(300_000, 1800, 300, patience, agents, 20).offered >= 0.8
    assert staffing.measure(300_000, 1800, 300, patience, agents - 1, 20).offered < 0.8


@pytest.mark.parametrize(
    ("column", "changed"),
    [
        ("contacts", {"contacts": -1}),
        ("contacts", {"contacts": math.nan}),
        ("interval_s", {"interval_s": 0}),
        ("aht_s", {"aht_s": -5}),
        ("patience_s", {"patience_s": -5}),
        ("target", {"target": 1}),
        ("target", {"target": 80}),
        ("threshold_s", {"threshold_s": -1}),
        ("load", {"contacts": 1e9}),
        ("shrinkage", {"shrinkage": 1}),
    ],
)
def test_a_value_that_cannot_be_is_named(column: str, changed: dict[str, float]) -> None:
    sound = {"contacts": 100, "interval_s": 1800, "aht_s": 180, "patience_s": 120, "target": 0.8, "threshold_s": 20}
    with pytest.raises(staffing.Unusable) as found:
        staffing.required(**(sound | changed))  # type: ignore[arg-type]

    assert found.value.code == "value_cannot_be"
    assert found.value.facts["column"] == column
