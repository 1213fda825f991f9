"""`floorwalker blocks certify` on plain files."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from floorwalker.cli.main import main
from floorwalker.core import staffing

DAY = datetime(2024, 3, 4)  # noqa: DTZ001 - local time, a Monday
SLOTS = 20
SHAPE = 20 + 150 * np.exp(-(((np.arange(SLOTS) - 8) / 6) ** 2))


def history(days: int = 70, queue: str = "phone") -> str:
    """Weekdays before `DAY` with a factor for each day."""
    rng, lines = np.random.default_rng(4), ["queue,start,contacts"]
    for back in range(days, 0, -1):
        day = DAY - timedelta(days=back)
        if day.weekday() < 5:
            counts = rng.poisson(SHAPE * np.exp(rng.normal(0, 0.06)))
            lines += [f"{queue},{day + timedelta(hours=8, minutes=30 * k)},{count}" for k, count in enumerate(counts)]
    return "\n".join(lines) + "\n"


def rota(share: float = 1.3, day: datetime = DAY) -> str:
    agents = np.ceil(staffing.required(SHAPE, 1800, 240, 150, 0.8, 20) * share).astype(int)
    lines = [f"{day + timedelta(hours=8, minutes=30 * k)},{n}" for k, n in enumerate(agents)]
    return "start,agents\n" + "\n".join(lines) + "\n"


def certified(folder: Path, history_text: str, rota_text: str, *more: str, day: datetime = DAY) -> tuple[Result, Any]:
    (folder / "history.csv").write_text(history_text)
    (folder / "staff.csv").write_text(rota_text)
    files = ["--history", f"{folder}/history.csv", "--staff", f"{folder}/staff.csv", "--output", f"{folder}/c.json"]
    numbers = ["--aht", "240", "--patience", "150", "--target", "0.8", "--threshold", "20", "--confidence", "0.9"]
    done = CliRunner().invoke(main, ["blocks", "certify", "--day", f"{day:%Y-%m-%d}", *files, *numbers, *more])
    written = folder / "c.json"
    return done, json.loads(written.read_text()) if written.exists() else None


def test_a_well_staffed_day_gets_room_in_every_interval(tmp_path: Path) -> None:
    done, seen = certified(tmp_path, history(), rota())

    assert done.exit_code == 0, done.output
    assert seen["p_meet"] > 0.95
    assert seen["p_meet_lower"] <= seen["p_meet"]
    assert [row["start"] for row in seen["max_off_queue"]][:2] == ["2024-03-04 08:00:00", "2024-03-04 08:30:00"]
    assert min(row["agents"] for row in seen["max_off_queue"]) >= 0
    assert sum(row["agents"] for row in seen["max_off_queue"]) > 10
    assert seen["p_meet_off_lower"] >= 0.9
    assert seen["assumptions"]["patience_s"] == 150


def test_a_thin_day_is_promised_nothing(tmp_path: Path) -> None:
    _, seen = certified(tmp_path, history(), rota(0.8))

    assert seen["p_meet"] < 0.9
    assert {row["agents"] for row in seen["max_off_queue"]} == {0}
    assert seen["binding"]


def test_a_rota_with_rows_that_cannot_be_right_names_them_and_writes_nothing(tmp_path: Path) -> None:
    wrong = rota() + "2024-03-04 08:30:00,4\n2024-03-05 08:00:00,4\n2024-03-04 20:00:00,many\n"
    done, seen = certified(tmp_path, history(), wrong)

    assert done.exit_code == 1
    assert seen is None
    assert "line=22 column=start code=twice found=2024-03-04 08:30:00" in done.stderr
    assert "line=23 column=start code=other_day found=2024-03-05 08:00:00" in done.stderr
    assert "line=24 column=agents code=not_a_number found=many" in done.stderr


def test_an_interval_for_which_nothing_is_forecast_is_told_and_gives_nobody(tmp_path: Path) -> None:
    done, seen = certified(tmp_path, history(), rota() + "2024-03-04 23:00:00,9\n")

    assert done.exit_code == 0
    assert "start=2024-03-04 23:00:00 code=not_forecast" in done.stderr
    assert seen["max_off_queue"][-1] == {"start": "2024-03-04 23:00:00", "agents": 0, "service_level": None}


def test_contacts_outside_the_rota_are_told(tmp_path: Path) -> None:
    short = "\n".join(rota().splitlines()[:-2]) + "\n"
    _, seen = certified(tmp_path, history(), short)

    assert seen["assumptions"]["contacts_outside_the_rota"] > 20


def test_a_bad_row_of_the_history_is_left_out_and_told(tmp_path: Path) -> None:
    done, seen = certified(tmp_path, history() + "phone,2024-03-01 18:30:00,-4\n", rota())

    assert done.exit_code == 0
    assert "code=negative found=-4" in done.stderr
    assert seen["p_meet"] > 0.9


def test_where_nothing_is_known_nothing_is_promised(tmp_path: Path) -> None:
    done, seen = certified(tmp_path, "queue,start,contacts\nphone,2024-03-01 08:00:00,40\n", rota())

    assert done.exit_code == 0
    assert seen["p_meet"] < 0.9
    assert {row["agents"] for row in seen["max_off_queue"]} == {0}


@pytest.mark.parametrize(("queue", "code"), [((), 1), (("--queue", "chat"), 0), (("--queue", "fax"), 1)])
def test_with_several_queues_one_must_be_named(tmp_path: Path, queue: tuple[str, ...], code: int) -> None:
    both = history() + history(queue="chat").split("\n", 1)[1]
    done, _ = certified(tmp_path, both, rota(), *queue)

    assert done.exit_code == code
    assert code == 0 or "queue_unknown" in done.stderr
