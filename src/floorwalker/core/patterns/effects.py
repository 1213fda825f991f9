"""What the events of a series did to its days, by lasting change and by blip, kept so that a night only adds to it."""

from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from floorwalker.core.patterns.engine import Answers

LASTING = ("shift", "trend")
KEPT = timedelta(days=120)
"""Days of which everything is remembered; of older ones, what belongs to a lasting change."""
SOON = timedelta(days=3)
"""A level that becomes the usual so soon after its last called day was that change."""
SPANS = {"series": pl.String, "first": pl.Date, "last": pl.Date, "seen": pl.Date, "change": pl.Float64, "ratio": pl.Float64}
_TOLD = ("series", "date", "lasting", "edge", "onset", "change", "usual", "usual_low", "usual_high", "away")


@dataclass(frozen=True)
class Effects:
    """The events of some series as known now.

    `told`: what was said of each of the last days (and of every day of a lasting change, and the one after it);
    `decisions`: as in `Answers`. Both are small; `spans` is what they come to.
    """

    told: pl.DataFrame
    decisions: pl.DataFrame

    @classmethod
    def of(cls, answers: Answers) -> "Effects":
        """The effects that whole histories tell."""
        return cls(_kept(_told(answers.states), answers.decisions), answers.decisions)

    def after(self, answers: Answers) -> "Effects":
        """The same once more days were judged. A series that was judged again from its beginning is taken anew."""
        told = _told(answers.states)
        began = told.group_by("series").agg(pl.col("date").min().alias("began"))
        before = self.told.join(began, on="series", how="left").filter((pl.col("date") < pl.col("began")).fill_null(True))
        again = set(began["series"]) - set(before["series"])
        whole = pl.concat([before.drop("began"), told]).sort("series", "date")
        lasting = pl.col("lasting")
        whole = whole.with_columns(edge=pl.col("edge") | (lasting != lasting.shift()).over("series").fill_null(False))
        kept = self.decisions.filter(~pl.col("series").is_in(list(again)))
        decisions = pl.concat([kept, answers.decisions]).unique(maintain_order=True)
        decisions = decisions.sort("series", "decided", maintain_order=True)
        return Effects(_kept(whole, decisions), decisions)

    @property
    def spans(self) -> pl.DataFrame:
        """series, first, last (null: for ever), seen (last day on which it was told), change (in the measure's unit), ratio.

        A lasting change counts from its onset, with the size last known: for ever once it became the usual, until its last
        day where it ended otherwise. A blip counts on each day that was left out, by that day's distance.
        """
        blips = self.decisions.filter(pl.col("kind") == "blip_left_out")
        return pl.concat([_lasting(self.told, self.decisions, blips), _days_left_out(self.told, blips)]).sort(
            "series", "first", "seen"
        )


def effects_of(answers: Answers) -> pl.DataFrame:
    """series, date, change (in the measure's unit), ratio: what each day's events did, as known at the end of the history."""
    return on_days(Effects.of(answers).spans, answers.states.select("series", "date"))


def on_days(spans: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """Of spans, what they come to on each of `days` (series, date) that lies in one."""
    within = (pl.col("date") >= pl.col("first")) & (pl.col("date") <= pl.col("last")).fill_null(True)
    return (
        days.unique()
        .join(spans, on="series")
        .filter(within)
        .group_by("series", "date")
        .agg(pl.col("change").sum(), pl.col("ratio").product())
    )


def _told(states: pl.DataFrame) -> pl.DataFrame:
    lasting = pl.col("state").cast(pl.String).is_in(LASTING)
    return states.with_columns(
        lasting=lasting,
        edge=(lasting != lasting.shift()).over("series").fill_null(False),
        away=pl.col("score") * (pl.col("usual_high") - pl.col("usual")) / 1.96,
    ).select(_TOLD)


def _kept(told: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    late = pl.col("date") > pl.col("date").max().over("series") - KEPT
    out = _of_blips(told, decisions.filter(pl.col("kind") == "blip_left_out")).select("series", "date").with_columns(out=True)
    left = told.join(out, on=["series", "date"], how="left", maintain_order="left")
    return left.filter(late | pl.col("lasting") | pl.col("edge") | pl.col("out").fill_null(False)).drop("out")


def _of_blips(told: pl.DataFrame, blips: pl.DataFrame) -> pl.DataFrame:
    within = pl.col("date").is_between(pl.col("first"), pl.col("last"))
    joined = told.join(blips.select("series", "first", "last"), on="series")
    return joined.filter(within).unique(["series", "date"])


def _lasting(told: pl.DataFrame, decisions: pl.DataFrame, blips: pl.DataFrame) -> pl.DataFrame:
    runs = told.with_columns(run=pl.col("edge").cum_sum().over("series"), newest=pl.col("date").max().over("series"))
    ends = (
        runs.filter("lasting")
        .group_by("series", "run", maintain_order=True)
        .agg(pl.col("onset", "change", "usual", "date", "newest").last())
        .with_row_index()
    )
    normal = decisions.filter(pl.col("kind") == "new_normal").select("series", "decided")
    became = ends.join(normal, on="series").filter(pl.col("decided").is_between(pl.col("date"), pl.col("date") + SOON))["index"]
    passed = ends.join(blips, on="series", suffix="_blip").filter(
        (pl.col("decided") > pl.col("date")) & (pl.col("first") <= pl.col("date")) & (pl.col("last") >= pl.col("onset"))
    )["index"]
    stays = pl.col("index").is_in(became.implode()) | (pl.col("date") == pl.col("newest"))
    next_onset = pl.col("onset").shift(-1).over("series") - timedelta(days=1)
    return (
        ends.with_columns(last=pl.when(~stays).then(pl.min_horizontal("date", next_onset)))
        .filter(stays | ~pl.col("index").is_in(passed.implode()))
        .filter((pl.col("last") >= pl.col("onset")).fill_null(True))
        .select(
            "series",
            "last",
            first="onset",
            seen="date",
            change=pl.col("change").cast(pl.Float64),
            ratio=((pl.col("usual") + pl.col("change")) / pl.col("usual")).cast(pl.Float64),
        )
        .select(list(SPANS))
    )


def _days_left_out(told: pl.DataFrame, blips: pl.DataFrame) -> pl.DataFrame:
    away = pl.col("away").cast(pl.Float64)
    return (
        _of_blips(told, blips)
        .drop_nulls("away")
        .select(
            "series",
            first="date",
            last="date",
            seen="date",
            change=away,
            ratio=(pl.col("usual") + away) / pl.col("usual"),
        )
        .select(list(SPANS))
    )
