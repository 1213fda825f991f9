"""Where the laws look."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "floorwalker"
WEB = SOURCE / "web"


def code() -> list[Path]:
    """Every Python file of the product and of its scripts, benchmarks and tests; migrations are written by a machine."""
    places = [SOURCE, ROOT / "scripts", ROOT / "bench", ROOT / "tests"]
    found = [file for place in places if place.exists() for file in place.rglob("*.py")]
    return sorted(file for file in found if "migrations" not in file.parts)


def name(file: Path) -> str:
    """A file's path from the root of the repository."""
    return file.relative_to(ROOT).as_posix()
