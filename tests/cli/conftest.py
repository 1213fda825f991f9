"""Commands as they are typed, in this process on the test's own records, or in processes of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from floorwalker.cli.main import main
from floorwalker.web.accounts.models import Site


@pytest.fixture
def site(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    settings.DATA = tmp_path / "data"
    settings.WAREHOUSE = tmp_path / "warehouse"
    settings.MEDIA_ROOT = tmp_path / "uploads"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "FLOORWALKER_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    return Site.objects.create(pk=1, name="Vistula", tz="Europe/Warsaw", country="PL", weekend=[5, 6])


@pytest.fixture
def typed(site: Site) -> Callable[..., Result]:
    """Type a command; what it printed, and its exit code."""

    def run(*words: str | Path) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words])

    return run
