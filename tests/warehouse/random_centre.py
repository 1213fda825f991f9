"""Random small centres: every table, every oddity, a few weeks, from one seed."""

from random import Random
from typing import Any

import polars as pl

from tests.warehouse import few_rows as few

QUEUES, AGENTS, TOPICS = ("Sales", "Help", None), ("Ann", "Bo", "Cy"), ("bill", "move", None)
CHANNELS = ("voice", "chat")
FIRST, DAYS = 25, 12


def random_centre(seed: int, contacts: int = 40, first_day: int = FIRST, days: int = DAYS) -> dict[str, pl.DataFrame]:
    """Frames of a centre by record table name: days from `first_day` on, which is late in a month."""
    random = Random(seed)  # noqa: S311 - not a secret
    rows: dict[str, list[few.Row]] = {name: [] for name in ("contact", "leg", "survey", "agent_state", "interval_stat")}
    for number in range(contacts):
        _contact(random, f"{seed}-{number}", first_day + random.randrange(days), rows)
    for number in range(contacts // 4):
        _survey(random, f"{seed}-{number}", seed, contacts, first_day + random.randrange(days), rows["survey"])
    moments = {(random.choice(AGENTS), first_day + random.randrange(days), random.randrange(32)) for _ in range(contacts // 2)}
    for agent, day, quarter in sorted(moments):
        kind = random.choice(("available", "busy", "break", "on_contact"))
        rows["agent_state"].append(few.state(agent, kind, few.at(day, 8 + quarter / 4), random.randrange(1, 900)))
    slots = {(random.choice(("Sales", "Mail", "")), random.choice((*AGENTS, "")), random.randrange(days)) for _ in range(12)}
    for queue, agent, day in sorted(slots):
        rows["interval_stat"].append(_interval(random, queue, agent, first_day + day))
    return few.frames(**rows)


def _contact(random: Random, name: str, day: int, rows: dict[str, list[few.Row]]) -> None:
    start = few.at(day, 8 + random.randrange(48) / 4 + random.random() / 8)
    shared: dict[str, Any] = {
        "queue": random.choice(QUEUES),
        "channel": random.choice(CHANNELS),
        "topic": random.choice(TOPICS),
        "agent": random.choice(AGENTS),
        "direction": random.choice(("in", "in", "in", "out", None)),
        "status": random.choice(("closed", "closed", "open", "spam", None)),
    }
    responded = start + few.timedelta(seconds=random.randrange(5000)) if random.random() < 0.5 else None
    resolved = start + few.timedelta(seconds=random.randrange(90000)) if random.random() < 0.5 else None
    more = {"first_response_at": responded, "resolved_at": resolved, "reopen_count": random.choice((None, 0, 0, 2))}
    customer = random.choice((None, *range(6)))
    rows["contact"].append(few.contact(name, start, customer=customer, **shared, **more))
    for seq in range(random.choice((0, 1, 1, 1, 2))):
        rows["leg"].append(_leg(random, name, start + few.timedelta(seconds=600 * seq), seq, shared))


def _leg(random: Random, name: str, start: Any, seq: int, shared: dict[str, Any]) -> few.Row:
    outcome = random.choice(("answered", "answered", "answered", "abandoned", "timeout", "exit_empty", "unknown"))
    known: dict[str, Any] = {"wait_s": random.choice((None, 0.0, float(random.randrange(90))))}
    if outcome == "answered":
        parts = {
            name: random.choice((None, float(random.randrange(400)))) for name in ("talk_s", "hold_s", "acw_s", "handle_s")
        }
        known |= parts | {"transfer_kind": random.choice((None, "none", "blind", "queue"))}
    else:
        shared = {**shared, "agent": None}
    return few.leg(name, start, seq, **shared, **known, outcome=outcome)


def _survey(random: Random, name: str, seed: int, contacts: int, day: int, rows: list[few.Row]) -> None:
    kind = random.choice(("csat", "nps", "fcr"))
    top = {"csat": 5, "nps": 10, "fcr": 1}[kind]
    score = None if random.random() < 0.2 else float(random.randint(1 if kind == "csat" else 0, top))
    about = random.choice((None, "nobody", f"{seed}-{random.randrange(contacts)}"))
    said = {"queue": random.choice(QUEUES), "agent": random.choice(AGENTS)}
    rows.append(few.survey(name, few.at(day, 20), kind, score, contact_native_id=about, **said))


def _interval(random: Random, queue: str, agent: str, day: int) -> few.Row:
    sums: dict[str, Any] = {name: random.choice((None, random.randrange(40))) for name in ("offered", "answered", "abandoned")}
    sums |= {name: random.choice((None, float(random.randrange(4000)))) for name in ("wait_s", "talk_s", "handle_s")}
    sums["answered_in_time"] = random.choice((None, 3))
    return few.interval(few.at(day, 10), queue, agent, random.choice((15, 30, 1440)), **sums)
