"""Contact rows: one leg each, one contact for those of one id, and a survey answer where the row carries a score."""

import polars as pl

from floorwalker.core.records import CONTACT, LEG, SURVEY
from floorwalker.core.records.keys import customer_key, key_of
from floorwalker.sources.reading import Site
from floorwalker.sources.spreadsheet import zones
from floorwalker.sources.spreadsheet.cells import Cells
from floorwalker.sources.spreadsheet.customers import ROUNDED, customers
from floorwalker.sources.spreadsheet.fields import CONTACTS, Sort
from floorwalker.sources.spreadsheet.identity import Identity
from floorwalker.sources.spreadsheet.records import conformed, precision_of
from floorwalker.sources.spreadsheet.scales import Scale
from floorwalker.sources.spreadsheet.several_rows import leg_numbers, one_each

_STABLE = ("started_at", "queue", "agent", "customer", "entry_point")
_WORDED = ("outcome", "channel", "score")
_NAMES = ("queue", "agent", "topic", "channel", "channel_raw")
"""Texts of contacts and legs alike, a few different ones: categories from here on."""

_NULLS = {
    Sort.INSTANT: pl.Datetime("us", "UTC"),
    Sort.DURATION: pl.Float64(),
    Sort.COUNT: pl.Int64(),
    Sort.FLAG: pl.Boolean(),
    Sort.SCORE: pl.Float64(),
}
_ALL: dict[str, pl.DataType] = {field.name: _NULLS.get(field.sort, pl.String()) for field in CONTACTS.fields} | {
    f"{name}_raw": pl.String() for name in _WORDED
}


def contact_tables(cells: Cells, site: Site, identity: Identity) -> dict[str, pl.DataFrame]:
    """The record frames of a batch; rows that do not stand are left out of all of them."""
    said = cells.values(field.name for field in CONTACTS.fields if field.name != "native_id")
    cells.require("started_at", said["started_at"])
    if "customer" in said:
        said["customer"] = _customers(cells, said["customer"], site.country)
    verbatim = [cells.texts(name).alias(f"{name}_raw") for name in _WORDED if cells.has(name)]
    raw = cells.kept(cells.frame)
    frame = cells.kept(pl.DataFrame([*said.values(), *verbatim, cells.lines, cells.hashes]))
    standing = frame.height
    native_ids = identity.native_ids(raw, frame, _STABLE)
    frame = frame.with_columns(native_ids, *zones.day_and_minute(frame["started_at"], site.tz))
    frame = frame.with_columns(
        *(pl.lit(None, dtype).alias(name) for name, dtype in _ALL.items() if name not in frame.columns),
        key_of([pl.lit(site.source), pl.col("native_id")]).alias("contact_key"),
        pl.lit(site.source).alias("source"),
    )
    frame = frame.with_columns(_outcome(cells).alias("outcome"), leg_numbers(frame))
    _report(cells, frame)
    if frame["seq"].null_count():
        told = frame["seq"].is_not_null()
        frame, raw = frame.filter(told), raw.filter(told)
    frame = frame.with_columns(pl.col(_NAMES).cast(pl.Categorical))
    contacts = one_each(_contacts(frame, cells, raw, site), frame["seq"], frame["outcome"])
    if joined := standing - contacts.height:
        cells.aside += joined
        cells.say("rows_joined", rows=joined)
    tables = {"contact": contacts, "leg": _legs(frame, cells)}
    if cells.has("score"):
        tables["survey"] = _answers(frame, cells, site)
    return tables


def _customers(cells: Cells, texts: pl.Series, country: str) -> pl.Series:
    """One spelling for each customer; numbers that a spreadsheet has rounded are told, and stand for nobody."""
    rounded = texts.filter(texts.str.contains(ROUNDED).fill_null(value=False)).value_counts(sort=True)
    for text, rows in rounded.head(1).iter_rows():
        column = cells.mapping.fields["customer"].columns[0]
        cells.say("unknown_words", field="customer", column=column, word=text, rows=rows)
    return customers(texts, country).alias("customer")


def _outcome(cells: Cells) -> pl.Expr:
    """The source's word; without one, what the row's other columns let one conclude."""
    strange = pl.col("outcome").is_null() & pl.col("outcome_raw").is_not_null()
    worded = pl.when(strange).then(pl.lit("unknown")).otherwise("outcome")
    answered = (
        pl.col("answered").fill_null(value=False) | pl.col("answered_at").is_not_null() | (pl.col("talk_s").fill_null(0) > 0)
    )
    telling = cells.has("answered_at") or cells.has("talk_s")
    unanswered = cells.mapping.answers.get("unanswered", "unknown") if telling or cells.has("answered") else "unknown"
    concluded = (
        pl.when(pl.col("abandoned"))
        .then(pl.lit("abandoned"))
        .when(answered | (~pl.col("abandoned") & pl.col("answered").is_null()))
        .then(pl.lit("answered"))
        .otherwise(pl.lit(unanswered))
    )
    return pl.coalesce(worded, concluded)


def _contacts(frame: pl.DataFrame, cells: Cells, raw: pl.DataFrame, site: Site) -> pl.DataFrame:
    kept = [name for name in CONTACT.schema if name in frame.columns]
    rule = cells.mapping.fields["started_at"]
    return frame.select(
        *kept,
        _custom(cells, raw, frame).alias("custom"),
        customer_key(pl.col("customer"), site.secret).alias("customer_key"),
        pl.lit(cells.tz).alias("tz"),
        pl.lit(precision_of(rule.format)).alias("precision_s"),
        pl.lit("unknown").alias("time_basis"),
    ).pipe(conformed, CONTACT, categories=True)


def _legs(frame: pl.DataFrame, cells: Cells) -> pl.DataFrame:
    entered = pl.coalesce("enqueued_at", "started_at")
    unanswered_end = pl.when(pl.col("outcome") != "answered").then(pl.col("ended_at"))
    left = pl.coalesce("left_queue_at", "answered_at", unanswered_end)
    waited = ((left - entered).dt.total_milliseconds() * 0.001).round(3)
    in_talk = pl.lit(cells.mapping.answers.get("hold_in_talk") == "inside")
    parts = (
        pl.col("talk_s")
        + pl.when(in_talk).then(0.0).otherwise(pl.col("hold_s").fill_null(0.0))
        + pl.col("acw_s").fill_null(0.0)
    )
    whole = parts if cells.has("acw_s") else pl.lit(None, pl.Float64)
    legs = frame.with_columns(
        entered.alias("enqueued_at"),
        left.alias("left_queue_at"),
        pl.col("wait_s").alias("wait_s_reported"),
        pl.coalesce("wait_s", pl.when(waited >= 0).then(waited)).alias("wait_s"),
        pl.col("handle_s").alias("handle_s_reported"),
        pl.coalesce(whole, "handle_s", parts).alias("handle_s"),
        in_talk.alias("hold_in_talk") if cells.has("hold_s") else pl.lit(None, pl.Boolean).alias("hold_in_talk"),
        pl.lit("measured" if cells.has("acw_s") else "absent").alias("acw_basis"),
    )
    return conformed(legs.select(name for name in LEG.schema if name in legs.columns), LEG, categories=True)


def _answers(frame: pl.DataFrame, cells: Cells, site: Site) -> pl.DataFrame:
    """The survey answers that stand in the contacts' own rows; a row without a score says nothing about having been asked."""
    scale = Scale.of(cells.mapping.answers.get("scale", ""))
    kind = cells.mapping.answers.get("survey_kind", "csat")
    answered = frame.filter(pl.col("score").is_not_null())
    answers = answered.select(
        *(name for name in SURVEY.schema if name in answered.columns and name not in ("answered_at", "asked_at")),
        key_of([pl.lit(site.source), pl.col("native_id"), pl.lit(kind)]).alias("survey_key"),
        pl.col("native_id").alias("contact_native_id"),
        pl.lit(kind).alias("kind"),
        scale.norm(answered["score"]).alias("score_norm"),
        *scale.bounds(),
    )
    return conformed(answers, SURVEY)


def _custom(cells: Cells, raw: pl.DataFrame, frame: pl.DataFrame) -> pl.Expr:
    """Columns that no field is read from, and the source's own outcome words where ours say less."""
    mapping = cells.mapping
    named = set(mapping.used) | set(mapping.left_out)
    if cells.has("outcome") and (frame["outcome_raw"] != frame["outcome"]).any():
        named -= set(mapping.fields["outcome"].columns)
    rest = [name for name in raw.columns[:-1] if name not in named]
    if not rest:
        return pl.lit(None, pl.String)
    return pl.lit(raw.select(pl.struct(rest).struct.json_encode()).to_series())


def _report(cells: Cells, frame: pl.DataFrame) -> None:
    backwards = frame.filter(pl.col("ended_at") < pl.col("started_at"))
    if backwards.height:
        cells.say("ends_before_it_starts", rows=backwards.height, first_line=int(backwards["line"][0]))
