"""Exact steady state of M/M/n and M/M/n+M, and the fewest agents that reach a target: compiled, row by row.

Sources: Erlang's B and C; Palm's M/M/n+M as in Zeltyn & Mandelbaum (2005). Three things make it fast. The recursion for
1/B forgets its start by a factor k/a a step, so it begins nine square roots below the load; the sum over the queue serves
the wait of answered contacts too; only the share within the threshold is an integral, of a log-concave density.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc, untyped-decorator"
# The compiler infers the types of these functions from their arguments.

import math

import numpy as np
from numba import njit

OFFERED, ANSWERED, MINUS_SHORT, ASA, ABANDONMENT, OCCUPANCY = range(6)
"""Columns of figures: three service levels, mean wait of answered contacts in seconds, two shares."""
FIGURES = 6
NODES, WEIGHTS = np.polynomial.legendre.leggauss(16)
DROP = 45.0
"""A density is left out where it has fallen by this many natural logarithms."""
HUGE = 600.0
"""Beyond e to this the queue outweighs every state with a free agent."""
LONG_SUM = 1500.0


@njit(cache=True, nogil=True, error_model="numpy")
def measure_rows(lam, aht, patience, agents, threshold, figures):
    """Fill `figures` (rows, 6); lam in contacts a second; patience inf: nobody leaves, 0: nobody waits."""
    for i in range(lam.shape[0]):
        figures_at(lam[i], aht[i], patience[i], agents[i], threshold[i], figures[i])


@njit(cache=True, nogil=True, error_model="numpy")
def solve_rows(lam, aht, patience, target, threshold, definition, cap, agents, figures):
    """Fill `agents` with the fewest (at least one) that reach the target and keep occupancy at or below the cap.

    figures: a row for each case, or no row at all where only the agents are wanted.
    """
    wanted, one = figures.shape[0] > 0, np.empty(FIGURES)
    for i in range(lam.shape[0]):
        row = figures[i] if wanted else one
        if patience[i] == np.inf:
            n = least_endless(lam[i] * aht[i], target[i], threshold[i] / aht[i])
        else:
            n = least_agents(lam[i], aht[i], patience[i], target[i], threshold[i], definition[i], row)
        if wanted or cap[i] < np.inf:
            figures_at(lam[i], aht[i], patience[i], n, threshold[i], row)
        if cap[i] < np.inf and row[OCCUPANCY] > cap[i]:
            n = least_below(lam[i], aht[i], patience[i], n, cap[i])
            figures_at(lam[i], aht[i], patience[i], n, threshold[i], row)
        agents[i] = n


@njit(nogil=True, error_model="numpy")
def least_endless(a, target, patient):
    """When nobody leaves: one walk up the recursion, agent by agent. patient: threshold in handle times."""
    n = int(a) + 1
    inverse, late, fewer = inverse_blocking(a, n), math.exp(-(n - a) * patient), math.exp(-patient)
    while late > (1 - target) * (1 + (1 - a / n) * (inverse - 1)):
        n += 1
        inverse = 1 + n / a * inverse
        late *= fewer
    return n


@njit(nogil=True, error_model="numpy")
def least_agents(lam, aht, patience, target, threshold, definition, figures):
    """Secant on the log-odds of the service level, kept within a bracket; the level grows with the agents."""
    a = lam * aht
    low, high = 0, int(a + 12 * math.sqrt(a) + 30)
    n, slope, before, odds_before = int(a + 0.5 * math.sqrt(a)) + 1, 1.7 / math.sqrt(a + 0.1), 0, 0.0
    goal = math.log(target / (1 - target))
    tries = 0
    while high - low > 1:
        n = min(max(n, low + 1), high - 1)
        levels_at(lam, aht, patience, n, threshold, figures)
        level = min(max(figures[definition], 1e-15), 1 - 1e-15)
        odds = math.log(level / (1 - level))
        if figures[definition] >= target:
            high = n
        else:
            low = n
        if tries > 0 and n != before and (odds - odds_before) * (n - before) > 0:
            slope = (odds - odds_before) / (n - before)
        before, odds_before, tries = n, odds, tries + 1
        n = (low + high) // 2 if tries > 8 else math.ceil(min(max(n - (odds - goal) / slope, 0.0), 1e9))
    return high


@njit(nogil=True, error_model="numpy")
def least_below(lam, aht, patience, n, cap):
    """Fewest agents above n whose occupancy is at most the cap."""
    low, high = n, max(math.ceil(lam * aht / cap), n + 1)
    figures = np.empty(FIGURES)
    while high - low > 1:
        middle = (low + high) // 2
        figures_at(lam, aht, patience, middle, 0.0, figures)
        if figures[OCCUPANCY] <= cap:
            high = middle
        else:
            low = middle
    return high


@njit(nogil=True, error_model="numpy")
def figures_at(lam, aht, patience, n, threshold, figures):
    """All figures at n agents. Unknown (nan): everything without contacts, what is about answered ones where there are none."""
    if lam == 0:
        figures[:] = np.nan
        if n > 0:
            figures[OCCUPANCY] = 0
        return
    if n == 0:
        figures[:] = np.nan
        figures[OFFERED], figures[ABANDONMENT] = 0, 0 if patience == np.inf else 1
        return
    wait = levels_at(lam, aht, patience, n, threshold, figures)
    if patience == np.inf:
        figures[ASA] = wait * aht / (n - lam * aht) if n > lam * aht else np.inf
    elif patience == 0:
        figures[ASA] = 0
    else:
        figures[ASA] = wait * queue(n / aht * patience, lam * patience, True)[1] * patience / (1 - figures[ABANDONMENT])


@njit(nogil=True, error_model="numpy")
def levels_at(lam, aht, patience, n, threshold, figures):
    """Service levels, abandonment, occupancy; returns the share that waits."""
    a, rate = lam * aht, n / aht
    inverse = inverse_blocking(a, n)
    if patience == np.inf:
        wait = 1.0 if n <= a else 1 / (1 + (1 - a / n) * (inverse - 1))
        in_time = 0.0 if n <= a else 1 - wait * math.exp(-(n - a) * threshold / aht)
        gone, short = 0.0, 0.0
    elif patience == 0:
        wait = gone = short = 1 / inverse
        in_time = 1 - wait
    else:
        log_q = queue(rate * patience, lam * patience, False)[0]
        log_z = log_q if log_q > HUGE else math.log(inverse + math.expm1(log_q))
        wait = math.exp(log_q - log_z)
        gone = wait - n / a * (wait - math.exp(-log_z))
        soon, soon_any = within(lam, rate, patience, log_z, threshold)
        in_time = 1 - wait + soon
        short = wait - soon - math.exp(-threshold / patience) * (wait - soon_any)
    figures[OFFERED], figures[ANSWERED] = in_time, in_time / (1 - gone)
    figures[MINUS_SHORT] = in_time / (1 - short)
    figures[ABANDONMENT], figures[OCCUPANCY] = gone, min(a, n) / n if patience == np.inf else a * (1 - gone) / n
    return wait


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def inverse_blocking(a, n):
    """1/B of Erlang B: I_k = 1 + k/a I_{k-1}. A wrong start is multiplied by k/a a step: e^-40 after nine square roots.

    Four steps at a time: I_{k+4} = 1 + c4 (1 + c3 (1 + c2)) + c1 c2 c3 c4 I_k, so that the steps need not wait for one another.
    """
    least = min(a, float(n))
    k = max(int(least - 9 * math.sqrt(least) - 12), 0)
    inverse, part = a / (a - k), 1 / a
    while k + 4 <= n:
        c1, c2, c3, c4 = (k + 1) * part, (k + 2) * part, (k + 3) * part, (k + 4) * part
        inverse = (1 + c4 * (1 + c3 * (1 + c2))) + (c1 * c2) * (c3 * c4) * inverse
        k += 4
        if inverse > 1e200:
            return np.inf
    while k < n:
        k += 1
        inverse = 1 + k * part * inverse
    return inverse if inverse < 1e290 else np.inf


@njit(nogil=True, error_model="numpy")
def queue(x, c, and_wait):
    """(log Q, w) for Q = 1 + sum_j c^j / ((x+1)...(x+j)), all states with every agent busy relative to the first of them.

    w is the wait of answered contacts summed over those that wait, in units of the mean patience and relative to Q: with j
    ahead, one is answered with chance x/(x+j+1), after 1/(x+1) + ... + 1/(x+j+1) on average. x and c: agents' rate and
    arrivals' rate, times the patience.
    """
    peak = c - x - x * math.log(c / x) if c > x else 0.0
    if peak > HUGE:
        return log_full(x, c), x / c * (math.log(c) - digamma(x + 1)) if and_wait else 0.0
    steps = c - x + 9 * math.sqrt(c) if c >= x else min(9 * math.sqrt(x), DROP * x / (x - c))
    if steps > LONG_SUM:
        return long_queue(x, c)
    total, term, part, clock, waits, k = 1.0, 1.0, 1 / (x + 1), 0.0, 0.0, x + 1
    if not and_wait:
        while term > 1e-18 * total or c > k:
            term *= c / k
            total += term
            k += 1
        return math.log(total), 0.0
    clock, waits = part, x * part * part
    while term > 1e-18 * total or c > k:
        term *= c * part
        k += 1
        part = 1 / k
        clock += part
        total += term
        waits += term * x * part * clock
    return math.log(total), waits / total


@njit(nogil=True, error_model="numpy")
def log_full(x, c):
    """log Q where next to nobody meets a free agent: log(x Gamma(x) e^c c^-x), without the large numbers that cancel."""
    if x < 20:
        return c - x * math.log(c) + math.lgamma(x + 1)
    square = 1 / (x * x)
    stirling = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / x
    return c - x - x * math.log(c / x) + 0.5 * math.log(2 * math.pi * x) + stirling


@njit(nogil=True, error_model="numpy")
def digamma(x):
    """Derivative of log Gamma, for x of at least one."""
    shift = 0.0
    while x < 10:
        shift -= 1 / x
        x += 1
    square = 1 / (x * x)
    series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))))
    return shift + math.log(x) - 0.5 / x - series


@njit(nogil=True, error_model="numpy")
def long_queue(x, c):
    """The same as `queue` by integration, where the sum is long."""
    left, right, count = panels(x, c, (math.log(max(c, 1.0)) + DROP))
    top = -c * math.expm1(-max(math.log(c / x), 0.0)) - x * max(math.log(c / x), 0.0)
    total, waits, half = 0.0, 0.0, (right - left) / count / 2
    for p in range(count):
        for k in range(NODES.shape[0]):
            s = left + half * (2 * p + 1 + NODES[k])
            gone = math.expm1(-s)
            mass = WEIGHTS[k] * half * math.exp(-c * gone - x * s - top)
            total += mass
            waits += mass * s * (1 + gone)
    return math.log(x * total) + top, waits / total


@njit(nogil=True, error_model="numpy")
def within(lam, rate, patience, log_z, threshold):
    """Share of contacts that wait and are answered within the threshold; share whose offered wait is within it."""
    x, c = rate * patience, lam * patience
    end = min(threshold / patience, math.log(max(c, 1.0)) + DROP)
    if end <= 0:
        return 0.0, 0.0
    left, right, count = panels(x, c, end)
    base, half = math.log(x) - log_z, (right - left) / count / 2
    soon, soon_any = 0.0, 0.0
    for p in range(count):
        for k in range(NODES.shape[0]):
            s = left + half * (2 * p + 1 + NODES[k])
            gone = math.expm1(-s)
            mass = WEIGHTS[k] * half * math.exp(base - c * gone - x * s)
            soon_any += mass
            soon += mass * (1 + gone)
    return soon, soon_any


@njit(nogil=True, error_model="numpy")
def panels(x, c, end):
    """Where the density exp(c (1 - e^-s) - x s) matters in 0..end, and into how many pieces it is smooth enough to cut."""
    mode = math.log(c / x) if c > x else 0.0
    top = min(mode, end)
    slope = abs(c * math.exp(-top) - x) / 12 if top != mode or c <= x else 0.0
    finest = max(1 / 1.5, slope, math.sqrt(c * math.exp(-top)) / 3)
    left, right = 0.0, end
    if end * finest > 3:
        peak = -c * math.expm1(-top) - x * top
        low, high = 0.0, top
        for _ in range(24):
            left = (low + high) / 2
            low, high = (left, high) if -c * math.expm1(-left) - x * left < peak - DROP else (low, left)
        left = low
        low, high = top, end
        for _ in range(24):
            right = (low + high) / 2
            low, high = (right, high) if -c * math.expm1(-right) - x * right > peak - DROP else (low, right)
        right = high
    return left, right, int((right - left) * finest) + 1
