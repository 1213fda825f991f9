"""From evidence to an answer for the day: probabilities, a state, an onset, a size, and what the engine does about it."""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of these functions from their arguments; memory.py says what each array is.

import numpy as np

from floorwalker.core.patterns.baseline import restored, usual_and_variance
from floorwalker.core.patterns.compiled import compiled
from floorwalker.core.patterns.memory import (
    BLIP,
    CLOSED_DAY,
    NEVER,
    RUN_ONSET,
    SHIFT,
    SPREAD_CHANGED,
    STATE,
    STEADY,
    T_DENIED,
    TREND,
    WATCH,
    WEEKDAY_CHANGED,
)
from floorwalker.core.patterns.settings import (
    ABSORB,
    BLIP_AGES,
    BLIP_CALL,
    CALL,
    CALL_AGE,
    CALL_LEAST,
    CLOSE_AGE,
    CLOSE_BLIP,
    KEEP,
    LONGEST_BLIP,
    NOTHING_AGES,
    OLD_ENOUGH,
    RECENT,
    WINDOW,
)
from floorwalker.core.patterns.weighing import (
    A_BLIP,
    A_LASTING,
    A_OVER,
    LARGE,
    P_BLIP,
    P_LASTING,
    P_LEVEL,
    P_NOTHING,
    P_SPREAD,
    P_TREND,
    P_WEEKDAY,
    size_of_lasting,
    total_of,
)

O_STATE, O_REASON, O_ONSET, O_ONSET_LOW, O_ONSET_HIGH, O_DECISION, O_FIRST, O_LAST, CODES = range(9)
O_SIZE, O_SIZE_LOW, O_SIZE_HIGH, O_USUAL, O_LOW, O_HIGH, O_SCORE, O_CHANGE, O_CHANGE_LOW, O_CHANGE_HIGH, FIGURES = range(11)
R_LEARNING, R_NO_DATA, R_USUAL, R_UNDECIDED, R_AWAY, R_RETURNED, R_LEVEL, R_TREND, R_WEEKDAY, R_SPREAD, R_TOLD = range(11)
D_BLIP, D_NORMAL = 1, 2


@compiled(forceinline=True)
def remember_closed(m, i, today, shares):
    """A blip that was closed and left out of the evidence still counts as one for RECENT days."""
    if today - m.counts[i, CLOSED_DAY] < RECENT:
        other = 1 - m.closed[i, 0] * (1 - shares[P_LASTING])
        shares[P_BLIP] = min(1 - (1 - shares[P_BLIP]) * other, 1 - shares[P_LASTING])
        shares[P_NOTHING] *= other


@compiled(forceinline=True)
def decide(m, i, today, lasting, shares, by_age, codes, t):
    """The state of the day with its onset; a running shift keeps its onset unless the evidence has clearly moved."""
    on = m.counts[i, STATE] == SHIFT or m.counts[i, STATE] == TREND
    codes[:] = NEVER
    onset, state, reason = NEVER, STEADY, R_USUAL
    if may_call(lasting, shares, by_age, t) or (on and lasting >= t.knobs[KEEP]):
        onset = onset_of(today, by_age, A_LASTING, WINDOW, codes)
        if on and abs(onset - m.counts[i, RUN_ONSET]) <= 7:
            onset = m.counts[i, RUN_ONSET]
        state, reason = (TREND, R_TREND) if shares[P_TREND] > shares[P_LEVEL] else (SHIFT, R_LEVEL)
    elif shares[P_BLIP] >= t.knobs[BLIP_CALL]:
        state, reason = BLIP, R_RETURNED
        denied = m.told[i, today % WINDOW] == T_DENIED
        within = WINDOW if denied else RECENT
        open_blips = total_of(by_age, A_BLIP, 0, within)
        if open_blips >= 0.5 or today - m.counts[i, CLOSED_DAY] >= RECENT:
            onset = onset_of(today, by_age, A_BLIP, within, codes)
            reason = R_RETURNED if total_of(by_age, A_OVER, 0, within) > 0.5 * open_blips else R_AWAY
        else:
            onset = m.counts[i, CLOSED_DAY]
            codes[O_ONSET_LOW] = codes[O_ONSET_HIGH] = onset
        reason = R_TOLD if denied else reason
    elif shares[P_WEEKDAY] >= t.knobs[CALL]:
        state, reason = WEEKDAY_CHANGED, R_WEEKDAY
    elif shares[P_SPREAD] >= t.knobs[CALL]:
        state, reason = SPREAD_CHANGED, R_SPREAD
    elif lasting + shares[P_BLIP] > 0.5:
        state, reason = WATCH, R_UNDECIDED
    codes[O_STATE], codes[O_REASON], codes[O_ONSET], codes[O_DECISION] = state, reason, onset, 0
    m.counts[i, STATE], m.counts[i, RUN_ONSET] = state, onset


@compiled()
def may_call(lasting, shares, by_age, t):
    """Whether what speaks for a lasting change is enough to say so at its age.

    Two errors are kept apart, each by what still speaks for it: a blip that has not ended, and nothing at all. How much is
    borne depends on the age, since waiting does not tell the same at every age: by the eleventh day a blip has ended, and
    a change that begins to show is told from a wandering level by another week.
    """
    old = total_of(by_age, A_LASTING, CALL_AGE, WINDOW)
    if lasting < t.knobs[CALL_LEAST] or old < t.knobs[OLD_ENOUGH] * lasting:
        return False
    middle, younger = 0, 0.0
    for age in range(WINDOW):
        younger += by_age[A_LASTING, age]
        if younger > 0.5 * lasting:
            middle = age
            break
    blip, nothing = 0, 0
    for k in range(len(NOTHING_AGES)):
        nothing += middle >= NOTHING_AGES[k]
    for k in range(len(BLIP_AGES) - 1):
        blip += total_of(by_age, A_LASTING, BLIP_AGES[k], WINDOW) >= t.knobs[OLD_ENOUGH] * lasting
    blip = len(BLIP_AGES) if middle >= BLIP_AGES[-1] else blip
    return shares[P_BLIP] <= t.bounds[0, blip] * (shares[P_BLIP] + lasting) and (
        shares[P_NOTHING] <= t.bounds[1, nothing] * (shares[P_NOTHING] + lasting)
    )


@compiled(forceinline=True)
def onset_of(today, by_age, row, ages, codes):
    """Median onset; its 5 % and 95 % points go into `codes`."""
    total = total_of(by_age, row, 0, ages)
    mass, middle = 0.0, NEVER
    for age in range(ages - 1, -1, -1):
        mass += by_age[row, age]
        if codes[O_ONSET_LOW] == NEVER and mass >= 0.05 * total:
            codes[O_ONSET_LOW] = today - age
        if middle == NEVER and mass >= 0.5 * total:
            middle = today - age
        if codes[O_ONSET_HIGH] == NEVER and mass >= 0.95 * total:
            codes[O_ONSET_HIGH] = today - age
    return middle


@compiled(forceinline=True)
def close_blip(m, i, today, by_age, codes, t):
    """Leave the days of a decided blip out of the evidence; True where days were left out."""
    best, where = 0.0, -1
    for age in range(int(t.knobs[CLOSE_AGE]), RECENT):
        near = by_age[A_OVER, age] + by_age[A_OVER, age + 1]
        near += by_age[A_OVER, age - 1] if age > t.knobs[CLOSE_AGE] else 0.0
        slot = (today - age) % WINDOW
        central = by_age[A_OVER, age] >= 0.5 * near
        if central and near > best and m.day[i, slot] == today - age and m.trust[i, slot] > 0:
            best, where = near, age
    if best < t.knobs[CLOSE_BLIP] or _is_still_away(m, i, today):
        return False
    return _leave_out(m, i, today, today - where, best, codes)


@compiled()
def _is_still_away(m, i, today):
    """Whether the last three days were all very far out on one side: nothing has returned, whatever each of them weighs."""
    up, down = 0, 0
    for day in range(today - 2, today + 1):
        slot = day % WINDOW
        if m.day[i, slot] == day and m.trust[i, slot] > 0:
            up += m.score[i, slot] > LARGE * m.reach[i, slot]
            down += m.score[i, slot] < -LARGE * m.reach[i, slot]
    return up == 3 or down == 3


@compiled()
def _leave_out(m, i, today, first, best, codes):
    sign = m.score[i, first % WINDOW]
    found = False
    for day in range(first - 1, min(first + LONGEST_BLIP + 2, today - 1)):
        slot = day % WINDOW
        if m.day[i, slot] != day or m.trust[i, slot] == 0:
            continue
        if day == first or m.score[i, slot] * np.sign(sign) > 1.6:
            m.trust[i, slot] = 0
            codes[O_FIRST], codes[O_LAST] = codes[O_FIRST] if found else day, day
            found = True
        elif day > first + 1:
            break
    if found:
        m.counts[i, CLOSED_DAY], m.closed[i, 0] = first, best
        codes[O_DECISION] = D_BLIP
    return found


@compiled(forceinline=True)
def take_as_normal(m, i, today, by_age, evidence, t, typical, size, codes):
    """A lasting change older than RECENT days becomes the usual; True where it did."""
    if total_of(by_age, A_LASTING, RECENT, WINDOW) < t.knobs[ABSORB]:
        return False
    onset = today - RECENT - by_age[A_LASTING, RECENT:].argmax()
    size_of_lasting(m, i, today, onset, evidence, t, size)
    m.theta[i, 0] += size[0] * typical**0.5
    m.cov[i, 0, 0] += size[3] * typical
    for slot in range(WINDOW):
        if m.day[i, slot] >= onset:
            m.score[i, slot] -= size[0] * m.reach[i, slot]
        else:
            m.trust[i, slot] = 0
    m.counts[i, STATE] = STEADY
    codes[O_DECISION], codes[O_FIRST], codes[O_LAST] = D_NORMAL, onset, today
    return True


@compiled(forceinline=True)
def describe(m, i, kind, weekday, n, figures):
    """The usual value of such a day and its 95 % range, in the measure's unit."""
    usual, variance, _ = usual_and_variance(m, i, kind, weekday, n)
    spread = 1.96 * np.sqrt(variance)
    figures[O_USUAL] = restored(kind, usual)
    figures[O_LOW], figures[O_HIGH] = restored(kind, usual - spread), restored(kind, usual + spread)


@compiled()
def describe_size(m, i, kind, typical, size, figures):
    """The size of a lasting change in sd, and what it does to the level in the measure's unit; both with 90 % intervals."""
    level = m.theta[i, 0]
    for k in range(3):
        figures[O_SIZE + k] = size[k]
        figures[O_CHANGE + k] = restored(kind, level + size[k] * np.sqrt(typical)) - restored(kind, level)
