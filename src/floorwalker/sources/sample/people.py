"""The people of the sample centre, and what each agent is like: stable differences that belong to the person."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zlib import crc32

import numpy as np
import polars as pl

from floorwalker.core.records import PERSON

SITE = "Warsaw"

_ASCII = str.maketrans("łŁøđ", "lLod")


@dataclass(frozen=True)
class Agent:
    """An agent with a seat in a queue, at work from `hired` to `left` (None while employed), and the person's own ways.

    `rank` counts the seats of a queue: a successor has that of the predecessor. `talk`, `hold` and `acw` multiply the queue's
    times, `transfers` its transfer rate; `satisfied` is added to its share of satisfied customers. `second` is a queue where
    the agent helps out on Thursdays.
    """

    name: str
    team: str
    queue: str
    second: str | None
    rank: int
    hired: date
    left: date | None
    talk: float
    hold: float
    acw: float
    transfers: float
    satisfied: float

    def works_here(self, day: date) -> bool:
        """Whether the agent is employed on that day."""
        return self.hired <= day and (self.left is None or day <= self.left)


def people(today: date) -> pl.DataFrame:
    """Everybody as a people list gives them, conforming to the person table."""
    listed = _listed()
    frame = listed.select(
        native_id="number",
        name="name",
        email=pl.Series([_address(name) for name in listed["name"]]),
        agent_names=pl.when(role="agent").then("name"),
        team="team",
        role="role",
        site=pl.lit(SITE),
        hired_on=pl.lit(today) - pl.duration(days="hired_ago"),
        left_on=pl.lit(today) - pl.duration(days="left_ago"),
        line=pl.int_range(2, pl.len() + 2),
    )
    return PERSON.conform(frame)


@cache
def agents(today: date) -> tuple[Agent, ...]:
    """The agents who have a seat at some time within the history, in the order of the list."""
    seated = _listed().drop_nulls("seat")
    seats = {queue: rows["seat"].unique().sort().to_list() for (queue,), rows in seated.group_by("queue")}
    listed = [_agent(row, seats[row["queue"]], today) for row in seated.iter_rows(named=True)]
    return tuple(_against_the_others(agent, [other for other in listed if other.queue == agent.queue]) for agent in listed)


@cache
def _listed() -> pl.DataFrame:
    return pl.read_csv(files(__package__).joinpath("people.csv").read_bytes(), schema_overrides={"number": pl.String})


def _agent(row: dict[str, Any], seats: list[int], today: date) -> Agent:
    luck = np.random.default_rng([crc32(row["number"].encode())])
    talk, hold, acw, transfers = np.exp(luck.normal(0, (0.07, 0.15, 0.12, 0.2)))
    left = row["left_ago"]
    return Agent(
        name=row["name"],
        team=row["team"],
        queue=row["queue"],
        second=row["second"],
        rank=seats.index(row["seat"]),
        hired=today - timedelta(row["hired_ago"]),
        left=None if left is None else today - timedelta(left),
        talk=float(talk),
        hold=float(hold),
        acw=float(acw),
        transfers=float(transfers),
        satisfied=float(luck.normal(0, 0.03)),
    )


def _against_the_others(agent: Agent, others: list[Agent]) -> Agent:
    """The agent's ways, so that the mean of all agents of the queue is the queue's own."""

    def mean(way: str) -> float:
        return float(np.mean([getattr(other, way) for other in others]))

    ways = {way: getattr(agent, way) / mean(way) for way in ("talk", "hold", "acw", "transfers")}
    return replace(agent, **ways, satisfied=agent.satisfied - mean("satisfied"))


def _address(name: str) -> str:
    """first.last@example.org in plain letters."""
    plain = unicodedata.normalize("NFKD", name.translate(_ASCII)).encode("ascii", "ignore").decode().lower()
    return ".".join(plain.split()) + "@example.org"
