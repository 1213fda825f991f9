"""Certificates whose day is over, compared with what really came."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np
import polars as pl

from floorwalker.core import staffing
from floorwalker.core.measures import Question
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.accounts.models import Site
from floorwalker.web.planning.attendance import Attendance
from floorwalker.web.planning.history import STEP, Known
from floorwalker.web.planning.models import Certificate
from floorwalker.web.planning.needs import day_level, mean_chat_s


def compare(site: Site, warehouse: Warehouse, known: Known, seen: Attendance, now: datetime) -> int:
    """Judge the certificates of days that are over and wholly known by what really came; how many were judged."""
    over = min(known.last_day, now.date() - timedelta(1))
    waiting = list(Certificate.objects.filter(site=site, day__lte=over, outcome={}, promised_at__isnull=False))
    if not waiting:
        return 0
    days = sorted({each.day for each in waiting})
    asked = Question(("aht", "service_level"), ("queue", "day"), days[0], days[-1])
    measured = {(row["queue"], row["day"]): row for row in warehouse.answer(asked).frame.iter_rows(named=True)}
    counts = known.counts.filter(pl.col("start").dt.date().is_in(days))
    came = counts.with_columns(day=pl.col("start").dt.date()).partition_by("queue", "day", as_dict=True)
    judged = [
        judge(each, rows, measured.get((each.queue, each.day), {}), seen.get(each.queue, {}).get(each.day))
        for each in waiting
        if (rows := came.get((each.queue, each.day))) is not None
    ]
    Certificate.objects.bulk_update(judged, ["outcome", "kept"])
    return len(judged)


def judge(
    certificate: Certificate, came: pl.DataFrame, measured: Mapping[str, float | None], seen: tuple[int, int] | None = None
) -> Certificate:
    """Play the day with its true contacts and handle time and with who really came, everything granted taken off; kept when its
    target was met. Where it is not known who came (`seen`: planned, missing), as many are away as was assumed.

    Where nothing was granted there was no promise to keep.
    """
    plan, ground = certificate.plan, certificate.ground
    at = {each.hour * 60 + each.minute: float(count) for each, count in came.select("start", "contacts").iter_rows()}
    contacts = np.array([at.get(minute, 0.0) for minute in plan["minutes"]])
    aht = float(measured.get("aht") or ground["aht_s"])
    away = seen[1] / seen[0] if seen else ground["absence"]
    planned = np.array(plan["planned"])
    people = np.maximum(planned * (1 - away) - np.array(plan["spare"]), 0.0) * (1 - ground["shrinkage"])
    chats = tuple(ground.get("chat_s", ()))
    people = people if chats else people * ground["at_once"]
    serving = staffing.Serving(STEP * 60, ground["aht_s"], ground["patience_s"], ground["threshold_s"], chats)
    there = planned * (1 - away) * (1 - ground["shrinkage"])
    slower = aht / (mean_chat_s(contacts, serving, there) or ground["aht_s"]) if chats else aht / ground["aht_s"]
    level = day_level(contacts, serving, ground["definition"], people, slower)
    certificate.outcome = {
        "level": level if level is None else round(level, 4),
        "contacts": float(contacts.sum()),
        "aht_s": round(aht, 1),
        "measured": measured.get("service_level"),
        "missing": list(seen) if seen else None,
    }
    certificate.kept = level >= ground["target"] if certificate.grants and level is not None else None
    return certificate
