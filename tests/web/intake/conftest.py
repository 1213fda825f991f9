"""Bringing files in as a planner does it in the browser, the background work done at once."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from floorwalker.core.measures import Question
from floorwalker.web.intake.actions import undo_asked
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.intake.running import run
from tests.web.conftest import Cast


@dataclass
class Desk:
    """Somebody at a browser."""

    client: Client

    def upload(self, *places: Path) -> list[Import]:
        """Upload files; the imports that came of it, oldest first."""
        before = set(Import.objects.values_list("pk", flat=True))
        with ExitStack() as stack:
            files = [stack.enter_context(place.open("rb")) for place in places]
            response = self.client.post("/bring-in/", {"files": files})
        assert response.status_code == 302
        return list(Import.objects.exclude(pk__in=before).order_by("pk"))

    def start(self, coming: Import, **fields: str) -> Import:
        """Press the main button, and let the background do its work."""
        posted = {name.replace("__", "-"): value for name, value in fields.items()}
        assert self.client.post(f"/bring-in/{coming.pk}/start/", posted).status_code == 302
        return run(coming.pk)

    def undo(self, coming: Import) -> None:
        """Press the button that takes an import back, and let the background do its work."""
        assert self.client.post(f"/bring-in/{coming.pk}/undo/").status_code == 302
        undo_asked(coming.pk)

    def bring(self, place: Path, **fields: str) -> Import:
        """From a file to a whole import, its times read on the site's clock."""
        (coming,) = self.upload(place)
        return self.start(coming, **{"answer__time_zone": "Europe/Warsaw", **fields})

    def page(self, coming: Import) -> str:
        """The text of an import's page."""
        response = self.client.get(f"/bring-in/{coming.pk}/")
        assert response.status_code == 200
        text = response.content.decode().replace("\u2068", "").replace("\u2069", "")
        return " ".join(text.split())


@pytest.fixture
def desk(as_mina: Client) -> Desk:
    """The manager's."""
    return Desk(as_mina)


@pytest.fixture
def value(cast: Cast) -> Callable[[str], float | None]:
    """The value of a measure over everything."""

    def of(measure: str) -> float | None:
        return open_warehouse(cast.site).answer(Question((measure,))).value(measure)

    return of


@pytest.fixture(autouse=True)
def no_raw_value() -> Any:
    """While these tests run, no raw number or date may reach a page."""
    from tests.web.raw_values import refused

    with refused():
        yield
