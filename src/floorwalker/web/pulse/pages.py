"""The whole Pulse page for one question of one viewer."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from floorwalker.core.measures import MEASURES
from floorwalker.web.pulse import panels, wording
from floorwalker.web.pulse.asked import Asked
from floorwalker.web.pulse.controls import Controls, controls
from floorwalker.web.pulse.marks import StoryLine, known_of
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.ui.charts import Hand, HeatMap, Picture
from floorwalker.web.ui.reader import Reader


@dataclass(frozen=True)
class PulsePage:
    """Everything that the Pulse page shows, written."""

    measure: str
    period: tuple[str, str]
    head: panels.Head
    controls: Controls
    picture: Picture | None
    stories: tuple[StoryLine, ...]
    cut: panels.Cut
    heat: HeatMap | None
    passport: tuple[panels.Fact, ...]
    numbers_url: str
    contacts_url: str


def pulse_page(ask: Asked, desk: Desk, known: tuple[date, date], reader: Reader) -> PulsePage:
    """Asks for the total, the days, the cut and the week by hour, and writes them.

    Raises
    ------
    PermissionDenied
        when the question is about an agent or a team that the viewer may not see.
    Unanswerable
        when the measure has no such cut.
    """
    hand = Hand(reader, MEASURES[ask.measure].unit)
    total = desk.ask(ask.question(others=True)).frame
    beside = known_of(desk, ask, reader)
    days, usuals = panels.series(ask, desk.ask(ask.question(ask.step)).frame, hand, beside.told)
    drawn = any(day.value is not None for day in days)
    head = panels.head(ask, total, days, usuals, hand)
    heat = panels.week_by_hour(ask, desk.ask(ask.question("weekday", "hour")).frame, hand)
    return PulsePage(
        measure=wording.name(ask.measure),
        period=(reader.day(ask.since, "long"), reader.day(ask.until, "long")),
        head=head,
        controls=controls(ask, desk, known, reader),
        picture=panels.over_time(ask, days, head.sentence, hand, beside.marks) if drawn else None,
        stories=beside.stories,
        cut=panels.cut(ask, desk.ask(ask.question(ask.cut)).frame, hand),
        heat=heat if heat.rows else None,
        passport=panels.passport(ask, total, desk.warehouse.settings, hand),
        numbers_url=f"{reverse('pulse-numbers')}?{ask.query()}",
        contacts_url=f"{reverse('pulse-contacts')}?{ask.query()}",
    )
