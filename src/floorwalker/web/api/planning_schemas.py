"""What the API answers about the coming days. Days are ISO dates, times minutes from midnight on the site's clock."""

from datetime import date, datetime

from ninja import Schema

from floorwalker.web.planning.models import Certificate, Expected
from floorwalker.web.planning.staffing_day import QueueDay


class ForecastInterval(Schema):
    """Contacts of one interval: what is expected, and the edges of its doubt."""

    minute: int
    mean: float
    q05: float
    q10: float
    q25: float
    q50: float
    q75: float
    q90: float
    q95: float


class ForecastDay(Schema):
    """A queue's day (an empty queue: all together). A day far ahead has no intervals, and nor has what an executive reads."""

    day: date
    queue: str
    total: dict[str, float]
    drivers: list[tuple[str, float]]
    interval_minutes: int | None
    intervals: list[ForecastInterval]


def forecast_day(expected: Expected, with_intervals: bool) -> ForecastDay:
    """What is kept about a day."""
    curve = expected.curve if with_intervals else {}
    names = [name for name in ForecastInterval.model_fields if name != "minute"]
    return ForecastDay(
        day=expected.day,
        queue=expected.queue,
        total=expected.total,
        drivers=[(name, factor) for name, factor in expected.drivers],
        interval_minutes=curve.get("length"),
        intervals=[
            ForecastInterval(minute=minute, **{name: curve[name][place] for name in names})
            for place, minute in enumerate(curve.get("minutes", ()))
        ],
    )


class NeededInterval(Schema):
    """People of one interval. `planned` is null when no roster is known."""

    minute: int
    contacts: float
    needed: float
    needed_low: float
    needed_high: float
    planned: float | None


class NeededDay(Schema):
    """A queue's day, with the service level that the planned people give under each definition."""

    day: date
    queue: str
    interval_minutes: int
    intervals: list[NeededInterval]
    service_level: dict[str, float | None] | None
    abandonment: float | None
    occupancy: float | None


def needed_day(found: QueueDay, day: date) -> NeededDay:
    """Needed against planned."""
    gives = found.gives()
    definitions = ("offered", "answered", "offered_minus_short")
    return NeededDay(
        day=day,
        queue=found.queue,
        interval_minutes=found.length,
        intervals=[
            NeededInterval(
                minute=minute,
                contacts=round(float(found.contacts[place]), 2),
                needed=float(found.need[place]),
                needed_low=float(found.low[place]),
                needed_high=float(found.high[place]),
                planned=None if found.planned is None else round(float(found.planned[place]), 2),
            )
            for place, minute in enumerate(found.minutes)
        ],
        service_level={name: getattr(gives, name) for name in definitions} if gives else None,
        abandonment=gives.abandonment if gives else None,
        occupancy=gives.occupancy if gives else None,
    )


class CertificateAnswer(Schema):
    """How many may leave a queue on a day, how sure it is, and what became of it (null: not judged, or nothing promised)."""

    id: int
    day: date
    queue: str
    confidence: float
    made: str
    made_at: datetime
    promised_at: datetime | None
    p_meet: float
    p_meet_lower: float
    minutes: list[int]
    planned: list[float]
    max_off_queue: list[int]
    binding: list[int]
    assumptions: dict[str, float | str | None]
    kept: bool | None
    outcome: dict[str, float | None]


def certificate(found: Certificate) -> CertificateAnswer:
    """A certificate as it stands."""
    return CertificateAnswer(
        id=found.pk,
        day=found.day,
        queue=found.queue,
        confidence=found.confidence,
        made=found.made,
        made_at=found.made_at,
        promised_at=found.promised_at,
        p_meet=found.chance,
        p_meet_lower=found.chance_low,
        minutes=found.plan["minutes"],
        planned=found.plan["planned"],
        max_off_queue=found.plan["spare"],
        binding=found.plan["binding"],
        assumptions=found.ground,
        kept=found.kept,
        outcome=found.outcome,
    )
