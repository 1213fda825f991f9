"""Bringing contacts in from CSV files: beside DuckDB writing the same file to Parquet, and one more day into many days."""

import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl

from bench.data import DAYS, batches
from bench.timing import Result, peak_mb, seconds
from floorwalker.sources.reading import Site
from floorwalker.sources.spreadsheet import SpreadsheetSource, look, suggest
from floorwalker.warehouse import FileManifest, Warehouse

CSV_ROWS = 5_000_000
CONTACTS = 10_000_000
TIMES = 7
SITE = Site(tz="UTC", source="bench", secret="bench", country="PL")  # noqa: S106 - no secret
MEMORY_MB = 1000


def run(scale: float, folder: Path) -> list[Result]:
    """A CSV of `scale` x 5 million contacts, and one more day into `scale` x 10 million contacts of 400 days."""
    folder.mkdir(parents=True, exist_ok=True)
    return [*of_a_file(int(CSV_ROWS * scale), folder), *of_a_day(int(CONTACTS * scale), folder)]


def of_a_file(rows: int, folder: Path) -> list[Result]:
    """One clean CSV into an empty warehouse, in a process of its own, so that its memory is seen."""
    path = folder / "contacts.csv"
    write_csv(path, batches(rows, DAYS))
    parquet = folder / "contacts.parquet"
    copied = f"COPY (SELECT * FROM read_csv('{path}')) TO '{parquet}' (FORMAT parquet)"  # noqa: S608 - our own paths
    peer = seconds(lambda: duckdb.connect().execute(copied))
    command = [sys.executable, "-m", "bench.imports", str(path), str(folder / "from csv")]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    taken, memory = float(told[0]), float(told[1])
    name = f"import of a CSV of {rows / 1e6:g}M contacts"
    return [
        Result(name, taken, "DuckDB to Parquet", peer, at_most=3),
        Result(f"its memory, in GB ({MEMORY_MB} MB at most)", memory / 1000, at_most_s=MEMORY_MB / 1000),
    ]


def of_a_day(contacts: int, folder: Path) -> list[Result]:
    """The CSV of one more day, into many days and into none."""
    full = opened(folder / "full")
    full.take(1, batches(contacts, DAYS))
    days = []
    for number in range(TIMES):
        path = folder / f"day {number}.csv"
        write_csv(path, batches(contacts // DAYS, 1, contacts * (number + 2), 7, DAYS + number))
        days.append(path)
    empties = [opened(folder / f"empty {number}") for number in range(TIMES)]
    into_none, into_many = iter(zip(empties, days, strict=True)), iter(enumerate(days))

    def none() -> None:
        empty, path = next(into_none)
        take(empty, 2, path)

    def many() -> None:
        number, path = next(into_many)
        take(full, number + 2, path)

    name = f"the CSV of one more day into {contacts / 1e6:g}M contacts"
    peer = seconds(none, TIMES)
    return [Result(name, seconds(many, TIMES), "into none", peer, at_most=1.2)]


def take(warehouse: Warehouse, import_id: int, path: Path) -> None:
    """Import a file as the product does: looked at, mapped, read, merged."""
    source = SpreadsheetSource(suggest(look(path, tz=SITE.tz)))
    warehouse.take(import_id, (batch.tables for batch in source.read([path], SITE)))


def opened(folder: Path) -> Warehouse:
    """A warehouse in a folder of its own."""
    return Warehouse(folder, FileManifest(folder / "manifest.sqlite"))


def write_csv(path: Path, made: object) -> None:
    """Contacts as a contact centre's system exports them."""
    with path.open("wb") as file:
        for number, tables in enumerate(made):  # type: ignore[call-overload]
            contact, leg = tables["contact"], tables["leg"]
            frame = contact.select(
                pl.col("native_id").alias("Contact ID"),
                pl.col("started_at").dt.replace_time_zone(None).alias("Start time"),
                pl.col("queue").alias("Queue"),
                pl.col("agent").alias("Agent"),
                pl.col("topic").alias("Reason"),
                pl.col("channel").alias("Channel"),
                (pl.col("customer_key") % 100_000_000 + 48_100_000_000).alias("Phone number"),
                leg["outcome"].alias("Outcome"),
                leg["wait_s"].alias("Wait time (s)"),
                leg["talk_s"].alias("Talk time (s)"),
                leg["hold_s"].alias("Hold time (s)"),
                leg["acw_s"].alias("After-call work (s)"),
            )
            file.write(frame.write_csv(include_header=number == 0, datetime_format="%Y-%m-%d %H:%M:%S").encode())


if __name__ == "__main__":
    spent = seconds(lambda: take(opened(Path(sys.argv[2])), 1, Path(sys.argv[1])), 1)
    print(spent, peak_mb())
