"""Five rows of each kind, and what every measure of them is when added up by hand."""

from datetime import date

import polars as pl

from tests.warehouse import few_rows as few
from tests.warehouse.few_rows import at, timedelta


def _leg(name: str, hour: float, **more: object) -> few.Row:
    return few.leg(name, at(0, hour), **more)


LEGS = [
    _leg("a", 9, wait_s=10.0, talk_s=100.0, hold_s=20.0, acw_s=30.0, handle_s=150.0, transfer_kind="none"),
    _leg("b", 10, wait_s=30.0, talk_s=5.0, handle_s=5.0, transfer_kind="blind", agent="Bo"),
    _leg("c", 11, wait_s=40.0, outcome="abandoned"),
    _leg("d", 12, wait_s=2.0, outcome="abandoned"),
    _leg("e", 13, wait_s=60.0, outcome="timeout"),
]


def _contact(name: str, day: int, customer: int | None, **more: object) -> few.Row:
    return few.contact(name, at(day), customer=customer, **more)


def _after(seconds: int) -> object:
    return at(0) + timedelta(seconds=seconds)


CONTACTS = [
    _contact("a", 0, 1, first_response_at=_after(60), resolved_at=_after(600), reopen_count=0),
    _contact("b", 3, 1),
    _contact("c", 0, 2, first_response_at=_after(120), resolved_at=_after(1200), reopen_count=1),
    _contact("d", 20, 2),
    _contact("e", 0, None),
]

SURVEYS = [
    *(few.survey(f"c{number}", at(1), "csat", score) for number, score in enumerate((5.0, 4.0, 2.0, None))),
    *(few.survey(f"n{number}", at(1), "nps", score) for number, score in enumerate((10.0, 9.0, 6.0, 8.0))),
    *(few.survey(f"f{number}", at(1), "fcr", score) for number, score in enumerate((1.0, 0.0, 1.0))),
]

STATES = [
    few.state("Ann", "available", at(0, 9), 900.0),
    few.state("Ann", "busy", at(0, 10), 2700.0),
    few.state("Ann", "on_contact", at(0, 10), 2000.0),
    few.state("Bo", "available", at(0, 9), 900.0),
    few.state("Bo", "break", at(0, 11), 900.0),
]

TABLES = few.frames(contact=CONTACTS, leg=LEGS, survey=SURVEYS, agent_state=STATES)

PERSON_DAYS = pl.DataFrame(
    {
        "day": [date(2024, 1, 1)] * 5,
        "agent": ["Ann", "Bo", "Cy", "Di", "Ed"],
        "tenure_days": [10.0, 20.0, 30.0, 40.0, 50.0],
        "left": [False, False, False, False, True],
    }
)

VALUES = {
    "offered": (5, 5),
    "answered": (2, 2),
    "abandoned": (2, 2),
    "service_level": (1 / 3, 3),
    "answer_rate": (2 / 5, 5),
    "abandonment_rate": (1 / 3, 3),
    "asa": (20, 2),
    "asa_median": (10, 2),
    "asa_p90": (30, 2),
    "aht": (77.5, 2),
    "aht_median": (5, 2),
    "aht_p90": (150, 2),
    "talk_time": (52.5, 2),
    "hold_time": (20, 1),
    "acw_time": (30, 1),
    "transfer_rate": (1 / 2, 2),
    "repeat_rate": (1 / 3, 3),
    "fcr": (1 / 3, 3),
    "fcr_asked": (2 / 3, 3),
    "csat": (2 / 3, 3),
    "csat_response_rate": (3 / 4, 4),
    "nps": (25, 4),
    "first_response_time": (90, 2),
    "first_response_median": (60, 2),
    "resolution_time": (900, 2),
    "resolution_median": (600, 2),
    "reopen_rate": (1 / 2, 2),
    "short_contact_share": (1 / 2, 2),
    "contacts_per_hour": (2 / (4500 / 3600), 2),
    "occupancy": (2700 / 4500, 4500),
    "utilisation": (2700 / 5400, 5400),
    "tenure": (30, 5),
    "turnover": (1 / 5 * 365.25, 5),
}
"""Value and sample of each measure over the rows above. A median or p90 is read from a bucket: within two per cent."""

OTHERS = {
    ("service_level", "with_short_abandons"): (1 / 4, 4),
    ("service_level", "answered_only"): (1 / 2, 2),
    ("service_level", "with_all_lost"): (1 / 4, 4),
    ("abandonment_rate", "with_short_abandons"): (2 / 4, 4),
    ("abandonment_rate", "of_offered"): (2 / 5, 5),
    ("aht", "without_acw"): (62.5, 2),
    ("csat", "mean_score"): ((1 + 0.75 + 0.25) / 3, 3),
}
