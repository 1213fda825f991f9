"""The bank of typed hypotheses: for every recent onset and shape, how well it explains the days since, against 'nothing'.

A multi-process filter with delayed decision (Harrison & Stevens 1976; Smith & West 1983). Sizes are integrated, not tried one
by one: noise is normal, and so the days since an onset say all that they know of its size by two sums, the pull (shape times
score) and the weight (shape squared); a belief about the size that is a mixture of normals is then weighed in closed form. A
day adds to the sums of every onset, and nothing else is kept. A blip of unknown length shares the sums of a step until it ends
and keeps its evidence from then on, so every length costs one number per onset. An onset stands in the slot of its day.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of these functions from their arguments; memory.py says what each array is.

import numpy as np

from floorwalker.core.patterns.compiled import compiled
from floorwalker.core.patterns.memory import (
    FACTOR,
    FIRST_JUDGED,
    K_BUMP,
    K_DECAY,
    K_OUTLIER,
    KINDS,
    LAST_DAY,
    LEVEL_DOUBT,
    ODDS,
    POWER,
    SEEN,
)
from floorwalker.core.patterns.settings import (
    DECAY_ENDS,
    LEARNING_DAYS,
    LONGEST_BLIP,
    S_DECAYS,
    S_STEP,
    SHORT,
    WINDOW,
    X_BUMP,
    X_DECAY,
    X_OUTLIER,
)
from floorwalker.core.patterns.sums import IMPOSSIBLE, LEAST, WILD, add_calm, add_sums, exp, integrate, level_doubt


@compiled()
def rebuild(m, i, evidence, t):
    """Evidence of one series from the scores that it remembers."""
    _forget(m, i, evidence)
    if m.counts[i, SEEN] > t.knobs[LEARNING_DAYS]:
        last = m.counts[i, LAST_DAY]
        for day in range(max(last - WINDOW + 1, m.counts[i, FIRST_JUDGED]), last + 1):
            add_day(m, i, day, evidence, t)


@compiled()
def recall(m, i, evidence, t):
    """The same at the beginning of a night: the blips are as they were left, and only the sums are added up again."""
    _forget(m, i, evidence)
    if m.counts[i, SEEN] > t.knobs[LEARNING_DAYS]:
        last = m.counts[i, LAST_DAY]
        first, wild = max(last - WINDOW + 1, m.counts[i, FIRST_JUDGED]), False
        for slot in range(WINDOW):
            wild |= m.trust[i, slot] > 0 and abs(m.score[i, slot]) > WILD
        if wild:
            for day in range(first, last + 1):
                add_sums(m, i, day, evidence, t)
        else:
            add_calm(m, i, first, last, evidence, t)
        evidence.last[0] = last
        for slot in range(WINDOW):
            evidence.over[slot] = m.over[i, slot]
        for k in range(KINDS):
            for age in range(SHORT):
                evidence.short[k, age] = m.alive[i, k, age]
        evidence.scale[0] = m.closed[i, 1]


@compiled()
def remember(m, i, evidence):
    """Keep what `recall` needs."""
    for slot in range(WINDOW):
        m.over[i, slot] = evidence.over[slot]
    for k in range(KINDS):
        for age in range(SHORT):
            m.alive[i, k, age] = evidence.short[k, age]
    m.closed[i, 1] = evidence.scale[0]


@compiled()
def _forget(m, i, evidence):
    evidence.sums[:, :, :] = 0
    evidence.sums[ODDS, :, :] = IMPOSSIBLE
    evidence.spread[:, :] = IMPOSSIBLE
    evidence.short[:, :] = 0
    evidence.over[:] = 0
    evidence.scale[0] = 0
    evidence.last[0] = m.counts[i, LAST_DAY]


@compiled(forceinline=True)
def add_day(m, i, day, evidence, t):
    """Every onset grows a day older, a new one begins, and the day's score, if there is one, is added to the sums of all."""
    _end_blips(evidence, day, t)
    add_sums(m, i, day, evidence, t)
    _weigh_short(evidence, day, m.counts[i, FIRST_JUDGED], m.noise[i, LEVEL_DOUBT], t)


@compiled(fastmath=True, forceinline=True)
def _end_blips(evidence, day, t):
    """Blips that are over keep the evidence of their last day."""
    over, short = evidence.over, evidence.short
    over[day % WINDOW] = 0
    for age in range(1, LONGEST_BLIP + 1):
        ended = t.ending[0, age] * short[K_OUTLIER, age - 1] + t.ending[1, age] * short[K_BUMP, age - 1]
        over[(day - age) % WINDOW] += ended
    for k in range(len(DECAY_ENDS)):
        over[(day - DECAY_ENDS[k]) % WINDOW] += short[K_DECAY + k, DECAY_ENDS[k] - 1]


@compiled(fastmath=True, forceinline=True)
def _weigh_short(evidence, day, first_judged, doubt, t):
    """Mass of the blips that are still on, by age, and one scale for it and for those that are over."""
    v, p = level_doubt(evidence, day, first_judged, doubt)
    near, ratio, short = evidence.near, evidence.near_ratio, evidence.short
    _copy_young(evidence.sums, day % WINDOW, near)
    integrate(near, 0, t.beliefs, X_OUTLIER, v, p, ratio, K_OUTLIER)
    integrate(near, 0, t.beliefs, X_BUMP, v, p, ratio, K_BUMP)
    integrate(near, 1, t.beliefs, X_DECAY, v, p, ratio, K_DECAY)
    integrate(near, 2, t.beliefs, X_DECAY, v, p, ratio, K_DECAY + 1)
    scale = _common_scale(evidence, ratio)
    for k in range(KINDS):
        for age in range(SHORT):
            short[k, age] = t.running[k, age] * ratio[FACTOR, k, age] * exp(max(ratio[POWER, k, age] - scale, LEAST))


@compiled(fastmath=True, forceinline=True)
def _common_scale(evidence, ratio):
    scale, top, over = np.float32(0), np.float32(0), evidence.over
    for k in range(KINDS):
        for age in range(SHORT):
            scale = max(scale, ratio[POWER, k, age])
    for slot in range(WINDOW):
        top = max(top, over[slot])
    if top > 0:
        scale = max(scale, evidence.scale[0] + np.float32(np.log(top)))
    if scale != evidence.scale[0]:
        shrink = exp(min(max(evidence.scale[0] - scale, LEAST), -LEAST))
        for slot in range(WINDOW):
            over[slot] *= shrink
        evidence.scale[0] = scale
    return scale


@compiled(forceinline=True)
def _copy_young(sums, slot, near):
    """The sums of steps and decays for the youngest onsets, by age."""
    for age in range(SHORT):
        k = (slot - age) & (WINDOW - 1)
        for row in range(4):
            near[row, 0, age] = sums[row, S_STEP, k]
            near[row, 1, age], near[row, 2, age] = sums[row, S_DECAYS, k], sums[row, S_DECAYS + 1, k]
