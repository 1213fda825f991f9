"""Bringing contacts in: one more day into many days."""

from pathlib import Path

from bench.data import DAYS, batches
from bench.timing import Result, peak_mb, seconds
from floorwalker.warehouse import FileManifest, Warehouse

CONTACTS = 10_000_000
TIMES = 5


def run(scale: float, folder: Path) -> list[Result]:
    """One more day into `scale` x 10 million contacts of 400 days, beside the same day into none."""
    contacts = int(CONTACTS * scale)
    full = opened(folder / "full")
    before = peak_mb()
    taken = seconds(lambda: full.take(1, batches(contacts, DAYS)), 1)
    days = [list(batches(contacts // DAYS, 1, contacts * 2 + number * contacts, 7, DAYS + number)) for number in range(TIMES)]
    numbers = iter(range(TIMES))
    empties = [opened(folder / f"empty {number}") for number in range(TIMES)]

    def into_none() -> None:
        number = next(numbers)
        empties[number].take(2, days[number])

    none = seconds(into_none, TIMES)
    numbers = iter(range(TIMES))

    def into_many() -> None:
        number = next(numbers)
        full.take(number + 2, days[number])

    many = seconds(into_many, TIMES)
    name = f"{contacts / 1e6:g}M contacts with a leg each"
    return [
        Result(f"import of {name}, memory {before:.0f} -> {peak_mb():.0f} MB", taken),
        Result(f"one more day into {name}", many, "into none", none, at_most=1.2),
    ]


def opened(folder: Path) -> Warehouse:
    """A warehouse in a folder of its own."""
    return Warehouse(folder, FileManifest(folder / "manifest.sqlite"))
