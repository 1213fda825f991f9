"""What Floorwalker knows of a contact centre: six typed tables, each column with its unit and meaning.

A source fills these tables, the warehouse keeps them, the measures add them up. What a source *reported* stands beside
what we *derive*; an unknown value is null, never zero; instants are UTC, and the local day and quarter of an hour that a
person reads are kept beside them, so that no engine has to know about time zones.
"""

from floorwalker.core.records.schema import Column, Kind, Table
from floorwalker.core.records.tables import AGENT_STATE, CONTACT, INTERVAL_STAT, LEG, PERSON, SURVEY, TABLES
from floorwalker.core.records.words import (
    BUSY_STATES,
    CHANNELS,
    ENDED_BY,
    OUTCOMES,
    STATES,
    STATUSES,
    SURVEY_KINDS,
    TRANSFERS,
    UNCOUNTED,
)

__all__ = [
    "AGENT_STATE",
    "BUSY_STATES",
    "CHANNELS",
    "CONTACT",
    "ENDED_BY",
    "INTERVAL_STAT",
    "LEG",
    "OUTCOMES",
    "PERSON",
    "STATES",
    "STATUSES",
    "SURVEY",
    "SURVEY_KINDS",
    "TABLES",
    "TRANSFERS",
    "UNCOUNTED",
    "Column",
    "Kind",
    "Table",
]
