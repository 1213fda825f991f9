"""What holds on every floor: parts add up, nobody is in two conversations at once, states have neither gap nor overlap."""

from datetime import date

import polars as pl
import pytest

from floorwalker.sources.sample import SampleCentre

Tables = dict[str, pl.DataFrame]

ANSWERED = pl.col("outcome") == "answered"


@pytest.fixture(scope="module")
def legs(four_days: Tables) -> pl.DataFrame:
    """Answered legs with the day on which they were worked on and the end of their after-contact work."""
    local = pl.col("answered_at").dt.convert_time_zone("Europe/Warsaw").dt.date()
    until = pl.col("answered_at") + pl.duration(seconds=pl.col("handle_s"))
    return four_days["leg"].filter(ANSWERED).with_columns(worked_on=local, until=until).sort("agent", "answered_at")


def test_handle_time_is_talk_and_hold_and_after_contact_work(legs: pl.DataFrame) -> None:
    parts = legs.select(pl.sum_horizontal("talk_s", "hold_s", "acw_s") == pl.col("handle_s"), pl.col("handle_s") > 0)
    assert parts.sum().row(0) == (legs.height, legs.height)


def test_waits_are_never_negative_and_are_what_the_instants_say(four_days: Tables) -> None:
    waited = four_days["leg"].filter(pl.col("channel") != "email")
    between = (pl.col("left_queue_at") - pl.col("enqueued_at")).dt.total_seconds()
    assert waited.select((pl.col("wait_s") >= 0) & (pl.col("wait_s") == between)).sum().item() == waited.height


def test_who_gave_up_was_answered_by_nobody(four_days: Tables) -> None:
    lost = four_days["leg"].filter(outcome="abandoned")
    assert lost.height > 0
    assert lost.select("agent", "answered_at", "talk_s", "handle_s").null_count().row(0) == (lost.height,) * 4
    assert set(lost["channel"]) == {"voice", "chat"}


@pytest.mark.parametrize("channel", ["voice", "email"])
def test_no_agent_handles_two_calls_or_two_mails_at_once(channel: str, legs: pl.DataFrame) -> None:
    theirs = legs.filter(channel=channel)
    overlap = theirs.select((pl.col("answered_at") < pl.col("until").shift(1)).over("agent")).to_series()
    assert overlap.sum() == 0


def test_agents_hold_two_and_three_chats_at_once_but_never_four(legs: pl.DataFrame) -> None:
    chats = legs.filter(channel="chat")
    edges = pl.concat(
        [
            chats.select("agent", at="answered_at", step=pl.lit(1)),
            chats.select("agent", at="until", step=pl.lit(-1)),
        ]
    ).sort("agent", "at", "step")
    assert edges.select(pl.col("step").cum_sum().over("agent")).to_series().max() == 3


def test_an_agent_works_in_one_queue_a_day(legs: pl.DataFrame) -> None:
    assert legs.group_by("agent", "worked_on").agg(pl.col("queue").n_unique())["queue"].max() == 1


def test_busy_seconds_are_the_union_of_the_legs(centre: SampleCentre, legs: pl.DataFrame, four_days: Tables) -> None:
    day = date(2026, 3, 28)
    theirs: dict[str, float] = {}
    for (agent,), rows in legs.filter(worked_on=day).group_by("agent"):
        reach, busy = 0.0, 0.0
        for start, end in sorted(zip(rows["answered_at"].dt.timestamp("ms"), rows["until"].dt.timestamp("ms"), strict=True)):
            busy += max(end - max(start, reach), 0)
            reach = max(end, reach)
        theirs[str(agent)] = busy / 1000
    told = four_days["agent_state"].filter(day=day, state="busy").group_by("agent").agg(pl.col("seconds").sum())
    assert dict(told.iter_rows()) == theirs


def test_states_follow_one_another_within_quarters_without_gap_or_overlap(four_days: Tables) -> None:
    states = (
        four_days["agent_state"]
        .sort("agent", "from_at")
        .with_columns(
            until=pl.col("from_at") + pl.duration(seconds=pl.col("seconds")), quarter=pl.col("from_at").dt.truncate("15m")
        )
    )
    same = (pl.col("agent") == pl.col("agent").shift(1)) & (pl.col("day") == pl.col("day").shift(1))
    joined = states.select((pl.col("from_at") == pl.col("until").shift(1)).filter(same)).to_series()
    assert joined.all()
    assert (states["until"] <= states["quarter"].dt.offset_by("15m")).all()
    assert (states["began_at"] <= states["from_at"]).all()
    assert (states["seconds"] > 0).all()


def test_everybody_takes_lunch_and_two_short_breaks(four_days: Tables) -> None:
    breaks = four_days["agent_state"].filter(state="break", day=date(2026, 3, 27))
    per_day = breaks.group_by("reason").agg(pl.col("seconds").sum() / pl.col("agent").n_unique())
    minutes = {reason: seconds / 60 for reason, seconds in per_day.iter_rows()}
    assert minutes["Lunch"] == pytest.approx(30, abs=3)
    assert minutes["Short break"] == pytest.approx(30, abs=3)
    assert minutes["Coaching"] == pytest.approx(30, abs=3)


def test_a_customer_passed_on_to_a_queue_has_a_leg_there(four_days: Tables) -> None:
    legs = four_days["leg"].sort("contact_key", "seq")
    after = pl.col("queue").shift(-1)
    passed = legs.with_columns(next_queue=after, next_contact=pl.col("contact_key").shift(-1)).filter(transfer_kind="queue")
    assert passed.height > 0
    assert (passed["next_contact"] == passed["contact_key"]).all()
    assert (passed["next_queue"] == passed["transfer_to"]).all()


def test_a_contact_stands_under_its_last_answered_leg(four_days: Tables) -> None:
    last = four_days["leg"].filter(ANSWERED).sort("seq").group_by("contact_key").agg(pl.col("queue", "agent").last())
    both = four_days["contact"].join(last, on="contact_key", suffix="_of_leg")
    assert both.filter((pl.col("queue") != pl.col("queue_of_leg")) | (pl.col("agent") != pl.col("agent_of_leg"))).is_empty()


def test_surveys_join_their_contact_and_further_questions_follow_an_answer(four_days: Tables) -> None:
    surveys = four_days["survey"]
    known = surveys.join(four_days["contact"], on="contact_key", how="semi").filter(channel="voice")
    assert known.height == surveys.filter(channel="voice").height
    further = surveys.filter(pl.col("kind") != "csat")
    answered = surveys.filter(pl.col("kind") == "csat", pl.col("score").is_not_null())
    assert set(further["contact_key"]) == set(answered["contact_key"])
    assert further["score"].null_count() == 0
    assert set(surveys.filter(kind="csat")["score"].drop_nulls()) == {1, 2, 3, 4, 5}
    assert surveys.filter(kind="nps")["score"].is_between(0, 10).all()


def test_mail_is_answered_before_it_is_resolved(four_days: Tables) -> None:
    mails = four_days["contact"].filter(channel="email")
    ordered = mails.filter(
        pl.col("resolved_at") >= pl.col("first_response_at"), pl.col("first_response_at") > pl.col("started_at")
    )
    assert ordered.height == mails.height
    assert 0.03 < (mails["reopen_count"] > 0).mean() < 0.12
