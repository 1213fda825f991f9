"""An event of the parent is not told again for each child."""

import numpy as np
import polars as pl

from floorwalker.core import patterns
from tests.core.patterns.stories import table

ONSET = 120
PARENTS = pl.DataFrame({"series": [f"agent{k}" for k in range(30)], "parent": ["site"] * 30})


def family(step: float, own: float = 0.0) -> list[pl.DataFrame]:
    """A site and its thirty agents; a step for all, and one of agent0's own."""
    rng = np.random.default_rng(10)
    agents = 50 + rng.normal(size=(30, 220))
    agents[:, ONSET:] += step
    agents[0, ONSET + 30 :] += own
    return [table(agents.mean(axis=0), "site"), pl.concat([table(row, f"agent{k}") for k, row in enumerate(agents)])]


def called(answers: patterns.Answers) -> set[str]:
    return set(answers.states.filter(pl.col("state").is_in(["shift", "trend"]))["series"])


def test_a_change_of_the_whole_site_is_no_agents_change() -> None:
    alone = patterns.classify(family(2.0)[1])
    assert len(called(alone)) == 30
    site, agents = patterns.judge_family(family(2.0), PARENTS)
    assert called(site) == {"site"}
    assert len(called(agents) - called(patterns.classify(family(0.0)[1]))) <= 2


def test_an_agents_own_change_stays_theirs() -> None:
    _, agents = patterns.judge_family(family(2.0, own=3.0), PARENTS)
    own = called(agents) - called(patterns.classify(family(0.0)[1]))
    assert "agent0" in own
    assert len(own) <= 2


def test_a_bad_day_of_the_site_is_no_agents_blip() -> None:
    levels = [t.with_columns(value=pl.col("value") + 6 * (pl.col("date") == t["date"][ONSET])) for t in family(0.0)]
    _, agents = patterns.judge_family(levels, PARENTS)
    hit = agents.states.filter(pl.col("date") == levels[0]["date"][ONSET + 3])
    assert (hit["state"] == "blip").sum() <= 1


def test_counts_lose_the_parents_share_not_its_number() -> None:
    effects = pl.DataFrame({"series": ["site"], "date": [table(np.zeros(1))["date"][0]], "change": [100.0], "ratio": [2.0]})
    child = table(np.array([10.0]), "agent0", kind="count")
    assert patterns.without_parents(child, PARENTS, effects)["value"].to_list() == [5.0]


def test_a_young_series_borrows_the_usual_of_its_parent_and_still_says_learning() -> None:
    rng = np.random.default_rng(6)
    site = table(50 + rng.normal(size=120), "site")
    young = table(52 + rng.normal(size=120), "agent0")[100:]
    _, agents = patterns.judge_family([site, young], PARENTS)
    first, last = agents.states.row(0, named=True), agents.states.row(-1, named=True)
    assert set(agents.states["state"]) == {"learning"}
    assert abs(first["usual"] - 50) < 1
    assert 51 < last["usual"] < 53
    assert last["usual_low"] < 50 < last["usual_high"]


def test_a_young_count_takes_its_share_of_its_parents_week() -> None:
    rng = np.random.default_rng(6)
    week = np.where(np.arange(120) % 7 < 5, 100.0, 20.0)
    site = table(rng.poisson(10 * week).astype(float), "site", kind="count")
    young = table(rng.poisson(week).astype(float), "agent0", kind="count")[92:]
    _, agents = patterns.judge_family([site, young], PARENTS)
    usual = agents.states["usual"].to_list()
    assert usual[0] is None
    assert all(abs(u / w - 1) < 0.25 for u, w in zip(usual[5:], week[97:], strict=True))
