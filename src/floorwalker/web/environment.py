"""Reading settings from the environment, failing loudly with what was found and what was expected."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


class Environment:
    """The variables of one process, each read as the kind of value it must be."""

    def __init__(self, variables: Mapping[str, str] = os.environ) -> None:
        self._variables = variables

    def text(self, name: str, default: str) -> str:
        return self._variables.get(name, default)

    def words(self, name: str, default: list[str]) -> list[str]:
        found = self._variables.get(name)
        return default if found is None else [word.strip() for word in found.split(",") if word.strip()]

    def path(self, name: str, default: Path) -> Path:
        return Path(self._variables.get(name) or default).expanduser()

    def flag(self, name: str, default: bool) -> bool:
        found = self._variables.get(name)
        if found is None:
            return default
        if found.lower() not in YES + NO:
            raise ImproperlyConfigured(f"{name} is {found!r}; expected one of {', '.join(YES + NO[:-1])}.")
        return found.lower() in YES

    def number(self, name: str, default: int) -> int:
        found = self._variables.get(name)
        if not found:
            return default
        if not found.isdigit():
            raise ImproperlyConfigured(f"{name} is {found!r}; expected a whole number.")
        return int(found)

    def database(self, name: str, default_file: Path) -> dict[str, Any]:
        """Django's description of the records database: SQLite in `default_file`, or what a postgresql:// address says."""
        found = self._variables.get(name, "")
        if not found:
            return _sqlite(default_file)
        parts = urlsplit(found)
        if parts.scheme == "sqlite":
            return _sqlite(Path(unquote(parts.path)))
        if parts.scheme not in ("postgres", "postgresql"):
            raise ImproperlyConfigured(f"{name} begins with {parts.scheme!r}; expected postgresql://USER:PASSWORD@HOST/NAME.")
        options = dict(pair.split("=", 1) for pair in unquote(parts.query).split("&") if "=" in pair)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": options,
            "CONN_MAX_AGE": 60,
        }


def _sqlite(file: Path) -> dict[str, Any]:
    file.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
