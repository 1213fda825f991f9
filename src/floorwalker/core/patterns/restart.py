"""When what was learned of a series' noise is not so: a constant that comes to life, or days that were far too calm."""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of these functions from their arguments; memory.py says what each array is.

from floorwalker.core.patterns.baseline import is_constant
from floorwalker.core.patterns.compiled import compiled
from floorwalker.core.patterns.memory import CLOSED_DAY, NEVER, NORMAL_SINCE, SEEN, STATE, STEADY
from floorwalker.core.patterns.settings import RECENT, WINDOW

BEYOND, BACK = 8.0, 4.0
"""No noise that is known moves a day by BEYOND sd; one that did has not come back before it is within BACK."""
TURNS_OF_A_CONSTANT, TURNS = 5, 6
"""How often a series must have gone so far or come back before its noise is learned anew: a level that moves turns once, a
blip twice."""


@compiled(forceinline=True)
def learn_anew(m, i, kind, today):
    """Forget a series whose noise was never learned, so that it learns from tomorrow on.

    A series that was constant through its learning time has no noise to measure days by, and each day that differs would be
    the greatest event of its life. It is right to say so once, and for a level that moved and stays; not week after week.
    """
    slot = today % WINDOW
    if abs(m.score[i, slot]) <= BEYOND or not _turns_without_end(m, i, kind, today):
        return
    m.counts[i, SEEN] = 0
    m.counts[i, STATE], m.counts[i, CLOSED_DAY], m.counts[i, NORMAL_SINCE] = STEADY, NEVER, NEVER


@compiled()
def _turns_without_end(m, i, kind, today):
    constant = is_constant(m, i, kind)
    known, wild, turns, side = 0, 0, 0, 0
    for day in range(today - (WINDOW if constant else RECENT) + 1, today + 1):
        slot = day % WINDOW
        if m.day[i, slot] == day:
            score, before = m.score[i, slot], side
            if abs(score) > BEYOND:
                side = 1 if score > 0 else -1
            elif abs(score) < BACK:
                side = 0
            known, wild, turns = known + 1, wild + (side != 0), turns + (side != before)
    return turns >= TURNS_OF_A_CONSTANT if constant else turns >= TURNS and 2 * wild >= known
