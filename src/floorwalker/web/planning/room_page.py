"""The room to spare of the coming week: a strip of days, the certificate of one of them, and all queues as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from floorwalker.web.accounts.models import Site
from floorwalker.web.planning import forecast_words, room_words
from floorwalker.web.planning.asking import Choice, address
from floorwalker.web.planning.certifying import CONFIDENCES, USUAL_CONFIDENCE
from floorwalker.web.planning.models import Certificate
from floorwalker.web.planning.promises import sums_of
from floorwalker.web.planning.queries import current_round, expected_of
from floorwalker.web.planning.room_strip import room_strip
from floorwalker.web.ui.charts import Picture
from floorwalker.web.ui.reader import Reader

DAYS = 8
COMPARED = 5

Found = Mapping[tuple[str, date], Certificate]


@dataclass(frozen=True)
class Asked:
    """What an address asks for; without a queue all of them, without a day the one with most room."""

    queue: str = ""
    day: date | None = None
    confidence: float = USUAL_CONFIDENCE

    def address(self, **other: str) -> str:
        """The address of the same question with other values."""
        confidence = f"{self.confidence:g}" if self.confidence != USUAL_CONFIDENCE else ""
        day = self.day.isoformat() if self.day else ""
        return address(**{"queue": self.queue, "day": day, "confidence": confidence, **other})


@dataclass(frozen=True)
class Cell:
    """A queue's room on one day: hours, and the certificate behind it."""

    words: str
    pk: str
    is_chosen: bool


@dataclass(frozen=True)
class Beside:
    """The certificate that is shown beside the strip, and what became of the queue's last ones."""

    pk: str
    title: str
    how_sure: str
    stretches: tuple[str, ...]
    binding: str
    ground: tuple[str, ...]
    past: tuple[str, ...]


@dataclass(frozen=True)
class RoomPage:
    """A strip, a certificate, and a table of queues by days; without rows there is nothing to say yet."""

    sentence: str
    lede: str
    warnings: tuple[str, ...]
    confidences: tuple[Choice, ...]
    strip: Picture | None
    choices: tuple[Choice, ...]
    beside: Beside | None
    days: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def room_page(site: Site, asked: Asked, today: date, reader: Reader) -> RoomPage:
    """The coming week with the chosen confidence."""
    days = [today + timedelta(step) for step in range(DAYS)]
    found = {(each.queue, each.day): each for each in _current(site, days, asked.confidence)}
    mine = {key: each for key, each in found.items() if asked.queue in ("", key[0])}
    per_day = {day: sum(room_words.hours(each) for (_q, at), each in mine.items() if at == day) for day in days}
    shown = _shown(mine, asked.day)
    strip = room_strip(site, asked.queue, days, mine, shown.day if shown else None, reader)
    told = {day: per_day[day] for day in days if any(at == day for _queue, at in mine)}
    return RoomPage(
        sentence=room_words.week(told, reader),
        lede=_lede(site, asked, reader),
        warnings=tuple(forecast_words.warnings(expected_of(site, asked.queue, today), current_round(site), today, reader)),
        confidences=tuple(
            Choice(f"{each:g}", room_words.confidence(each, reader), each == asked.confidence, _with(asked, each))
            for each in CONFIDENCES
        ),
        strip=strip,
        choices=tuple(
            Choice(
                day.isoformat(),
                reader.day(day, "dated"),
                bool(shown and day == shown.day),
                asked.address(day=day.isoformat()),
            )
            for day in told
        ),
        beside=_beside(shown, reader) if shown else None,
        days=tuple(reader.day(day, "dated") for day in days),
        rows=_rows(found, days, shown, reader),
    )


def _with(asked: Asked, confidence: float) -> str:
    return asked.address(confidence=f"{confidence:g}" if confidence != USUAL_CONFIDENCE else "")


def _current(site: Site, days: Sequence[date], confidence: float) -> list[Certificate]:
    """What stands for each queue and day; a promise of a person goes before what was worked out."""
    asked = Certificate.objects.filter(site=site, day__in=days, confidence=confidence, made=Certificate.Made.AHEAD)
    return list(asked.order_by("by", "pk"))


def _shown(mine: Found, day: date | None) -> Certificate | None:
    """The certificate to show: of the day that is asked for, or of any, the one that gives most."""
    on_day = [each for each in mine.values() if each.day == day]
    return max(on_day or mine.values(), key=lambda each: (room_words.hours(each), each.chance), default=None)


def _lede(site: Site, asked: Asked, reader: Reader) -> str:
    past = Certificate.objects.filter(site=site, kept__isnull=False, confidence=USUAL_CONFIDENCE).defer("plan", "ground")
    kept, given = sums_of(list(past.filter(queue=asked.queue) if asked.queue else past))
    return room_words.record(kept, given, reader) if given else ""


def _rows(
    found: Found, days: Sequence[date], shown: Certificate | None, reader: Reader
) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    queues = sorted({queue for queue, _day in found})
    return tuple((queue, tuple(_cell(found.get((queue, day)), shown, reader) for day in days)) for queue in queues)


def _cell(certificate: Certificate | None, shown: Certificate | None, reader: Reader) -> Cell:
    if certificate is None:
        return Cell("–", "", is_chosen=False)
    hours = room_words.hours(certificate)
    return Cell(room_words.in_short(hours, reader), str(certificate.pk), is_chosen=certificate == shown)


def _beside(certificate: Certificate, reader: Reader) -> Beside:
    title = gettext("%(queue)s, %(day)s") % {
        "queue": f"\u2068{certificate.queue}\u2069",
        "day": reader.day(certificate.day, "named"),
    }
    return Beside(
        pk=str(certificate.pk),
        title=title,
        how_sure=room_words.how_sure(certificate, reader),
        stretches=tuple(room_words.stretches(certificate, reader)),
        binding=room_words.binding(certificate, reader),
        ground=tuple(room_words.ground(certificate, reader)),
        past=tuple(room_words.in_hindsight(each, reader) for each in _last(certificate)),
    )


def _last(certificate: Certificate) -> list[Certificate]:
    """The queue's last certificates whose days are over."""
    over = Certificate.objects.filter(site=certificate.site, queue=certificate.queue, confidence=certificate.confidence)
    return list(over.filter(day__lt=certificate.day).exclude(outcome={}).order_by("-day", "-pk")[:COMPARED])
