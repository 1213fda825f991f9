"""The contact table and the leg table."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from floorwalker.core.records import CONTACT, LEG
from floorwalker.core.records.keys import customer_key, key_of
from floorwalker.sources.reading import Site
from floorwalker.sources.sample.columns import (
    CHANNEL_NAMES,
    QUEUE_NAMES,
    TOPIC_NAMES,
    instants,
    mixed,
    named,
    native_id,
    shaped,
    share_of,
    when,
)
from floorwalker.sources.sample.days import ZONE
from floorwalker.sources.sample.queues import OUTSIDE, QUEUES
from floorwalker.sources.sample.visits import NOBODY, OUT_OF_HOUSE, STAYED, UNKNOWN, Visits

_WITHHELD = 0.04
_CUSTOMER_ENDS = 0.7
_LANGUAGES = ("pl", "uk", "en")
_LANGUAGE_STEPS = (0.86, 0.94)
_ENTRY_POINTS = tuple(queue.entry_point for queue in QUEUES)
_WITH_HOLD = sum(queue.hold_s > 0 for queue in QUEUES)


def contacts_and_legs(visits: Visits, agents: tuple[str, ...], site: Site) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The contact table and the leg table of whole contacts, both in order of contact; `agents` are the agents' names."""
    ordered = visits.take(np.argsort(visits.contact * 4 + visits.seq))
    first = ordered.seq == 0
    last = np.flatnonzero(np.roll(first, -1))
    told_by = last - ((ordered.agent[last] == NOBODY) & (ordered.seq[last] > 0))
    return _contacts(ordered.take(first), ordered.take(last), ordered.take(told_by), agents, site), _legs(ordered, agents, site)


def _contacts(first: Visits, last: Visits, told_by: Visits, agents: tuple[str, ...], site: Site) -> pl.DataFrame:
    is_mail = _is(first, "email")
    numbers = pl.DataFrame(
        {
            "contact": first.contact,
            "first_queue": first.queue,
            "queue": told_by.queue,
            "agent": told_by.agent,
            "topic": first.topic,
            "started_at": first.began,
            "ended_at": np.where(is_mail, first.resolved, last.left),
            "first_response_at": np.where(is_mail & (told_by.agent != NOBODY), told_by.left, UNKNOWN),
            "resolved_at": first.resolved,
            "reopen_count": np.where(told_by.agent != NOBODY, first.reopened, UNKNOWN),
            "is_open": is_mail & (first.resolved == UNKNOWN),
            "customer": first.customer,
            "withheld": _is(first, "voice") & (share_of(first.customer, 1) < _WITHHELD),
            "language": np.searchsorted(_LANGUAGE_STEPS, share_of(first.customer, 2)),
            "row_hash": mixed(told_by.contact, told_by.customer, told_by.agent, last.left, first.resolved, first.reopened),
        }
    )
    named_rows = numbers.with_columns(instants("started_at", "ended_at", "first_response_at", "resolved_at")).select(
        *when(pl.col("started_at")),
        *("started_at", "ended_at", "first_response_at", "resolved_at", "row_hash"),
        native_id=native_id(pl.col("contact")),
        reopen_count=pl.when(pl.col("reopen_count") != UNKNOWN).then("reopen_count"),
        tz=pl.lit(ZONE),
        precision_s=pl.lit(1.0),
        channel=named(CHANNEL_NAMES, pl.col("queue")),
        direction=pl.lit("in"),
        status=pl.when("is_open").then(pl.lit("open")).otherwise(pl.lit("closed")),
        customer_key=pl.when(~pl.col("withheld")).then(customer_key(pl.col("customer"), site.secret)),
        queue=named(QUEUE_NAMES, pl.col("queue")),
        agent=named(agents, pl.col("agent")),
        topic=named(TOPIC_NAMES, pl.col("topic")),
        entry_point=named(_ENTRY_POINTS, pl.col("first_queue")),
        language=named(_LANGUAGES, pl.col("language")),
        source=pl.lit(site.source),
    )
    return shaped(CONTACT, named_rows.with_columns(contact_key=key_of([pl.col("source"), pl.col("native_id")])))


def _legs(visits: Visits, agents: tuple[str, ...], site: Site) -> pl.DataFrame:
    taken, waited = pl.col("answered"), pl.col("waits")
    gone, passed = pl.col("passed_to") != STAYED, named((*QUEUE_NAMES, OUTSIDE), pl.col("passed_to"))
    ended_by = pl.when(taken & gone).then(pl.lit("transfer")).when(taken & ~pl.col("hangs_up")).then(pl.lit("agent"))
    named_rows = _leg_numbers(visits).select(
        *when(pl.col("enqueued_at")),
        *("seq", "enqueued_at", "left_queue_at", "answered_at", "ended_at", "row_hash"),
        contact_key=key_of([pl.lit(site.source), native_id(pl.col("contact"))]),
        queue=named(QUEUE_NAMES, pl.col("queue")),
        channel=named(CHANNEL_NAMES, pl.col("queue")),
        topic=named(TOPIC_NAMES, pl.col("topic")),
        direction=pl.lit("in"),
        status=pl.when("mail_open").then(pl.lit("open")).otherwise(pl.lit("closed")),
        agent=named(agents, pl.col("agent")),
        outcome=pl.when("is_open")
        .then(pl.lit("open"))
        .when("answered")
        .then(pl.lit("answered"))
        .otherwise(pl.lit("abandoned")),
        wait_s_reported=pl.when(waited).then("wait_s"),
        wait_s=pl.when(waited).then("wait_s"),
        ring_s=pl.when(taken & waited).then("ring_s"),
        talk_s=pl.when(taken).then("talk_s"),
        hold_s=pl.when(taken & (pl.col("queue") < _WITH_HOLD)).then("hold_s"),
        hold_in_talk=pl.when(taken).then(pl.lit(value=False)),
        acw_s=pl.when(taken).then("acw_s"),
        acw_basis=pl.when(taken).then(pl.lit("measured")),
        handle_s=pl.when(taken).then(pl.sum_horizontal("talk_s", "hold_s", "acw_s")),
        ended_by=pl.when("is_open").then(None).otherwise(ended_by.otherwise(pl.lit("customer"))),
        transfer_kind=pl.when(taken).then(pl.when(gone).then(_transfer_kind()).otherwise(pl.lit("none"))),
        transfer_to=passed,
        source=pl.lit(site.source),
    )
    return shaped(LEG, named_rows)


def _leg_numbers(visits: Visits) -> pl.DataFrame:
    answered, waits = visits.agent != NOBODY, ~_is(visits, "email")
    is_open = ~answered & ~waits
    numbers = pl.DataFrame(
        {
            "contact": visits.contact,
            "seq": visits.seq,
            "queue": visits.queue,
            "topic": visits.topic,
            "agent": visits.agent,
            "answered": answered,
            "waits": waits,
            "is_open": is_open,
            "mail_open": ~waits & (visits.resolved == UNKNOWN),
            "passed_to": visits.passed_to,
            "enqueued_at": visits.arrival,
            "left_queue_at": np.where(is_open, UNKNOWN, visits.at),
            "answered_at": np.where(answered, visits.at, UNKNOWN),
            "ended_at": np.where(is_open, UNKNOWN, visits.left),
            "wait_s": visits.at - visits.arrival,
            "ring_s": visits.ring,
            "talk_s": visits.talk,
            "hold_s": visits.hold,
            "acw_s": visits.acw,
            "hangs_up": share_of(visits.contact, 3) < _CUSTOMER_ENDS,
            "row_hash": mixed(visits.contact, visits.seq, visits.agent, visits.at, visits.handle, visits.resolved),
        }
    )
    return numbers.with_columns(instants("enqueued_at", "left_queue_at", "answered_at", "ended_at"))


def _transfer_kind() -> pl.Expr:
    """A queue when a queue of ours takes over, else a call put through without a word."""
    return pl.when(pl.col("passed_to") == OUT_OF_HOUSE).then(pl.lit("blind")).otherwise(pl.lit("queue"))


def _is(visits: Visits, channel: str) -> NDArray[np.bool_]:
    return np.isin(visits.queue, [number for number, queue in enumerate(QUEUES) if queue.channel == channel])
