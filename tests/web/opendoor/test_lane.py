"""The open door in a reader's own day."""

from collections.abc import Callable

from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.opendoor.actions import book, close_door
from floorwalker.web.opendoor.models import Opening, Slot
from floorwalker.web.planning.lane import lane_of
from floorwalker.web.ui.reader import Reader
from tests.web.conftest import Cast
from tests.web.opendoor.conftest import DAY, NOW

As = Callable[[str], Viewer]
READER = Reader("en", "Europe/Warsaw")


def day_of(viewer: Viewer) -> list[tuple[int, int, str, str]]:
    return [(block.start, block.end, block.label, block.note) for block in lane_of(viewer, DAY, READER)]


def test_the_host_has_the_whole_door_in_one_block_and_the_guest_their_slot(cast: Cast, viewer: As, slots: list[Slot]) -> None:
    book(slots[1], cast.person("Omid"), viewer("Omid"), NOW)
    assert day_of(viewer("Mina")) == [(14 * 60, 15 * 60, "Open door", "1 of 4 taken")]
    assert day_of(viewer("Omid")) == [(14 * 60 + 15, 14 * 60 + 30, "Open door", "Mina")]


def test_nobody_elses_day_tells_of_it(cast: Cast, viewer: As, slots: list[Slot]) -> None:
    book(slots[1], cast.person("Omid"), viewer("Laleh"), NOW)
    assert [day_of(viewer(name)) for name in ("Laleh", "Samira", "Viktor", "Ada")] == [[], [], [], []]


def test_a_door_called_off_leaves_both_days(cast: Cast, viewer: As, slots: list[Slot], opening: Opening) -> None:
    book(slots[1], cast.person("Omid"), viewer("Omid"), NOW)
    close_door(opening, "", viewer("Mina"), NOW)
    assert [day_of(viewer(name)) for name in ("Mina", "Omid")] == [[], []]
