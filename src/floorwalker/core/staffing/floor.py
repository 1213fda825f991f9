"""One day on the floor, event by event: arrivals, ends of service, staff coming and leaving, overflow falling due. Compiled.

Contacts of a line wait in the order in which they came. Who has lost patience is struck off when they would be next, at
the moment at which they really left; nobody else notices the difference.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of these functions from their arguments; `floor_state` says what each array is.

import math

import numpy as np
from numba import njit

from floorwalker.core.staffing.floor_state import ANSWERED, GONE, GONE_SOON, IN_TIME, NEVER, OFFERED, WAITED, Day


@njit(cache=True, nogil=True, error_model="numpy")
def run_days(setup, first, seed, tallies, worked, places, most_busy):
    """Fill (days, lines, intervals, TALLIES) and (days, groups); day d has its own stream of random numbers."""
    lines, choices = setup.route.shape
    groups = setup.agents.shape[0]
    for d in range(tallies.shape[0]):
        day = Day(
            np.empty((lines, places)),
            np.empty((lines, places)),
            np.zeros(lines, np.int64),
            np.zeros(lines, np.int64),
            np.zeros((lines, choices), np.int64),
            np.zeros(groups, np.int64),
            np.zeros(groups, np.int64),
            np.empty(most_busy),
            np.empty(most_busy, np.int64),
            np.zeros(1, np.int64),
            tallies[d],
            worked[d],
            seeded(seed, first + d),
        )
        one_day(setup, day)


@njit(nogil=True, error_model="numpy")
def one_day(setup, day):
    """From opening until the last contact is answered or has left."""
    intervals = setup.agents.shape[1]
    interval, boundary = 0, setup.interval_s
    staff(setup, day, 0, 0.0)
    rate = setup.rates[:, 0].sum()
    arrival = exponential(day.random) / rate if rate > 0 else NEVER
    overflows = setup.after.max() > 0
    while True:
        end = day.ends[0] if day.busy[0] > 0 else NEVER
        due, line, choice = next_due(setup, day) if overflows else (NEVER, 0, 0)
        now = min(arrival, end, boundary, due)
        if now == NEVER:
            break
        if now == boundary:
            interval += 1
            boundary = (interval + 1) * setup.interval_s if interval < intervals else NEVER
            rate = setup.rates[:, interval].sum() if interval < intervals else 0.0
            arrival = now + exponential(day.random) / rate if rate > 0 else NEVER
            if interval < intervals:
                staff(setup, day, interval, now)
        elif now == end:
            free(setup, day, pop(day), now)
        elif now == arrival:
            arrive(setup, day, interval, now, rate)
            arrival = now + exponential(day.random) / rate
        else:
            day.due[line, choice] += 1
            group = setup.route[line, choice]
            if day.idle[group] > 0:
                day.idle[group] -= 1
                free(setup, day, group, now)
    for line in range(day.head.shape[0]):
        strike(setup, day, line, NEVER)


@njit(nogil=True, error_model="numpy")
def staff(setup, day, interval, now):
    """Bring each group to its number; who is on a contact leaves after it, who is new takes what waits."""
    for group in range(setup.agents.shape[0]):
        before = setup.agents[group, interval - 1] if interval > 0 else 0
        change = setup.agents[group, interval] - before
        if change < 0:
            home = min(-change, day.idle[group])
            day.idle[group] -= home
            day.leaving[group] += -change - home
        back = min(max(change, 0), day.leaving[group])
        day.leaving[group] -= back
        for _ in range(max(change, 0) - back):
            free(setup, day, group, now)


@njit(nogil=True, error_model="numpy")
def arrive(setup, day, interval, now, rate):
    """A contact comes: to the first group of its route that is idle and may take it at once, or into its line."""
    line, lines = 0, setup.rates.shape[0]
    if lines > 1:
        mark = uniform(day.random) * rate
        while line < lines - 1 and mark > setup.rates[line, interval]:
            mark -= setup.rates[line, interval]
            line += 1
    day.tally[line, interval, OFFERED] += 1
    for choice in range(setup.route.shape[1]):
        group = setup.route[line, choice]
        if group >= 0 and setup.after[line, choice] <= 0 and day.idle[group] > 0:
            day.idle[group] -= 1
            serve(setup, day, line, group, now, now)
            return
    if day.tail[line] == day.came.shape[1]:
        close_up(day, line)
    place = day.tail[line]
    scale = setup.patience[line, 0]
    day.came[line, place] = now
    patience = scale
    if 0 < scale < NEVER:
        power, drawn = setup.patience[line, 1], exponential(day.random)
        patience *= drawn if power == 1 else drawn**power
    day.leaves[line, place] = now + patience
    day.tail[line] += 1


@njit(nogil=True, error_model="numpy")
def free(setup, day, group, now):
    """An agent is free: takes the line of the best priority, then who waits longest; with nothing to take, is idle."""
    if day.leaving[group] > 0:
        day.leaving[group] -= 1
        return
    best = -1
    for line in range(setup.route.shape[0]):
        for choice in range(setup.route.shape[1]):
            if setup.route[line, choice] == group and day.head[line] < day.tail[line]:
                strike(setup, day, line, now)
                head = day.head[line]
                if head < day.tail[line] and now - day.came[line, head] >= setup.after[line, choice] - 1e-9:
                    better = best < 0 or setup.priority[line] < setup.priority[best]
                    equal = best >= 0 and setup.priority[line] == setup.priority[best]
                    if better or (equal and day.came[line, head] < day.came[best, day.head[best]]):
                        best = line
    if best < 0:
        day.idle[group] += 1
        return
    came = day.came[best, day.head[best]]
    day.head[best] += 1
    serve(setup, day, best, group, came, now)


@njit(nogil=True, error_model="numpy")
def serve(setup, day, line, group, came, now):
    interval = int(came / setup.interval_s)
    wait = now - came
    tally = day.tally[line, min(interval, setup.agents.shape[1] - 1)]
    tally[ANSWERED] += 1
    tally[WAITED] += wait
    if wait <= setup.threshold[line]:
        tally[IN_TIME] += 1
    middle, spread = setup.handling[line, 0], setup.handling[line, 1]
    takes = middle * exponential(day.random) if spread < 0 else math.exp(middle + spread * normal(day.random))
    opened, closes = setup.warm_up * setup.interval_s, setup.agents.shape[1] * setup.interval_s
    day.worked[group] += max(min(now + takes, closes) - max(now, opened), 0.0)
    push(day, now + takes, group)


@njit(nogil=True, error_model="numpy")
def strike(setup, day, line, now):
    """Those at the head of a line who have left are counted as gone."""
    head = day.head[line]
    while head < day.tail[line] and day.leaves[line, head] <= now:
        came = day.came[line, head]
        if day.leaves[line, head] < NEVER:
            tally = day.tally[line, min(int(came / setup.interval_s), setup.agents.shape[1] - 1)]
            tally[GONE] += 1
            if day.leaves[line, head] - came <= setup.threshold[line]:
                tally[GONE_SOON] += 1
        head += 1
    day.head[line] = head


@njit(nogil=True, error_model="numpy")
def next_due(setup, day):
    """The next moment at which a waiting contact may overflow to one more group."""
    due, line_due, choice_due = NEVER, 0, 0
    for line in range(setup.route.shape[0]):
        for choice in range(setup.route.shape[1]):
            after = setup.after[line, choice]
            if setup.route[line, choice] >= 0 and after > 0:
                place = max(day.due[line, choice], day.head[line])
                day.due[line, choice] = place
                if place < day.tail[line] and day.came[line, place] + after < due:
                    due, line_due, choice_due = day.came[line, place] + after, line, choice
    return due, line_due, choice_due


@njit(nogil=True, error_model="numpy")
def close_up(day, line):
    """Move those who wait to the front of their array."""
    head, size = day.head[line], day.tail[line] - day.head[line]
    for k in range(size):
        day.came[line, k], day.leaves[line, k] = day.came[line, head + k], day.leaves[line, head + k]
    for choice in range(day.due.shape[1]):
        day.due[line, choice] = max(day.due[line, choice] - head, 0)
    day.head[line], day.tail[line] = 0, size


@njit(nogil=True, error_model="numpy")
def push(day, end, group):
    k = day.busy[0]
    day.busy[0] += 1
    while k > 0 and day.ends[(k - 1) >> 1] > end:
        day.ends[k], day.who[k] = day.ends[(k - 1) >> 1], day.who[(k - 1) >> 1]
        k = (k - 1) >> 1
    day.ends[k], day.who[k] = end, group


@njit(nogil=True, error_model="numpy")
def pop(day):
    """The group of the agent who is free next."""
    group = day.who[0]
    day.busy[0] -= 1
    size = day.busy[0]
    end, last = day.ends[size], day.who[size]
    k = 0
    while 2 * k + 1 < size:
        child = 2 * k + 1
        if child + 1 < size and day.ends[child + 1] < day.ends[child]:
            child += 1
        if day.ends[child] >= end:
            break
        day.ends[k], day.who[k] = day.ends[child], day.who[child]
        k = child
    day.ends[k], day.who[k] = end, last
    return group


@njit(nogil=True, error_model="numpy")
def seeded(seed, stream):
    """State of xoshiro256++ (Blackman & Vigna 2019), spread by splitmix64 from a seed and the number of a stream."""
    state = np.empty(4, np.uint64)
    x = np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(stream) * np.uint64(0xD1342543DE82EF95)
    for k in range(4):
        x += np.uint64(0x9E3779B97F4A7C15)
        z = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        state[k] = z ^ (z >> np.uint64(31))
    return state


@njit(nogil=True, error_model="numpy")
def uniform(state):
    """Between 0 and 1, neither of them."""
    a, d = state[0], state[3]
    x = a + d
    drawn = ((x << np.uint64(23)) | (x >> np.uint64(41))) + a
    t = state[1] << np.uint64(17)
    state[2] ^= a
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= t
    state[3] = (state[3] << np.uint64(45)) | (state[3] >> np.uint64(19))
    return (float(drawn >> np.uint64(11)) + 0.5) * 1.1102230246251565e-16


@njit(nogil=True, error_model="numpy")
def exponential(state):
    return -math.log(uniform(state))


@njit(nogil=True, error_model="numpy")
def normal(state):
    """Box and Muller's; the second of each pair is not kept."""
    return math.sqrt(-2 * math.log(uniform(state))) * math.cos(2 * math.pi * uniform(state))
