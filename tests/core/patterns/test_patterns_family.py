"""An event of the parent is not told again for each child."""

import numpy as np
import polars as pl

from floorwalker.core import patterns
from floorwalker.core.patterns.effects import SPANS
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
    site, agents = patterns.judge_family(family(2.0), PARENTS).levels
    assert called(site) == {"site"}
    assert len(called(agents) - called(patterns.classify(family(0.0)[1]))) <= 2


def test_an_agents_own_change_stays_theirs() -> None:
    _, agents = patterns.judge_family(family(2.0, own=3.0), PARENTS).levels
    own = called(agents) - called(patterns.classify(family(0.0)[1]))
    assert "agent0" in own
    assert len(own) <= 2


def test_a_bad_day_of_the_site_is_no_agents_blip() -> None:
    levels = [t.with_columns(value=pl.col("value") + 6 * (pl.col("date") == t["date"][ONSET])) for t in family(0.0)]
    _, agents = patterns.judge_family(levels, PARENTS).levels
    hit = agents.states.filter(pl.col("date") == levels[0]["date"][ONSET + 3])
    assert (hit["state"] == "blip").sum() <= 1


def test_counts_lose_the_parents_share_not_its_number() -> None:
    effects = pl.DataFrame({"series": ["site"], "date": [table(np.zeros(1))["date"][0]], "change": [100.0], "ratio": [2.0]})
    effects = effects.with_columns(first="date", last="date", seen="date").select(list(SPANS))
    child = table(np.array([10.0]), "agent0", kind="count")
    assert patterns.without_parents(child, patterns.under(PARENTS, effects))["value"].to_list() == [5.0]


def small_family(own: float, shared: float = 0.0, days: int = 170) -> list[pl.DataFrame]:
    """A team and its six agents; agent0 changes for itself, and later all do. One agent is new on day 110."""
    rng = np.random.default_rng(4)
    agents = 50 + rng.normal(size=(6, days))
    agents[0, 80:] += own
    agents[:, 130:] += shared
    agents[:, 60] += 6
    rows = [table(row, f"agent{k}", weight=20.0) for k, row in enumerate(agents)]
    rows[5] = rows[5][110:]
    return [table(agents.mean(axis=0), "site", weight=120.0), pl.concat(rows)]


def test_one_of_six_moves_the_team_and_not_its_five_colleagues() -> None:
    team, agents = patterns.judge_family(small_family(own=4.0), PARENTS).levels
    assert called(team) == {"site"}
    assert called(agents) == {"agent0"}
    size = agents.states.filter((pl.col("series") == "agent0") & (pl.col("date") == team.states["date"][100]))
    assert abs(size["change"][0] - 4) < 1


def test_a_family_judged_night_by_night_is_told_what_its_whole_history_tells() -> None:
    levels = small_family(own=4.0, shared=3.0)
    whole = patterns.judge_family(levels, PARENTS[:6])
    days = levels[0]["date"]
    family = patterns.judge_family([level.filter(pl.col("date") < days[75]) for level in levels], PARENTS[:6])
    told = [answers.states for answers in family.levels]
    calm = 0
    for day in days[75:]:
        seen = levels[1].filter(pl.col("date") <= day)

        asked: list[str] = []

        def history(names: list[str], seen: pl.DataFrame = seen, asked: list[str] = asked) -> pl.DataFrame:
            asked.extend(names)
            return seen.filter(pl.col("series").is_in(names))

        night = [level.filter(pl.col("date") == day) for level in levels]
        family = patterns.update_family(family.remembered, night, PARENTS[:6], history)
        calm += set(asked) <= {"agent5"}
        told = [
            pl.concat([before.join(new.states, on=["series", "date"], how="anti"), new.states])
            for before, new in zip(told, family.levels, strict=True)
        ]
    assert 30 < calm < 95
    for mine, theirs in zip(told, whole.levels, strict=True):
        mine, other = mine.sort("series", "date"), theirs.states
        assert mine.select("series", "date", "state", "onset").equals(other.select("series", "date", "state", "onset"))
        assert np.allclose(mine["p_lasting"], other["p_lasting"], atol=2e-3)
        assert np.allclose(mine["usual"].fill_null(0), other["usual"].fill_null(0), atol=1e-2)


def test_a_young_series_borrows_the_usual_of_its_parent_and_still_says_learning() -> None:
    rng = np.random.default_rng(6)
    site = table(50 + rng.normal(size=120), "site")
    young = table(52 + rng.normal(size=120), "agent0")[100:]
    _, agents = patterns.judge_family([site, young], PARENTS).levels
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
    _, agents = patterns.judge_family([site, young], PARENTS).levels
    usual = agents.states["usual"].to_list()
    assert usual[0] is None
    assert all(abs(u / w - 1) < 0.25 for u, w in zip(usual[5:], week[97:], strict=True))
