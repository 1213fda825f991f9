"""What the days since an onset say of its size: two sums, and the closed form in which a belief about the size is weighed."""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of these functions from their arguments; memory.py says what each array is. All are joined into
# one: a call that is not passes every array of three tuples on the stack and costs more than the work.

import numpy as np

from floorwalker.core.patterns.compiled import compiled
from floorwalker.core.patterns.memory import CROSS, FACTOR, ODDS, POWER, PULL, WEIGHT
from floorwalker.core.patterns.settings import S_SHAPES, S_STEP, S_WEEKDAY, TAIL, TAIL_SCALE, WINDOW

LIMIT = 10.0
IMPOSSIBLE = np.float32(-1e4)
LEAST = np.float32(-60)
WILD = np.float32(3.4)
"""A score beyond this may be from the wide tail: it is compared with each hypothesis before it counts for or against it."""
ONE, TWO, HALF = np.float32(1), np.float32(2), np.float32(0.5)


@compiled(forceinline=True)
def ordinary(score, knobs):
    """Chance that a score is ordinary noise and not from the wide tail."""
    score = min(max(score, -LIMIT), LIMIT)
    narrow = (1 - knobs[TAIL]) * np.exp(-0.5 * score * score)
    wide = knobs[TAIL] / knobs[TAIL_SCALE] * np.exp(-0.5 * (score / knobs[TAIL_SCALE]) ** 2)
    return narrow / (narrow + wide)


@compiled(forceinline=True)
def add_sums(m, i, day, evidence, t):
    slot = day % WINDOW
    evidence.last[0] = day
    if m.day[i, slot] == day and m.trust[i, slot] > 0 and abs(m.score[i, slot]) > WILD:
        _add_wild(m, i, slot, evidence, t)
    else:
        add_calm(m, i, day, day, evidence, t)


@compiled()
def add_calm(m, i, first, last, evidence, t):
    """Days without a wild one, in one run without branches: the compiler is quick with nothing else."""
    for day in range(first, last + 1):
        slot = day % WINDOW
        known = np.float32(m.day[i, slot] == day)
        used = known * np.float32(m.trust[i, slot] > 0)
        score, reach = used * m.score[i, slot], used * m.reach[i, slot]
        narrow = np.float32(ordinary(score, t.knobs))
        odds, boost = used * np.float32(np.log(narrow)), known * np.float32(np.log(m.boost[i, slot]))
        _add(evidence.sums, slot, score * reach, reach * reach, odds, m.temper[i, slot], t.level)
        _begin(evidence.sums, slot, score * reach, reach * reach, odds + boost, t.level)
        _add_spread(evidence.spread, slot, score, narrow, boost, used, t.spreads)


@compiled()
def _add_wild(m, i, slot, evidence, t):
    """A day far from the usual counts for a hypothesis as far as it is an ordinary day under that."""
    score, reach, sums = np.float32(min(max(m.score[i, slot], -LIMIT), LIMIT)), m.reach[i, slot], evidence.sums
    narrow = np.float32(ordinary(score, t.knobs))
    odds, boost = np.float32(np.log(narrow)), np.float32(np.log(m.boost[i, slot]))
    for s in range(S_SHAPES):
        eta = ONE if s == S_WEEKDAY else m.temper[i, slot]
        for onset in range(WINDOW):
            x = t.level[slot, s, onset]
            if x > 0:
                away = score - x * reach * sums[PULL, s, onset] / (sums[WEIGHT, s, onset] + np.float32(0.1))
                share = np.float32(ordinary(away, t.knobs)) * eta
                sums[PULL, s, onset] += share * x * score * reach
                sums[CROSS, s, onset] += share * x * reach * reach
                sums[WEIGHT, s, onset] += share * x * x * reach * reach
                sums[ODDS, s, onset] += share * odds
    _begin(sums, slot, score * reach, reach * reach, odds + boost, t.level)
    _add_spread(evidence.spread, slot, score, narrow, boost, ONE, t.spreads)


@compiled(forceinline=True)
def _begin(sums, slot, pull, weight, odds, level):
    for s in range(S_SHAPES):
        x = level[slot, s, slot]
        sums[PULL, s, slot] = x * pull
        sums[CROSS, s, slot] = x * weight
        sums[WEIGHT, s, slot] = x * x * weight
        sums[ODDS, s, slot] = odds


@compiled(fastmath=True, forceinline=True)
def _add(sums, today, pull, weight, odds, temper, level):
    """Sums of all onsets. One weekday a week needs no tempering."""
    for s in range(S_SHAPES):
        eta = ONE if s == S_WEEKDAY else temper
        p, q, c, seen = pull * eta, weight * eta, odds * eta, S_WEEKDAY if s == S_WEEKDAY else S_STEP
        for slot in range(WINDOW):
            sums[PULL, s, slot] += level[today, s, slot] * p
        for slot in range(WINDOW):
            sums[CROSS, s, slot] += level[today, s, slot] * q
        for slot in range(WINDOW):
            sums[WEIGHT, s, slot] += level[today, s, slot] * level[today, s, slot] * q
        for slot in range(WINDOW):
            sums[ODDS, s, slot] += level[today, seen, slot] * c


@compiled(fastmath=True, forceinline=True)
def _add_spread(spread, today, score, narrow, boost, used, widths):
    e = min(max(score, np.float32(-6)), np.float32(6))
    for k in range(len(widths)):
        w = widths[k]
        wider = np.exp(0.5 * e * e * (1 - 1 / (w * w))) / w
        ratio = used * np.float32(np.log(1 - narrow + narrow * wider))
        for slot in range(WINDOW):
            spread[k, slot] += ratio
        spread[k, today] = ratio + boost


@compiled(forceinline=True)
def level_doubt(evidence, day, first_judged, doubt):
    """(V, P): how far the days of the window leave the usual level open, and where they pull it.

    The level is known up to an error that all days share. Integrated under every hypothesis, it takes from each what a
    wrong level would explain as well: the pull loses V P times the cross sum, the weight loses V times its square.
    """
    if doubt <= 0:
        return np.float32(0), np.float32(0)
    oldest = max(day - WINDOW + 1, first_judged) % WINDOW
    return np.float32(1 / (evidence.sums[WEIGHT, S_STEP, oldest] + 1 / doubt)), evidence.sums[PULL, S_STEP, oldest]


@compiled(fastmath=True, forceinline=True)
def integrate(sums, s, beliefs, x, v, p, ratio, k):
    """exp(POWER) x FACTOR (row k of `ratio`): shape s, its size from belief x or its mirror image, against 'nothing'."""
    chance, mean, variance = beliefs[x, 0], beliefs[x, 1], beliefs[x, 2]
    for n in range(sums.shape[2]):
        cross = sums[CROSS, s, n]
        a, b = sums[PULL, s, n] - v * p * cross, sums[WEIGHT, s, n] - v * cross * cross
        inverse = ONE / (ONE + max(b, np.float32(0)) * variance)
        away = abs(a) * mean * inverse
        ratio[POWER, k, n] = sums[ODDS, s, n] + away + HALF * (a * a * variance - b * mean * mean) * inverse
        ratio[FACTOR, k, n] = HALF * chance * np.sqrt(inverse) * (ONE + exp(max(-TWO * away, LEAST)))


@compiled(fastmath=True, forceinline=True)
def top_of(powers, terms, peak):
    """The largest of the first `terms` rows, and at least zero."""
    peak[:] = 0
    for k in range(terms):
        for n in range(len(peak)):
            peak[n] = max(peak[n], powers[k, n])
    top = np.float32(0)
    for n in range(len(peak)):
        top = max(top, peak[n])
    return top


@compiled(fastmath=True)
def exp(x):
    """exp of a number between -60 and 60 to five digits, in a form that a compiler turns into vector instructions."""
    x = x * np.float32(1.44269504)
    whole = np.floor(x + HALF)
    f = x - whole
    tail = np.float32(0.0555041) + f * (np.float32(0.0096181) + f * np.float32(0.0013333))
    body = ONE + f * (np.float32(0.6931472) + f * (np.float32(0.2402265) + f * tail))
    return body * np.int32((np.int32(whole) + np.int32(127)) << np.int32(23)).view(np.float32)
