"""A table of cases answered: each row is checked, and one that cannot be never stops the others."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from floorwalker.core.staffing import erlang
from floorwalker.core.staffing.steady import DEFINITIONS, MOST_ERLANGS, solved
from floorwalker.core.staffing.unusable import Unusable

NUMBERS = ("contacts", "interval_s", "aht_s", "patience_s", "target", "threshold_s")
NEEDED = ("id", "contacts", "interval_s", "aht_s", "target", "threshold_s")


@dataclass(frozen=True)
class Answers:
    """One row for each case in the same order, and why a case has none.

    rows: id, agents, service_level (in the case's definition), asa_s, abandonment, occupancy, and the level under each of
    `DEFINITIONS`; all null where the case was refused, all but `agents` null where nothing comes (0 agents).
    refusals: row (the first is 1), id, column, code, found; the first reason of each row.
    """

    rows: pl.DataFrame
    refusals: pl.DataFrame


def solve(cases: pl.DataFrame) -> Answers:
    """Fewest agents for each case: id, contacts, interval_s, aht_s, patience_s, target, threshold_s, definition.

    Numbers may be written as text. patience_s empty or absent: nobody leaves; 0: nobody waits. definition absent or empty:
    `offered`. A column max_occupancy (a share, empty: no cap) is obeyed where there is one. Raises Unusable where a column
    is missing.
    """
    for name in NEEDED:
        if name not in cases.columns:
            raise Unusable("column_missing", column=name, found=", ".join(cases.columns))
    numbers = NUMBERS + (("max_occupancy",) if "max_occupancy" in cases.columns else ())
    read = cases.select(
        pl.col("id").cast(pl.String),
        *(_number(cases, name) for name in numbers),
        definition=_definition(cases),
        unread=pl.coalesce(*(_unread(cases, name) for name in numbers), pl.lit(None, pl.String)),
    )
    read = read.with_columns(why=_reason(numbers))
    refused = read["why"].is_not_null()
    rows = _answered(read, refused.to_numpy())
    return Answers(rows, _refusals(cases, read))


def _number(cases: pl.DataFrame, name: str) -> pl.Expr:
    if name not in cases.columns:
        return pl.lit(None, pl.Float64).alias(name)
    written = pl.col(name).str.strip_chars() if cases.schema[name] == pl.String else pl.col(name)
    return written.cast(pl.Float64, strict=False).fill_nan(None).alias(name)


def _unread(cases: pl.DataFrame, name: str) -> pl.Expr:
    """The column's name where a cell is written but is no number."""
    if name not in cases.columns or cases.schema[name] != pl.String:
        return pl.lit(None, pl.String)
    written = pl.col(name).str.strip_chars()
    lost = written.cast(pl.Float64, strict=False).is_null() & (written != "")
    return pl.when(lost).then(pl.lit(name))


def _definition(cases: pl.DataFrame) -> pl.Expr:
    if "definition" not in cases.columns:
        return pl.lit("offered")
    written = pl.col("definition").cast(pl.String).str.strip_chars().fill_null("")
    return pl.when(written == "").then(pl.lit("offered")).otherwise(written)


def _reason(numbers: tuple[str, ...]) -> pl.Expr:
    """`column code` of the first thing that is wrong with a row; null where nothing is."""
    rules: dict[str, pl.Expr] = {}
    for name in NEEDED[1:]:
        rules[f"{name} empty"] = pl.col(name).is_null() & (pl.col("unread").fill_null("") != name)
    for name in numbers:
        rules[f"{name} not_a_number"] = pl.col("unread") == name
    for name in ("contacts", "threshold_s"):
        rules[f"{name} negative"] = pl.col(name) < 0
    rules["patience_s negative"] = pl.col("patience_s") < 0
    for name in ("interval_s", "aht_s"):
        rules[f"{name} not_positive"] = pl.col(name) <= 0
    for name in ("contacts", "interval_s", "aht_s", "threshold_s"):
        rules[f"{name} infinite"] = pl.col(name).is_infinite()
    rules["target not_between_0_and_1"] = (pl.col("target") <= 0) | (pl.col("target") >= 1)
    rules["definition unknown"] = ~pl.col("definition").is_in(DEFINITIONS)
    rules["contacts load_too_large"] = pl.col("contacts") / pl.col("interval_s") * pl.col("aht_s") > MOST_ERLANGS
    if "max_occupancy" in numbers:
        rules["max_occupancy not_positive"] = pl.col("max_occupancy") <= 0
    return pl.coalesce(*(pl.when(rule).then(pl.lit(code)) for code, rule in rules.items()))


def _answered(read: pl.DataFrame, refused: np.ndarray) -> pl.DataFrame:
    sound = read.filter(pl.Series(~refused))
    value = {name: sound[name].to_numpy() for name in ("contacts", "interval_s", "aht_s", "target", "threshold_s")}
    cap = (
        sound["max_occupancy"].fill_null(np.inf).to_numpy() if "max_occupancy" in sound.columns else np.full(len(sound), np.inf)
    )
    codes = sound["definition"].replace_strict({name: k for k, name in enumerate(DEFINITIONS)}, return_dtype=pl.Int64)
    definition, patience = codes.to_numpy(), sound["patience_s"].fill_null(np.inf).to_numpy()
    lam = value["contacts"] / value["interval_s"]
    agents, figures = solved(lam, value["aht_s"], patience, value["target"], value["threshold_s"], definition, cap)
    all_agents, all_figures = np.full(len(read), -1, np.int64), np.full((len(read), erlang.FIGURES), np.nan)
    all_agents[~refused], all_figures[~refused] = agents, figures
    level = np.full(len(read), np.nan)
    level[~refused] = figures[np.arange(len(sound)), definition]
    columns = {"service_level": level, "asa_s": all_figures[:, erlang.ASA]}
    columns |= {"abandonment": all_figures[:, erlang.ABANDONMENT], "occupancy": all_figures[:, erlang.OCCUPANCY]}
    columns |= {name: all_figures[:, k] for k, name in enumerate(DEFINITIONS)}
    numbers = pl.DataFrame({"agents": all_agents} | columns).with_columns(pl.col(columns).fill_nan(None))
    return pl.concat([read.select("id"), numbers.with_columns(pl.when(pl.col("agents") >= 0).then("agents"))], how="horizontal")


def _refusals(cases: pl.DataFrame, read: pl.DataFrame) -> pl.DataFrame:
    """Each refused row with the column, the reason and the cell as it was written."""
    numbered = read.select("id", "why").with_row_index("row", offset=1).filter(pl.col("why").is_not_null())
    parts = numbered.with_columns(pl.col("why").str.split_exact(" ", 1).struct.rename_fields(["column", "code"])).unnest("why")
    found = [
        "" if cases[column][row - 1] is None else str(cases[column][row - 1])
        for row, column in parts["row", "column"].iter_rows()
    ]
    columns = parts.with_columns(pl.col("row").cast(pl.Int64), found=pl.Series(found, dtype=pl.String))
    return columns.select("row", "id", "column", "code", "found")
