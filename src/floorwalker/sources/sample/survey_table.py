"""The survey table."""

import numpy as np
import polars as pl

from floorwalker.core.records import SURVEY
from floorwalker.core.records.keys import key_of
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
    when,
)
from floorwalker.sources.sample.floor import Ints
from floorwalker.sources.sample.surveys import Answers
from floorwalker.sources.sample.visits import UNKNOWN


def survey_frame(answers: Answers, agents: tuple[str, ...], site: Site) -> pl.DataFrame:
    """One row for each question asked: the first of everybody who was asked, the others of those who answered it."""
    replied = np.flatnonzero(answers.answered != UNKNOWN)
    given = answers.take(replied)
    questions = (
        _question(answers, "csat", answers.csat, 1, 5),
        _question(given, "nps", given.nps, 0, 10),
        _question(given, "fcr", given.settled, 0, 1),
    )
    numbers = pl.concat(questions).with_columns(instants("asked_at", "answered_at"))
    score, contact = pl.when(pl.col("answered_at").is_not_null()).then(pl.col("given")), native_id(pl.col("contact"))
    rows = numbers.select(
        *when(pl.col("asked_at")),
        *("kind", "asked_at", "answered_at", "scale_min", "scale_max", "row_hash"),
        native_id=pl.concat_str(contact, pl.lit("-"), pl.col("kind")),
        contact_native_id=contact,
        contact_key=key_of([pl.lit(site.source), contact]),
        queue=named(QUEUE_NAMES, pl.col("queue")),
        channel=named(CHANNEL_NAMES, pl.col("queue")),
        topic=named(TOPIC_NAMES, pl.col("topic")),
        agent=named(agents, pl.col("agent")),
        score_raw=score.cast(pl.String),
        score=score,
        scale_id=pl.concat_str(pl.col("kind"), pl.col("scale_min"), pl.col("scale_max"), separator="-"),
        score_norm=(score - pl.col("scale_min")) / (pl.col("scale_max") - pl.col("scale_min")),
        source=pl.lit(site.source),
    )
    return shaped(SURVEY, rows.with_columns(survey_key=key_of([pl.col("source"), pl.col("native_id"), pl.col("kind")])))


def _question(answers: Answers, kind: str, given: Ints, lowest: int, highest: int) -> pl.DataFrame:
    stay = answers.stay
    return pl.DataFrame(
        {
            "contact": stay.contact,
            "queue": stay.queue,
            "topic": stay.topic,
            "agent": stay.agent,
            "asked_at": answers.asked,
            "answered_at": answers.answered,
            "given": given,
            "row_hash": mixed(stay.contact, stay.agent, answers.answered, given, np.full_like(given, highest)),
        }
    ).with_columns(kind=pl.lit(kind), scale_min=pl.lit(lowest), scale_max=pl.lit(highest))
