"""Every measure, declared once. Its page, CSV header, API field and documentation are derived from here."""

from collections.abc import Mapping

from floorwalker.core.measures.measure import Direction, Measure, Quantile, Ratio, Unit

HIGHER, LOWER, NEITHER = Direction.HIGHER, Direction.LOWER, Direction.NEITHER
SHARE, SECONDS, COUNT = Unit.SHARE, Unit.SECONDS, Unit.COUNT


def _count(name: str, sums: str) -> Measure:
    return Measure(name, COUNT, NEITHER, Ratio({sums: 1}), sample={sums: 1})


def _share(name: str, direction: Direction, top: str, bottom: str, smallest: int, of: str) -> Measure:
    return Measure(name, SHARE, direction, Ratio({top: 1}, {bottom: 1}), {bottom: 1}, {of: 1}, smallest)


def _mean(name: str, direction: Direction, top: str, bottom: str, of: str) -> Measure:
    return Measure(name, SECONDS, direction, Ratio({top: 1}, {bottom: 1}), {bottom: 1}, {of: 1}, smallest_sample=5)


def _quantile(name: str, spread: str, level: float, sample: str, of: str) -> Measure:
    smallest = 20 if level > 0.5 else 5
    return Measure(name, SECONDS, LOWER, Quantile(spread, level), {sample: 1}, {of: 1}, smallest)


IN_TIME = {"answered_in_time": 1}

_MEASURES = (
    _count("offered", "offered"),
    _count("answered", "answered"),
    _count("abandoned", "abandoned"),
    Measure(
        "service_level",
        SHARE,
        HIGHER,
        Ratio(IN_TIME, {"answered_timed": 1, "abandoned_timed": 1, "abandoned_short": -1}),
        sample={"answered_timed": 1, "abandoned_timed": 1, "abandoned_short": -1},
        of={"offered": 1},
        smallest_sample=20,
        others={
            "with_short_abandons": Ratio(IN_TIME, {"answered_timed": 1, "abandoned_timed": 1}),
            "answered_only": Ratio(IN_TIME, {"answered_timed": 1}),
            "with_all_lost": Ratio(
                IN_TIME, {"answered_timed": 1, "abandoned_timed": 1, "abandoned_short": -1, "lost_otherwise": 1}
            ),
        },
    ),
    Measure(
        "answer_rate",
        SHARE,
        HIGHER,
        Ratio({"answered": 1}, {"offered": 1}),
        sample={"offered": 1},
        smallest_sample=20,
    ),
    Measure(
        "abandonment_rate",
        SHARE,
        LOWER,
        Ratio({"abandoned": 1, "abandoned_short": -1}, {"answered": 1, "abandoned": 1, "abandoned_short": -1}),
        sample={"answered": 1, "abandoned": 1, "abandoned_short": -1},
        of={"offered": 1},
        smallest_sample=20,
        others={
            "with_short_abandons": Ratio({"abandoned": 1}, {"answered": 1, "abandoned": 1}),
            "of_offered": Ratio({"abandoned": 1}, {"offered": 1}),
        },
    ),
    _mean("asa", LOWER, "wait_s", "waited", "answered"),
    _quantile("asa_median", "wait", 0.5, "waited", "answered"),
    _quantile("asa_p90", "wait", 0.9, "waited", "answered"),
    Measure(
        "aht",
        SECONDS,
        NEITHER,
        Ratio({"handle_s": 1}, {"handled": 1}),
        sample={"handled": 1},
        of={"answered": 1},
        smallest_sample=5,
        others={"without_acw": Ratio({"handle_s": 1, "acw_s": -1}, {"handled": 1})},
    ),
    Measure("aht_median", SECONDS, NEITHER, Quantile("handle", 0.5), {"handled": 1}, {"answered": 1}, 5),
    Measure("aht_p90", SECONDS, NEITHER, Quantile("handle", 0.9), {"handled": 1}, {"answered": 1}, 20),
    _mean("talk_time", NEITHER, "talk_s", "talked", "answered"),
    _mean("hold_time", NEITHER, "hold_s", "held", "answered"),
    _mean("acw_time", NEITHER, "acw_s", "wrapped", "answered"),
    _share("transfer_rate", LOWER, "transferred", "transfer_known", 20, "answered"),
    _share("repeat_rate", LOWER, "came_back", "follow_known", 20, "contacts"),
    _share("fcr", HIGHER, "closed_first", "follow_known", 20, "contacts"),
    _share("fcr_asked", HIGHER, "fcr_yes", "fcr_asked", 10, "fcr_asked"),
    Measure(
        "csat",
        SHARE,
        HIGHER,
        Ratio({"csat_satisfied": 1}, {"csat_scored": 1}),
        sample={"csat_scored": 1},
        of={"csat_asked": 1},
        smallest_sample=10,
        others={"mean_score": Ratio({"csat_norm": 1}, {"csat_scored": 1})},
    ),
    _share("csat_response_rate", NEITHER, "csat_scored", "csat_asked", 20, "csat_asked"),
    Measure(
        "nps",
        Unit.POINTS,
        HIGHER,
        Ratio({"nps_promoters": 1, "nps_detractors": -1}, {"nps_scored": 1}, times=100),
        sample={"nps_scored": 1},
        smallest_sample=10,
    ),
    _mean("first_response_time", LOWER, "first_response_s", "first_responded", "contacts"),
    _quantile("first_response_median", "first_response", 0.5, "first_responded", "contacts"),
    _mean("resolution_time", LOWER, "resolution_s", "resolved", "contacts"),
    _quantile("resolution_median", "resolution", 0.5, "resolved", "contacts"),
    _share("reopen_rate", LOWER, "reopened", "reopen_known", 20, "contacts"),
    _share("short_contact_share", NEITHER, "short_contacts", "talked", 20, "answered"),
    Measure(
        "contacts_per_hour",
        Unit.PER_HOUR,
        NEITHER,
        Ratio({"answered": 1}, {"available_s": 1, "busy_s": 1}, times=3600),
        sample={"answered": 1},
        smallest_sample=5,
    ),
    Measure(
        "occupancy",
        SHARE,
        NEITHER,
        Ratio({"busy_s": 1}, {"busy_s": 1, "available_s": 1}),
        sample={"busy_s": 1, "available_s": 1},
        smallest_sample=900,
    ),
    Measure(
        "utilisation",
        SHARE,
        NEITHER,
        Ratio({"busy_s": 1}, {"busy_s": 1, "available_s": 1, "break_s": 1}),
        sample={"busy_s": 1, "available_s": 1, "break_s": 1},
        smallest_sample=900,
    ),
    Measure(
        "tenure",
        Unit.DAYS,
        NEITHER,
        Ratio({"tenure_days": 1}, {"person_days": 1}),
        sample={"person_days": 1},
        smallest_sample=5,
        personal=False,
    ),
    Measure(
        "turnover",
        SHARE,
        LOWER,
        Ratio({"leavers": 1}, {"person_days": 1}, times=365.25),
        sample={"person_days": 1},
        smallest_sample=150,
        personal=False,
    ),
)

MEASURES: Mapping[str, Measure] = {each.name: each for each in _MEASURES}
