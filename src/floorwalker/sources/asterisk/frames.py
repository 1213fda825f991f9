"""From calls, stretches and answers to record frames."""

import json
from collections.abc import Mapping, Sequence

import polars as pl

from floorwalker.core.records import AGENT_STATE, CONTACT, LEG, SURVEY, Table
from floorwalker.core.records.instants import quarter
from floorwalker.core.records.keys import customer_key, key_of
from floorwalker.sources.asterisk.agents import QUARTER, Stretch
from floorwalker.sources.asterisk.calls import Call, Leg
from floorwalker.sources.asterisk.lines import SECOND
from floorwalker.sources.asterisk.surveys import Answer
from floorwalker.sources.reading import Site

HASHED = "#"
"""Before a caller whose number an earlier import has hashed already."""
_INSTANT = pl.Datetime("us", "UTC")
_NOT_SAID = ("import_id", "row_hash", "line", "source")


def contacts(calls: Sequence[Call], names: Mapping[str, str], site: Site) -> pl.DataFrame:
    """One contact row per call that has a leg."""
    schema = {
        "native_id": pl.String,
        "started_at": pl.Int64,
        "ended_at": pl.Int64,
        "precision_s": pl.Float64,
        "direction": pl.String,
        "status": pl.String,
        "caller": pl.String,
        "queue": pl.String,
        "agent": pl.String,
        "disposition": pl.String,
        "custom": pl.String,
        "line": pl.Int64,
    }
    rows = [_contact(call) for call in calls]
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        contact_key=key_of([pl.lit(site.source), pl.col("native_id")]),
        agent=pl.col("agent").replace(names),
        customer_key=hashed_callers(pl.col("caller"), site.secret),
        tz=pl.lit(site.tz),
        time_basis=pl.lit("calendar"),
        channel=pl.lit("voice"),
    )
    return _whole(CONTACT, _instants(frame.drop("caller"), "started_at", "ended_at"), "started_at", site)


def legs(calls: Sequence[Call], names: Mapping[str, str], site: Site) -> pl.DataFrame:
    """One row per stay in a queue, in the order in which the call entered."""
    schema = {
        "native_id": pl.String,
        "seq": pl.Int64,
        "status": pl.String,
        "queue": pl.String,
        "direction": pl.String,
        "agent": pl.String,
        "enqueued_at": pl.Int64,
        "left_queue_at": pl.Int64,
        "answered_at": pl.Int64,
        "ended_at": pl.Int64,
        "outcome": pl.String,
        "wait_s_reported": pl.Float64,
        "wait_s": pl.Float64,
        "ring_s": pl.Float64,
        "ring_fail_count": pl.Int64,
        "talk_s": pl.Float64,
        "ended_by": pl.String,
        "transfer_kind": pl.String,
        "transfer_to": pl.String,
        "line": pl.Int64,
    }
    rows = [
        (call.callid, seq, status, *_leg(leg))
        for call in calls
        for status in ["open" if call.open else "closed"]
        for seq, leg in enumerate(call.legs)
    ]
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        contact_key=key_of([pl.lit(site.source), pl.col("native_id")]),
        agent=pl.col("agent").replace(names),
        channel=pl.lit("voice"),
        hold_in_talk=pl.when(pl.col("talk_s").is_not_null()).then(True),
        acw_basis=pl.when(pl.col("outcome") == "answered").then(pl.lit("absent")),
        handle_s=pl.col("talk_s"),
    )
    moments = _instants(frame.drop("native_id"), "enqueued_at", "left_queue_at", "answered_at", "ended_at")
    return _whole(LEG, moments, "enqueued_at", site)


def states(stretches: Sequence[Stretch], site: Site) -> pl.DataFrame:
    """Stretches cut at quarters of an hour. Every zone in use is a multiple of a quarter away from UTC, so one grid serves."""
    schema = {name: pl.String if name in ("agent", "state", "reason") else pl.Int64 for name in Stretch._fields}
    frame = pl.DataFrame(stretches, schema=schema, orient="row")
    first, last = pl.col("since") // QUARTER, (pl.col("until") - 1) // QUARTER
    pieces = (
        frame.with_columns(slot=pl.int_ranges(first, last + 1))
        .explode("slot", empty_as_null=False)
        .with_columns(from_at=pl.max_horizontal(pl.col("since"), pl.col("slot") * QUARTER))
        .with_columns(seconds=(pl.min_horizontal(pl.col("until"), (pl.col("slot") + 1) * QUARTER) - pl.col("from_at")) / SECOND)
        .select("agent", "state", "reason", "from_at", "seconds", began_at="began", line="number")
    )
    return _whole(AGENT_STATE, _instants(pieces, "from_at", "began_at"), "from_at", site)


def surveys(answers: Sequence[Answer], names: Mapping[str, str], site: Site) -> pl.DataFrame:
    """One row per answer. Its contact is named; joining it is the warehouse's."""
    rows = [
        {
            "native_id": each.native_id,
            "contact_native_id": each.callid,
            "queue": each.queue,
            "channel": "voice",
            "agent": each.agent,
            "kind": each.kind,
            "score_raw": each.raw,
            "score": each.score,
            "scale_min": each.scale[0] if each.scale else None,
            "scale_max": each.scale[1] if each.scale else None,
            "scale_id": each.question or each.kind,
            "score_norm": each.norm,
            "answered_at": each.at,
            "comment": each.comment,
            "line": each.number,
        }
        for each in answers
    ]
    known = {name: dtype for name, dtype in SURVEY.schema.items() if rows and name in rows[0]}
    frame = pl.DataFrame(rows, schema=known | ({"answered_at": pl.Int64} if rows else {}))
    if not rows:
        return SURVEY.empty()
    keyed = frame.with_columns(
        survey_key=key_of([pl.lit(site.source), pl.col("native_id"), pl.col("kind")]), agent=pl.col("agent").replace(names)
    )
    return _whole(SURVEY, _instants(keyed, "answered_at"), "answered_at", site)


def hashed_callers(caller: pl.Expr, secret: str) -> pl.Expr:
    """The customer key of normalised numbers; those hashed before (`#` and the key) keep theirs."""
    before = caller.str.strip_prefix(HASHED).str.to_integer(strict=False)
    return pl.when(caller.str.starts_with(HASHED)).then(before).otherwise(customer_key(caller, secret))


def _contact(call: Call) -> tuple[object, ...]:
    first, last = call.legs[0], call.legs[-1]
    main = last if last.outcome == "answered" else next((leg for leg in call.legs[::-1] if leg.outcome == "answered"), last)
    return (
        call.callid,
        first.entered,
        last.ended,
        1.0 if first.entered % SECOND == 0 else 1e-6,
        first.direction,
        "open" if call.open else "closed",
        call.caller,
        main.queue,
        main.agent,
        call.disposition,
        json.dumps(call.custom, ensure_ascii=False, sort_keys=True) if call.custom else None,
        first.number,
    )


def _leg(leg: Leg) -> tuple[object, ...]:
    return (
        leg.queue,
        leg.direction,
        leg.agent,
        leg.entered,
        leg.left,
        leg.answered,
        leg.ended,
        leg.outcome,
        leg.wait_reported,
        leg.wait,
        leg.ring,
        leg.ring_fails,
        leg.talk,
        leg.ended_by,
        leg.transfer,
        leg.to,
        leg.number,
    )


def _instants(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    return frame.with_columns(pl.col(columns).cast(_INSTANT))


def _whole(table: Table, frame: pl.DataFrame, when: str, site: Site) -> pl.DataFrame:
    """`frame` with its local day and quarter, source and hash, as the record table wants it but for `import_id`."""
    dated = frame.with_columns(*quarter(pl.col(when), site.tz), source=pl.lit(site.source))
    said = [name for name in table.schema if name in dated.columns and name not in _NOT_SAID]
    hashed = dated.with_columns(row_hash=key_of([pl.col(name) for name in said]), import_id=pl.lit(0, pl.Int64))
    return table.conform(hashed).drop("import_id")
