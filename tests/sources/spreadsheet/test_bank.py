"""The real call log of a bank comes in by its saved mapping, and gives the facts that are known of it."""

from pathlib import Path

import polars as pl
import pytest

from floorwalker.sources.reading import Site
from floorwalker.sources.spreadsheet import Mapping, look
from tests.sources.spreadsheet.conftest import Reader, Writer, read_by

HOUSE = Path(__file__).parents[3]
BANK = HOUSE.parent / "shared" / "data" / "anonymous_bank"
MAPPING = Mapping.from_toml((HOUSE / "docs" / "formats" / "anonymous_bank.toml").read_text("utf-8"))
SITE = Site(tz="Asia/Jerusalem", source="bank", secret="secret")

needs_bank = pytest.mark.skipif(not BANK.is_dir(), reason=f"the bank's log is not at {BANK}")

HEADER = "\t".join(MAPPING.header)
SERVED = "AA0101\t33118\t2\t2\tPS\t990101\t6:55:20\t6:55:26\t6\t6:55:26\t6:55:43\t17\tAGENT\t6:55:43\t6:56:37\t54\tMICHAL"


@needs_bank
@pytest.mark.parametrize(
    ("month", "rows", "served", "mean_s", "hung_up"),
    [
        ("january", 31_599, 26_570, 186, 0.136),
        ("february", 33_344, 26_671, 179, 0.177),
        ("march", 38_801, 27_340, 189, 0.272),
        ("april", 32_036, 23_204, 216, 0.254),
    ],
)
def test_a_month_gives_its_known_facts(month: str, rows: int, served: int, mean_s: int, hung_up: float) -> None:
    found = read_by(MAPPING, [BANK / f"{month}.txt.gz"], SITE)
    assert (found.read, found.aside, found.codes) == (rows, 0, [])
    legs = found.tables["leg"]
    named = legs.filter((pl.col("outcome") == "answered") & pl.col("agent").is_not_null())
    assert named.height == served
    assert round(named["talk_s"].mean()) == mean_s  # type: ignore[arg-type]
    assert round((legs["outcome"] == "abandoned").mean(), 3) == hung_up  # type: ignore[arg-type]
    assert found.tables["contact"]["contact_key"].n_unique() == rows
    assert found.tables["contact"]["day"].dt.month().n_unique() == 1


@needs_bank
def test_the_log_is_recognised_nearly_whole_without_a_mapping() -> None:
    sighting = look(BANK / "january.txt.gz", tz="Asia/Jerusalem")
    assert (sighting.kind, sighting.delimiter) == ("contacts", "\t")
    guessed = {column.field: column.name for column in sighting.columns if column.field}
    wanted = {"started_at": "vru_entry", "wait_s": "q_time", "talk_s": "ser_time", "outcome": "outcome", "agent": "server"}
    assert wanted.items() <= guessed.items()
    assert sighting["vru_entry"].borrows == "date"


def test_a_served_call_is_read_field_by_field(write: Writer, read: Reader) -> None:
    found = read(write([HEADER, SERVED]), mapping=MAPPING, site=SITE)
    contact, leg = found.tables["contact"].row(0, named=True), found.tables["leg"].row(0, named=True)
    assert contact["native_id"] == "AA0101 33118 990101 6:55:20"
    assert contact["started_at"].isoformat() == "1999-01-01T04:55:20+00:00"
    assert (leg["queue"], leg["agent"], leg["wait_s"], leg["talk_s"], leg["outcome"]) == (
        "PS",
        "MICHAL",
        17.0,
        54.0,
        "answered",
    )
    assert contact["custom"] == '{"priority":"2","vru_time":"6","q_start":"6:55:26","outcome":"AGENT"}'
    assert contact["customer_key"] is not None


@pytest.mark.parametrize("server", ["NO_SERVER", "NO_SERVERAMA", "ANO_SERVERT"])
def test_nobody_is_nobody_in_every_spelling(server: str, write: Writer, read: Reader) -> None:
    found = read(write([HEADER, SERVED.replace("MICHAL", server)]), mapping=MAPPING, site=SITE)
    assert found.column("leg", "agent") == [None]


def test_customer_nought_is_unknown(write: Writer, read: Reader) -> None:
    found = read(write([HEADER, SERVED.replace("\t2\t2\t", "\t0\t2\t")]), mapping=MAPPING, site=SITE)
    assert found.column("contact", "customer_key") == [None]


def test_a_shifted_row_is_refused_and_not_read_askew(write: Writer, read: Reader) -> None:
    shifted = SERVED.replace("\t2\tPS\t", "\t0       TT\t")
    found = read(write([HEADER, SERVED, shifted]), mapping=MAPPING, site=SITE)
    assert (found.read, found.codes) == (2, [(3, "too_few_cells")])


def test_a_call_across_midnight_ends_on_the_next_day(write: Writer, read: Reader) -> None:
    late = (
        SERVED.replace("6:55:20", "23:59:50")
        .replace("6:55:26", "23:59:56")
        .replace("6:55:43", "0:00:13")
        .replace("6:56:37", "0:01:07")
    )
    leg = read(write([HEADER, late]), mapping=MAPPING, site=SITE).tables["leg"].row(0, named=True)
    assert leg["answered_at"].isoformat() == "1999-01-01T22:00:13+00:00"
    assert (leg["ended_at"] - leg["answered_at"]).total_seconds() == 54


def test_a_negative_time_in_the_voice_unit_costs_nothing(write: Writer, read: Reader) -> None:
    odd = SERVED.replace("6:55:26\t6\t", "6:54:26\t-54\t")
    found = read(write([HEADER, odd]), mapping=MAPPING, site=SITE)
    assert found.codes == []
    assert '"vru_time":"-54"' in str(found.column("contact", "custom")[0])
