"""Real files, from their original form to the numbers that are known of them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from floorwalker.web.intake.models import Import

Typed = Callable[..., Result]
HOUSE = Path(__file__).parents[2]
DATA = HOUSE.parent / "shared" / "data"
BANK = DATA / "anonymous_bank"
ASTERISK = DATA / "export_samples" / "asterisk"
SHEETS = DATA / "export_samples" / "spreadsheets" / "encodings"

BANK_MONTHS = {
    "1999-01-01": (26_570, 186, 0.136),
    "1999-02-01": (26_671, 179, 0.177),
    "1999-03-01": (27_340, 189, 0.272),
    "1999-04-01": (23_204, 216, 0.254),
}
"""Calls served by a named agent, their mean service in seconds, and the share that hung up."""


@pytest.mark.skipif(not BANK.is_dir(), reason=f"the bank's log is not at {BANK}")
def test_four_months_of_a_bank_give_their_monthly_facts(typed: Typed) -> None:
    files = [BANK / f"{month}.txt.gz" for month in ("january", "february", "march", "april")]
    mapping = HOUSE / "docs" / "formats" / "anonymous_bank.toml"

    done = typed("import", *files, "--source", "anonymous_bank", "--mapping", mapping)

    assert done.exit_code == 0, done.output
    coming = Import.objects.get()
    assert coming.count("read") == 135_780
    assert coming.count("read") == sum(coming.count(name) for name in ("kept", "updated", "unchanged", "refused", "aside"))
    served = ("measure", "--measures", "answered,talk_time", "--by", "month", "--where", "server=*", "--format", "json")
    hung_up = ("measure", "--measures", "abandonment_rate", "--definition", "abandonment_rate=of_offered", "--by", "month")
    by_month = {row["month"]: row for row in json.loads(typed(*served).stdout)}
    lost = {row["month"]: row["abandonment_rate"] for row in json.loads(typed(*hung_up, "--format", "json").stdout)}
    found = {month: (row["answered"], round(row["talk_time"]), round(lost[month], 3)) for month, row in by_month.items()}
    assert found == BANK_MONTHS


@pytest.mark.skipif(not BANK.is_dir(), reason=f"the bank's log is not at {BANK}")
def test_one_queue_by_day_under_the_banks_own_names(typed: Typed) -> None:
    mapping = HOUSE / "docs" / "formats" / "anonymous_bank.toml"
    typed("import", BANK / "january.txt.gz", "--source", "anonymous_bank", "--mapping", mapping)

    done = typed(
        *("measure", "--measures", "aht,service_level", "--by", "queue,day", "--from", "1999-01-01", "--to", "1999-01-31"),
        *("--where", "type=PS", "--format", "json"),
    )

    rows = json.loads(done.stdout)
    assert {row["queue"] for row in rows} == {"PS"}
    assert len(rows) == 29  # 11 and 12 January are missing from the log
    assert rows[0]["day"] == "1999-01-01"


@pytest.mark.skipif(not ASTERISK.is_dir(), reason=f"the recorded logs are not at {ASTERISK}")
@pytest.mark.parametrize("log", ["queue_log.asterisk-16.28.txt", "queue_log.asterisk-22.10.txt"])
def test_a_recorded_asterisk_log_comes_in(typed: Typed, log: str) -> None:
    done = typed("import", ASTERISK / log)

    assert done.exit_code == 0, done.output
    coming = Import.objects.get()
    assert coming.reader == Import.Reader.QUEUE_LOG
    assert coming.count("read") == sum(coming.count(name) for name in ("kept", "updated", "unchanged", "refused", "aside"))
    expected = json.loads((ASTERISK / "expected_contacts.asterisk-22.10.json").read_text())
    if "22.10" in log:
        contacts = expected["contacts"] if isinstance(expected, dict) else expected
        assert coming.count("kept") == len({contact["callid"] for contact in contacts})
    assert "Nothing has changed" in typed("import", ASTERISK / log).output


@pytest.mark.skipif(not SHEETS.is_dir(), reason=f"the saved spreadsheets are not at {SHEETS}")
def test_every_saved_spreadsheet_comes_in(typed: Typed) -> None:
    places = [place for place in sorted(SHEETS.iterdir()) if place.suffix == ".csv"]
    assert places
    failed = {}
    for place in places:
        done = typed("import", place, "--yes", "--source", place.stem)
        if done.exit_code:
            failed[place.name] = done.output
    assert failed == {}
