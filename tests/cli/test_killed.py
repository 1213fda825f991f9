"""An import whose process is killed at any moment is whole or invisible; two at once are both whole."""

import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.web.intake import files

KILLED = -9
COMMAND = (sys.executable, "-m", "floorwalker.cli.main")
KILLS_ITSELF = """
import os, signal, sys
import django
django.setup()
from floorwalker.cli.bringing import Wishes, bring_in
from floorwalker.web.intake import running
from pathlib import Path

moment = getattr(running._Run, sys.argv[1])

def die(*facts, **named):
    if sys.argv[1] != "_account":
        moment(*facts, **named)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(running._Run, sys.argv[1], die)
bring_in([Path(sys.argv[2])], Wishes(tz="Europe/Warsaw", source="pbx"))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a site, to be copied."""
    data = tmp_path_factory.mktemp("made") / "data"
    typed(data, "init", "--name", "Vistula", "--tz", "Europe/Warsaw")
    return data


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data"))


def environment(data: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "LANG", "LC_ALL")}
    return own | {"FLOORWALKER_DATA": str(data), "DJANGO_SETTINGS_MODULE": "floorwalker.web.settings"}


def typed(data: Path, *words: str | Path) -> str:
    done = subprocess.run(
        [*COMMAND, *map(str, words)], env=environment(data), capture_output=True, text=True, check=False, timeout=120
    )
    return done.stdout + done.stderr


def offered(data: Path) -> float | None:
    found = json.loads(typed(data, "measure", "--measures", "offered", "--format", "json"))
    value: float | None = found[0]["offered"] if found else None
    return value


@pytest.mark.parametrize("moment", ["_note", "_become_whole"])
def test_killed_before_the_commit_nothing_is_visible_and_it_can_be_done_again(data: Path, tmp_path: Path, moment: str) -> None:
    calls = files.csv(tmp_path / "calls.csv", files.contacts(50))

    killed = subprocess.run(
        [sys.executable, "-c", KILLS_ITSELF, moment, str(calls)], env=environment(data), capture_output=True, check=False
    )

    assert killed.returncode == KILLED
    assert offered(data) in (None, 0)
    assert "Stopped half-way" in typed(data, "imports")
    assert "50 rows were brought in." in typed(data, "import", calls, "--tz", "Europe/Warsaw", "--source", "pbx")
    assert offered(data) == 50


def test_killed_after_the_commit_it_is_whole(data: Path, tmp_path: Path) -> None:
    calls = files.csv(tmp_path / "calls.csv", files.contacts(50))

    subprocess.run([sys.executable, "-c", KILLS_ITSELF, "_account", str(calls)], env=environment(data), check=False)

    assert offered(data) == 50
    assert "Brought in" in typed(data, "imports")
    assert "Nothing has changed" in typed(data, "import", calls, "--tz", "Europe/Warsaw", "--source", "pbx")


def test_two_imports_at_once_are_both_whole(data: Path, tmp_path: Path) -> None:
    """Two sources whose contacts lie on the same two days, in two processes."""
    places = []
    for name, shift in (("calls", 0), ("chats", 1)):
        rows = [*files.contacts(40), *files.contacts(40, first=files.FIRST + timedelta(days=1, minutes=shift))[1:]]
        numbered = [rows[0], *((f"{row[0]}-{number}", *row[1:]) for number, row in enumerate(rows[1:]))]
        places.append(files.csv(tmp_path / f"{name}.csv", numbered))

    running = [
        subprocess.Popen(
            [*COMMAND, "import", str(place), "--tz", "Europe/Warsaw", "--source", place.stem],
            env=environment(data),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for place in places
    ]
    said = [process.communicate(timeout=120) for process in running]

    assert [process.returncode for process in running] == [0, 0], said
    assert all("80 rows were brought in." in out for out, _err in said)
    assert offered(data) == 160
