"""Files that somebody handed over: received within a bound, kept under a safe name, never executed, deleted in time."""

import hashlib
import re
import shutil
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from floorwalker.web.intake.models import Import, ImportFile

_PIECE = 4 << 20
_NAME_MOST = 100


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Writes uploads to disk until they are larger than the site allows or the disk is full; then keeps none of them.

    The rest of the request is read and thrown away, so that the browser gets a page with a reason instead of a broken line.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        if self._received > settings.UPLOAD_LIMIT_BYTES:
            self._stop("too_large")
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            self._stop("disk_full")

    def _stop(self, reason: str) -> None:
        self.request.upload_stopped = reason  # type: ignore[union-attr]
        raise StopUpload(connection_reset=False)


def why_stopped(request: HttpRequest) -> str:
    """`too_large` or `disk_full` when the upload was not taken, else an empty text. Reads the request."""
    request.FILES  # noqa: B018 - the upload is received when it is first looked at
    return str(getattr(request, "upload_stopped", ""))


def folder_of(import_id: int) -> Path:
    """Where the files of an import lie."""
    return Path(settings.MEDIA_ROOT) / str(import_id)


def keep(coming: Import, number: int, uploaded: "UploadedFile[bytes]") -> ImportFile:
    """Keep an uploaded file below the uploads, under a name that is safe on every system."""
    name = plain_name(uploaded.name or "")
    place = folder_of(coming.pk) / f"{number}-{safe_name(name)}"
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with place.open("wb") as file:
        place.chmod(0o600)
        for piece in uploaded.chunks(_PIECE):
            file.write(piece)
            digest.update(piece)
            size += len(piece)
    stored = str(place.relative_to(settings.MEDIA_ROOT))
    return ImportFile.objects.create(of=coming, name=name, stored=stored, bytes=size, sha256=digest.hexdigest())


def refer(coming: Import, path: Path) -> ImportFile:
    """Note a file that is read where it lies, as the command line does."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    whole = path.resolve()
    return ImportFile.objects.create(
        of=coming, name=plain_name(path.name), stored=str(whole), bytes=whole.stat().st_size, sha256=digest
    )


def place_of(file: ImportFile) -> Path:
    """Where a file lies now: below the uploads, or where it was found."""
    return Path(settings.MEDIA_ROOT) / file.stored


def named(coming: Import, facts: Mapping[str, str | int | float]) -> dict[str, str | int | float]:
    """Facts with files called as their owner calls them, not as they are stored."""
    told = dict(facts)
    if "file" in told:
        told["file"] = names_of(coming).get(str(told["file"]), told["file"])
    return told


def names_of(coming: Import) -> dict[str, str]:
    """Each file's stored name, and what its owner calls it."""
    return {Path(file.stored).name: file.name for file in coming.files.all()}


def throw_away(coming: Import) -> None:
    """Delete what was uploaded for an import, and its list of refused rows."""
    shutil.rmtree(folder_of(coming.pk), ignore_errors=True)


def throw_away_old(now: datetime) -> int:
    """Delete the files of imports that ended, or were left lying, before the documented time; returns how many imports."""
    before = now - timedelta(days=settings.UPLOAD_KEEP_DAYS)
    old = [each for each in Import.objects.filter(made_at__lt=before) if folder_of(each.pk).exists() and not each.is_under_way]
    for each in old:
        throw_away(each)
    return len(old)


def plain_name(name: str) -> str:
    """The last part of a file name, without control characters, at most 200 letters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    return "".join(letter for letter in last if letter.isprintable())[-200:] or "file"


def safe_name(name: str) -> str:
    """Only ASCII letters, digits, dot, hyphen and underscore; the ending stays."""
    stem, dot, ending = name.rpartition(".")
    plain = re.sub(r"[^A-Za-z0-9_-]+", "_", stem if dot else name)[:_NAME_MOST].strip("_") or "file"
    kept = re.sub(r"[^A-Za-z0-9]+", "", ending)[:10]
    return f"{plain}.{kept.lower()}" if dot and kept else plain
