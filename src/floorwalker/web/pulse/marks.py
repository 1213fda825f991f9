"""What is known about a measure's days beside its values: an app above tells it, by naming its function in its AppConfig."""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.utils.module_loading import import_string

from floorwalker.web.pulse.asked import Asked
from floorwalker.web.pulse.queries import Desk
from floorwalker.web.pulse.usual import NOTHING_TOLD, Told
from floorwalker.web.ui.charts import Marks
from floorwalker.web.ui.reader import Reader

NO_MARKS = Marks()


@dataclass(frozen=True)
class StoryLine:
    """One line of the list under the chart, numbered as on it when it has a story. `shape` chooses the verdict's drawing."""

    number: str
    text: str
    by: str
    url: str
    shape: str
    verdict: str
    sentence: str


@dataclass(frozen=True)
class Known:
    """What is drawn on a chart, what the usual is told, and the list below."""

    marks: Marks = NO_MARKS
    told: Told = NOTHING_TOLD
    stories: tuple[StoryLine, ...] = ()


Teller = Callable[[Desk, Asked, Reader], Known]


def known_of(desk: Desk, ask: Asked, reader: Reader) -> Known:
    """What the app that follows changes (`pulse_teller` of its AppConfig) knows about what is asked."""
    for config in apps.get_app_configs():
        if place := getattr(config, "pulse_teller", None):
            teller: Teller = import_string(place)
            return teller(desk, ask, reader)
    return Known()
