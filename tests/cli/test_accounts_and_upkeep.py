"""`init`, `user`, `doctor`, `backup` and `restore` as somebody types them: real processes, a real data directory."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


class Terminal:
    """A terminal with a data directory of its own."""

    def __init__(self, data: Path, language: str = "C.UTF-8") -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("FLOORWALKER_", "DATABASE", "LC_"))}
        self.variables = {**kept, "FLOORWALKER_DATA": str(data), "LANG": language}

    def __call__(self, *words: str, typed: str = "", expect: int = 0) -> str:
        command = [sys.executable, "-m", "floorwalker.cli.main", *words]
        done = subprocess.run(command, env=self.variables, input=typed, capture_output=True, text=True, check=False)
        assert done.returncode == expect, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "data")


def test_from_nothing_to_a_centre_that_is_kept_and_made_again(terminal: Terminal, tmp_path: Path) -> None:
    told = terminal("init", "--name", "Vistula", "--tz", "Europe/Warsaw")
    assert "The site Vistula is made." in told
    assert re.search(r"/set-up/[0-9a-f]{40}/", told)
    assert "is there already" in terminal("init")
    added = ("user", "add", "mina@vistula.example", "--name", "Mina", "--role", "manager")
    assert "Mina may sign in" in terminal(*added, typed="seven quiet peaks\nseven quiet peaks\n")
    assert "/set-up/" not in terminal("init")
    assert terminal("user", "list").split("\t")[:3] == ["mina@vistula.example", "Mina", "manager"]

    archive = str(tmp_path / "monday.tar")
    assert "Keep it safe" in terminal("backup", archive)
    assert "--force" in terminal("backup", archive, expect=1)
    elsewhere = Terminal(tmp_path / "elsewhere")
    assert "Everybody signs in anew" in elsewhere("restore", archive)
    assert "mina@vistula.example" in elsewhere("user", "list")
    assert "--force replaces" in elsewhere("restore", archive, expect=1)


def test_the_doctor_ends_with_one_until_everything_is_made(terminal: Terminal) -> None:
    assert "floorwalker init" in terminal("doctor", expect=1)
    terminal("init")
    told = terminal("doctor", "--mend")
    assert "Nobody can sign in yet" in told
    assert "Everything works" in told


def test_the_doctor_speaks_the_terminals_language(tmp_path: Path) -> None:
    persian = Terminal(tmp_path / "data", language="fa_IR.UTF-8")
    persian("init")
    assert "پایگاه داده پاسخ می‌دهد" in persian("doctor")


def test_a_lost_password_is_renewed_and_an_account_closed(terminal: Terminal) -> None:
    terminal("init")
    terminal(
        "user", "add", "omid@vistula.example", "--name", "Omid", "--role", "agent", "--team", "Billing", "--password", "x" * 12
    )
    assert "/welcome/" in terminal("user", "password", "Omid@vistula.example", "--link")
    assert "new password" in terminal(
        "user", "password", "omid@vistula.example", typed="nine loud valleys\nnine loud valleys\n"
    )
    assert "from now on" in terminal("user", "disable", "omid@vistula.example")
    assert "closed" in terminal("user", "list")
    assert "Nobody signs in as who@vistula.example" in terminal("user", "disable", "who@vistula.example", expect=1)


@pytest.mark.parametrize("zone", ["Atlantis/Deep", "../etc/passwd"])
def test_a_zone_that_nobody_knows_makes_no_site(terminal: Terminal, zone: str) -> None:
    assert "no time zone" in terminal("init", "--tz", zone, expect=1)
