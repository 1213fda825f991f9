"""The list of commands, in a process of its own as at a terminal: nothing is set up before a command is chosen."""

import os
import subprocess
import sys

import pytest

from floorwalker.cli.main import COMMANDS


def told(*words: str) -> str:
    """What the command prints where no variable of ours or of Django's is set."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("FLOORWALKER_", "DJANGO_"))}
    command = [sys.executable, "-m", "floorwalker.cli.main", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=bare).stdout


def test_every_command_is_listed_with_what_it_does() -> None:
    listed = told("--help").partition("Commands:")[2]
    lines = {name: rest for name, _, rest in (line.strip().partition(" ") for line in listed.splitlines()) if name in COMMANDS}
    assert set(lines) == set(COMMANDS)
    assert [name for name, words in lines.items() if not words.strip()] == []


@pytest.mark.parametrize("command", ["doctor", "import", "patterns", "forecast", "staffing"])
def test_a_command_explains_itself(command: str) -> None:
    assert "Usage:" in told(command, "--help")
