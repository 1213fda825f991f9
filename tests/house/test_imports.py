"""Imports run downwards, and rooms that must not know one another do not."""

import pytest
from importlinter.cli import lint_imports

from tests.house.places import ROOT


def test_every_import_contract_is_kept(capfd: pytest.CaptureFixture[str]) -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0, capfd.readouterr().out
