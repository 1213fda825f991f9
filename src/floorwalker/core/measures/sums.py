"""The additive sums. Each says, per record table, what one row adds; null adds nothing.

A sum over several tables is what lets interval statistics stand in where single contacts are unknown: the warehouse gives
the interval rows only for a day and queue without legs, so nothing is counted twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from floorwalker.core.measures.settings import Settings
from floorwalker.core.records.words import UNCOUNTED

Contribution = Callable[[ir.Table, Settings], ir.Value]


@dataclass(frozen=True)
class Sum:
    """One additive quantity: its name and what a row of each table contributes to it."""

    name: str
    over: Mapping[str, Contribution]


def counted(row: ir.Table) -> ir.BooleanValue:
    """Inbound contacts that are not merged, spam or deleted: what every volume means."""
    return (row.direction.fill_null("in") == "in") & row.status.fill_null("closed").notin(UNCOUNTED)


def answered(row: ir.Table) -> ir.BooleanValue:
    return counted(row) & (row.outcome == "answered")


def abandoned(row: ir.Table) -> ir.BooleanValue:
    return counted(row) & (row.outcome == "abandoned")


def one_if(condition: ir.BooleanValue) -> ir.Value:
    """1 for a row that fulfils the condition, nothing for the others."""
    return ibis.ifelse(condition, 1, 0)


def if_so(condition: ir.BooleanValue, value: ir.Value) -> ir.Value:
    return ibis.ifelse(condition, value, ibis.null("float64"))


def answer_within(row: ir.Table, settings: Settings) -> ir.Value:
    """The service-level threshold of the row's queue, in seconds."""
    if not settings.answer_within_s_by_queue:
        return ibis.literal(settings.answer_within_s)
    branches = [(row.queue == queue, seconds) for queue, seconds in settings.answer_within_s_by_queue]
    return ibis.cases(*branches, else_=settings.answer_within_s)


def seconds_between(start: ir.Value, end: ir.Value) -> ir.Value:
    """Seconds from one instant to another, in whole seconds."""
    return end.epoch_seconds() - start.epoch_seconds()


def _in_time(row: ir.Table, settings: Settings) -> ir.Value:
    return one_if(answered(row) & (row.wait_s <= answer_within(row, settings)))


def _short_abandon(row: ir.Table, settings: Settings) -> ir.Value:
    return one_if(abandoned(row) & (row.wait_s < settings.short_abandon_s))


def _came_back(row: ir.Table, settings: Settings) -> ir.BooleanValue:
    return (seconds_between(row.started_at, row.next_at) <= settings.repeat_days * 86_400).fill_null(False)


def _followed(row: ir.Table, settings: Settings) -> ir.BooleanValue:
    """The customer is known and has had all the days to come back; sooner, only those who did would count."""
    waited = seconds_between(row.started_at, row.known_until) >= settings.repeat_days * 86_400
    return counted(row) & row.customer_key.notnull() & waited


def _closed_first(row: ir.Table, settings: Settings) -> ir.BooleanValue:
    closed = (row.reopen_count.fill_null(0) == 0) & (row.status.fill_null("closed") == "closed")
    return ~_came_back(row, settings) & closed


def _follow(name: str, condition: Callable[[ir.Table, Settings], ir.BooleanValue]) -> Sum:
    def contribution(row: ir.Table, settings: Settings) -> ir.Value:
        return ibis.ifelse(_followed(row, settings), one_if(condition(row, settings)), ibis.null("int8"))

    return Sum(name, {"follow": contribution})


def _scored(row: ir.Table, kind: str) -> ir.BooleanValue:
    return (row.kind == kind) & row.score.notnull()


def _nps(row: ir.Table) -> ir.BooleanValue:
    """Only answers on the 0 to 10 scale are net promoter scores."""
    return _scored(row, "nps") & (row.scale_min == 0) & (row.scale_max == 10)


def _of(column: str) -> Contribution:
    return lambda row, settings: row[column]


def _only_with(column: str, other: str) -> Contribution:
    return lambda row, settings: ibis.ifelse(row[other].notnull(), row[column], ibis.null("int64"))


def _answered_part(column: str) -> Contribution:
    return lambda row, settings: if_so(answered(row), row[column])


def _answered_known(column: str) -> Contribution:
    return lambda row, settings: one_if(answered(row) & row[column].notnull())


def _state(*states: str) -> Contribution:
    return lambda row, settings: if_so(row.state.isin(states), row.seconds)


def _leg(name: str, contribution: Contribution, interval: Contribution | None = None) -> Sum:
    return Sum(name, {"leg": contribution} | ({"interval_stat": interval} if interval else {}))


_SUMS = (
    _leg("offered", lambda row, settings: one_if(counted(row)), _of("offered")),
    _leg("answered", lambda row, settings: one_if(answered(row)), _of("answered")),
    _leg("abandoned", lambda row, settings: one_if(abandoned(row)), _of("abandoned")),
    _leg("abandoned_short", _short_abandon),
    _leg(
        "lost_otherwise",
        lambda row, settings: one_if(counted(row) & row.outcome.isin(("timeout", "overflow", "exit_empty"))),
    ),
    _leg("answered_in_time", _in_time, _only_with("answered_in_time", "answered")),
    _leg("answered_timed", _answered_known("wait_s"), _only_with("answered", "answered_in_time")),
    _leg("abandoned_timed", lambda row, settings: one_if(abandoned(row)), _only_with("abandoned", "answered_in_time")),
    _leg("waited", _answered_known("wait_s"), _only_with("answered", "wait_s")),
    _leg("wait_s", _answered_part("wait_s"), _of("wait_s")),
    _leg("handled", _answered_known("handle_s"), _only_with("answered", "handle_s")),
    _leg("handle_s", _answered_part("handle_s"), _of("handle_s")),
    _leg("talked", _answered_known("talk_s"), _only_with("answered", "talk_s")),
    _leg("talk_s", _answered_part("talk_s"), _of("talk_s")),
    _leg("held", _answered_known("hold_s"), _only_with("answered", "hold_s")),
    _leg("hold_s", _answered_part("hold_s"), _of("hold_s")),
    _leg("wrapped", _answered_known("acw_s"), _only_with("answered", "acw_s")),
    _leg("acw_s", _answered_part("acw_s"), _of("acw_s")),
    _leg("transfer_known", _answered_known("transfer_kind")),
    _leg("transferred", lambda row, settings: one_if(answered(row) & row.transfer_kind.isin(("blind", "attended", "queue")))),
    _leg("short_contacts", lambda row, settings: one_if(answered(row) & (row.talk_s < settings.short_contact_s))),
    Sum("contacts", {"contact": lambda row, settings: one_if(counted(row))}),
    Sum("first_responded", {"contact": lambda row, settings: one_if(counted(row) & row.first_response_at.notnull())}),
    Sum(
        "first_response_s",
        {"contact": lambda row, settings: if_so(counted(row), seconds_between(row.started_at, row.first_response_at))},
    ),
    Sum("resolved", {"contact": lambda row, settings: one_if(counted(row) & row.resolved_at.notnull())}),
    Sum(
        "resolution_s",
        {"contact": lambda row, settings: if_so(counted(row), seconds_between(row.started_at, row.resolved_at))},
    ),
    Sum("reopen_known", {"contact": lambda row, settings: one_if(counted(row) & row.reopen_count.notnull())}),
    Sum("reopened", {"contact": lambda row, settings: one_if(counted(row) & (row.reopen_count > 0))}),
    _follow("follow_known", lambda row, settings: ibis.literal(True)),
    _follow("came_back", _came_back),
    _follow("closed_first", _closed_first),
    Sum("fcr_asked", {"survey": lambda row, settings: one_if(_scored(row, "fcr"))}),
    Sum("fcr_yes", {"survey": lambda row, settings: one_if(_scored(row, "fcr") & (row.score_norm == 1))}),
    Sum("csat_asked", {"survey": lambda row, settings: one_if(row.kind == "csat")}),
    Sum("csat_scored", {"survey": lambda row, settings: one_if(_scored(row, "csat") & row.score_norm.notnull())}),
    Sum(
        "csat_satisfied",
        {"survey": lambda row, settings: one_if(_scored(row, "csat") & (row.score_norm >= settings.satisfied_from))},
    ),
    Sum("csat_norm", {"survey": lambda row, settings: if_so(_scored(row, "csat"), row.score_norm)}),
    Sum("nps_scored", {"survey": lambda row, settings: one_if(_nps(row))}),
    Sum("nps_promoters", {"survey": lambda row, settings: one_if(_nps(row) & (row.score >= 9))}),
    Sum("nps_detractors", {"survey": lambda row, settings: one_if(_nps(row) & (row.score <= 6))}),
    Sum("available_s", {"agent_state": _state("available")}),
    Sum("busy_s", {"agent_state": _state("busy")}),
    Sum("break_s", {"agent_state": _state("break")}),
    Sum("person_days", {"person_day": lambda row, settings: one_if(row.day.notnull())}),
    Sum("tenure_days", {"person_day": _of("tenure_days")}),
    Sum("leavers", {"person_day": lambda row, settings: one_if(row.left)}),
)

SUMS: Mapping[str, Sum] = {each.name: each for each in _SUMS}
