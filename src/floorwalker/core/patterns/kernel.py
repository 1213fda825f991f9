"""The walk over the days of one series: baseline, score, evidence, verdict, in that order, never looking ahead."""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of these functions from their arguments; memory.py says what each array is.

import zlib
from pathlib import Path

import numpy as np

from floorwalker.core.patterns.bank import add_day, rebuild, recall, remember
from floorwalker.core.patterns.baseline import (
    absorb_old_days,
    begin_level_anew,
    evened,
    start_baseline,
    transformed,
    usual_and_variance,
)
from floorwalker.core.patterns.compiled import compiled
from floorwalker.core.patterns.memory import (
    BLIP,
    CLOSED_DAY,
    FIRST_JUDGED,
    LAST_DAY,
    LEARNING,
    LEVEL_DOUBT,
    NEVER,
    RUN_ONSET,
    SEEN,
    SHIFT,
    STATE,
    T_DENIED,
    T_LEFT_OUT,
    T_NORMAL,
    T_NOTHING,
    TEMPER,
    TREND,
)
from floorwalker.core.patterns.restart import learn_anew
from floorwalker.core.patterns.settings import EVENT_FACTOR, LEARNING_DAYS, SHARED_DOUBT, WINDOW
from floorwalker.core.patterns.sums import ordinary
from floorwalker.core.patterns.verdicts import (
    O_DECISION,
    O_ONSET,
    O_ONSET_HIGH,
    O_ONSET_LOW,
    O_REASON,
    O_SCORE,
    O_STATE,
    R_LEARNING,
    R_NO_DATA,
    R_TOLD,
    R_USUAL,
    close_blip,
    decide,
    describe,
    describe_size,
    remember_closed,
    take_as_normal,
)
from floorwalker.core.patterns.weighing import P_BLIP, P_NOTHING, size_of_lasting, weigh_types

FARTHEST = 1000.0
"""Scores beyond this are told as this."""
KERNELS = ("compiled", "settings", "memory", "baseline", "sums", "bank", "restart", "weighing", "verdicts", "kernel")


@compiled()
def walk(m, i, kind, days, values, weights, expected, told, evidence, t, shares, codes, figures):
    """Take the rows of one series (days ascending, value NaN where unknown) and fill one row of answers for each.

    A day before the last one that was judged gets a state of NEVER and changes nothing.
    """
    by_age, size = evidence.by_age, evidence.size
    judged = m.counts[i, LAST_DAY]
    recall(m, i, evidence, t)
    for k in range(days.shape[0]):
        today = days[k]
        codes[k, :] = NEVER
        if today <= judged:
            continue
        again = _listen(m, i, today, told[k], t)
        m.counts[i, LAST_DAY] = today
        if np.isfinite(values[k]):
            _take(m, i, kind, today, values[k], weights[k], expected[k], told[k], evidence, t)
        if m.counts[i, SEEN] <= t.knobs[LEARNING_DAYS]:
            codes[k, O_STATE], codes[k, O_REASON], codes[k, O_DECISION] = LEARNING, R_LEARNING, 0
            shares[k, P_NOTHING] = 1
            figures[k, :] = np.nan
            continue
        _catch_up(m, i, today, again, evidence, t)
        _answer(m, i, kind, today, weights[k], evidence, t, by_age, size, shares[k], codes[k], figures[k])
    remember(m, i, evidence)


@compiled(forceinline=True)
def _catch_up(m, i, today, again, evidence, t):
    """Weigh every calendar day since the last one; after a gap longer than the window, begin anew."""
    if again or today - evidence.last[0] > WINDOW or today == m.counts[i, FIRST_JUDGED]:
        rebuild(m, i, evidence, t)
    for day in range(evidence.last[0] + 1, today + 1):
        add_day(m, i, day, evidence, t)


@compiled(forceinline=True)
def _listen(m, i, today, told, t):
    """Note what a person has said of the day; True where the evidence of the days before is no longer what it was."""
    last = m.counts[i, LAST_DAY]
    before = m.told[i, last % WINDOW] if last >= 0 else T_NOTHING
    for day in range(max(last + 1, today - WINDOW + 1), today):
        m.told[i, day % WINDOW] = told if told == before else T_NOTHING
    m.told[i, today % WINDOW] = told if told != T_NORMAL else T_NOTHING
    if told == T_LEFT_OUT and before != T_LEFT_OUT:
        m.counts[i, CLOSED_DAY], m.closed[i, 0] = today, 1.0
    over = before == T_DENIED and told != T_DENIED
    if over:
        _leave_denied_days_out(m, i, today)
    return over or told == T_NORMAL


@compiled()
def _leave_denied_days_out(m, i, today):
    found = False
    for age in range(WINDOW - 1, 0, -1):
        slot = (today - age) % WINDOW
        if m.told[i, slot] == T_DENIED and m.day[i, slot] == today - age:
            if not found:
                m.counts[i, CLOSED_DAY], m.closed[i, 0] = today - age, 1.0
            m.trust[i, slot], found = 0, True


@compiled(forceinline=True)
def _take(m, i, kind, today, value, n, expected, told, evidence, t):
    seen = m.counts[i, SEEN]
    if seen < t.knobs[LEARNING_DAYS] and told == T_LEFT_OUT:
        return
    if seen < t.knobs[LEARNING_DAYS] and told == T_NORMAL:
        seen = 0
    if seen == t.knobs[LEARNING_DAYS]:
        start_baseline(m, i, kind, evidence.scratch)
        m.counts[i, FIRST_JUDGED] = today
    if seen >= t.knobs[LEARNING_DAYS]:
        absorb_old_days(m, i, kind, today, t.knobs)
        if told == T_NORMAL:
            begin_level_anew(m, i, kind, today, t.knobs)
    learning = seen < t.knobs[LEARNING_DAYS]
    slot = seen if learning else today % WINDOW
    m.day[i, slot], m.n[i, slot] = today, n
    m.y[i, slot] = transformed(kind, value, n)
    m.boost[i, slot] = t.knobs[EVENT_FACTOR] if expected else 1.0
    m.counts[i, SEEN] = seen + 1
    if not learning:
        usual, variance, typical = usual_and_variance(m, i, kind, (today + 3) % 7, n)
        score = evened(m, i, (m.y[i, slot] - usual) / np.sqrt(variance))
        m.score[i, slot] = min(max(score, -FARTHEST), FARTHEST)
        m.temper[i, slot] = m.noise[i, TEMPER]
        m.noise[i, LEVEL_DOUBT] = t.knobs[SHARED_DOUBT] ** 2
        m.reach[i, slot] = np.sqrt(typical / variance)
        m.trust[i, slot] = 0.0 if told == T_LEFT_OUT else max(ordinary(m.score[i, slot], t.knobs), 0.001)
        learn_anew(m, i, kind, today)


@compiled(forceinline=True)
def _answer(m, i, kind, today, n, evidence, t, by_age, size, shares, codes, figures):
    weekday = (today + 3) % 7
    _, _, typical = usual_and_variance(m, i, kind, weekday, n)
    lasting = weigh_types(m, i, today, evidence, by_age, shares, t)
    remember_closed(m, i, today, shares)
    decide(m, i, today, lasting, shares, by_age, codes, t)
    if m.told[i, today % WINDOW] == T_LEFT_OUT:
        _obey(m, i, shares, codes)
    figures[:] = np.nan
    describe(m, i, kind, weekday, n, figures)
    if m.day[i, today % WINDOW] == today:
        figures[O_SCORE] = m.score[i, today % WINDOW]
    elif codes[O_REASON] == R_USUAL:
        codes[O_REASON] = R_NO_DATA
    if codes[O_STATE] == SHIFT or codes[O_STATE] == TREND:
        size_of_lasting(m, i, today, codes[O_ONSET], evidence, t, size)
        describe_size(m, i, kind, typical, size, figures)
    normal = take_as_normal(m, i, today, by_age, evidence, t, typical, size, codes)
    if normal or close_blip(m, i, today, by_age, codes, t):
        rebuild(m, i, evidence, t)


@compiled()
def _obey(m, i, shares, codes):
    shares[:] = 0
    shares[P_BLIP] = 1
    onset = m.counts[i, CLOSED_DAY]
    codes[O_STATE], codes[O_REASON] = BLIP, R_TOLD
    codes[O_ONSET] = codes[O_ONSET_LOW] = codes[O_ONSET_HIGH] = onset
    m.counts[i, STATE], m.counts[i, RUN_ONSET] = BLIP, onset


def _source_digest() -> int:
    """A number that changes with the text of any kernel: the compiler's cache looks at one file only, so this joins its key."""
    text = b"".join((Path(__file__).parent / f"{name}.py").read_bytes() for name in KERNELS)
    return zlib.crc32(text)


def _compiled(digest):
    @compiled(cache=True)
    def walk_many(m, places, rows, kinds, days, values, weights, expected, told, evidence, t, shares, codes, figures):
        if digest < 0:
            return
        for i in range(places.shape[0]):
            a, b = rows[i], rows[i + 1]
            x = days[a:b], values[a:b], weights[a:b], expected[a:b], told[a:b]
            walk(m, places[i], kinds[i], x[0], x[1], x[2], x[3], x[4], evidence, t, shares[a:b], codes[a:b], figures[a:b])

    return walk_many


walk_many = _compiled(_source_digest())
"""`walk` for several series: the i-th is remembered at places[i] and owns rows[i]..rows[i + 1] of the columns."""
