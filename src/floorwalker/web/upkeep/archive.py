"""The archive of a backup: one tar file.

about.json       format, version, when, migrations that its records need; first, so that a look at the head is enough
records/*.jsonl  every record of Floorwalker's own tables, one JSON object a line
secrets/*        what makes sessions and hashed customers stay what they are
warehouse/**     every file that the records refer to
checksums.json   SHA-256 of all of these; last, so that an archive without it is known to be cut short
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

FORMAT = 1
ABOUT, CHECKSUMS = "about.json", "checksums.json"
ROOMS = ("records", "secrets", "warehouse")


class Damaged(Exception):
    """An archive that must not be trusted. `code` names why, `facts` fill its sentence."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts


class Writer:
    """Adds members and keeps their checksums."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._sums: dict[str, str] = {}

    def add_json(self, name: str, value: object) -> None:
        self._add(name, io.BytesIO(json.dumps(value, ensure_ascii=False, indent=1).encode()), None)

    def add_file(self, name: str, file: Path) -> None:
        with file.open("rb") as content:
            self._add(name, content, file.stat().st_size)

    def finish(self) -> None:
        self.add_json(CHECKSUMS, dict(self._sums))

    def _add(self, name: str, content: IO[bytes], size: int | None) -> None:
        member = tarfile.TarInfo(name)
        member.mode = 0o600
        member.size = len(content.getbuffer()) if isinstance(content, io.BytesIO) else size or 0
        summing = _Summing(content)
        self._tar.addfile(member, summing)
        self._sums[name] = summing.sum()


class _Summing(io.RawIOBase):
    """A file that is read while its checksum is taken."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._content.read(size)
        self._hash.update(block)
        return block

    def sum(self) -> str:
        return self._hash.hexdigest()


@contextmanager
def written(file: Path) -> Iterator[Writer]:
    """A new archive, readable by its owner only; it appears whole or not at all."""
    coming = file.with_name(file.name + ".part")
    coming.unlink(missing_ok=True)
    coming.touch(mode=0o600)
    try:
        with tarfile.open(coming, "w", format=tarfile.PAX_FORMAT) as tar:
            writer = Writer(tar)
            yield writer
            writer.finish()
        coming.replace(file)
    finally:
        coming.unlink(missing_ok=True)


def unpack(file: Path, place: Path) -> dict[str, object]:
    """Unpacks a whole archive below `place` and checks every byte of it; what about.json says.

    Raises
    ------
    Damaged
        `no_archive`, `newer_format`, `cut_short`, `strange_member`, `changed_member`.
    """
    try:
        with tarfile.open(file) as tar:
            sums = dict(_unpacked(tar, place))
    except (tarfile.TarError, EOFError) as error:
        raise Damaged("no_archive", path=str(file)) from error
    if CHECKSUMS not in sums or ABOUT not in sums:
        raise Damaged("cut_short", path=str(file))
    about: dict[str, object] = json.loads((place / ABOUT).read_text())
    if about.get("format") != FORMAT:
        raise Damaged("newer_format", path=str(file))
    promised: dict[str, str] = json.loads((place / CHECKSUMS).read_text())
    for name in sorted(promised.keys() | (sums.keys() - {CHECKSUMS})):
        if promised.get(name) != sums.get(name):
            raise Damaged("changed_member", path=str(file), name=name)
    return about


def _unpacked(tar: tarfile.TarFile, place: Path) -> Iterator[tuple[str, str]]:
    for member in tar:
        path = PurePosixPath(member.name)
        is_known = member.name in (ABOUT, CHECKSUMS) or (path.parts[0] in ROOMS and len(path.parts) > 1)
        content = tar.extractfile(member) if member.isreg() else None
        if content is None or not is_known or ".." in path.parts or path.is_absolute():
            raise Damaged("strange_member", name=member.name)
        yield member.name, _copied(content, place / path)


def _copied(content: IO[bytes], goal: Path) -> str:
    goal.parent.mkdir(parents=True, exist_ok=True)
    sum_ = hashlib.sha256()
    with goal.open("wb") as file:
        while block := content.read(1 << 20):
            sum_.update(block)
            file.write(block)
    return sum_.hexdigest()
