"""The same figures the long way round: every state of the chain written out, and the wait summed on a fine grid."""

import numpy as np


def figures(lam: float, aht: float, patience: float, n: int, threshold: float) -> dict[str, float]:
    """Service levels, wait of answered contacts, abandonment and occupancy of M/M/n+M at n agents."""
    mu, theta = 1 / aht, 1 / patience
    most = n + int(60 * np.sqrt(max(lam, n * mu) * patience + 1) + max(lam - n * mu, 0) * patience * 2 + 200)
    k = np.arange(most + 1)
    leaving = mu * np.minimum(k, n) + theta * np.maximum(k - n, 0)
    logs = np.concatenate([[0], np.cumsum(np.log(lam / leaving[1:]))])
    chance = np.exp(logs - logs.max())
    chance /= chance.sum()
    busy, queued = (chance * np.minimum(k, n)).sum(), (chance * np.maximum(k - n, 0)).sum()
    gone = queued * theta / lam
    wait = chance[n:].sum()
    soon, soon_any, waits = wait_of_somebody_patient(lam, n * mu, theta, threshold)
    soon, soon_any, waits = soon * wait, soon_any * wait, waits * wait
    left_soon = soon_any - soon + (wait - soon_any) * -np.expm1(-theta * threshold)
    offered = 1 - wait + soon
    return {
        "offered": offered,
        "answered": offered / (1 - gone),
        "offered_minus_short": offered / (1 - left_soon),
        "asa_s": waits / (1 - gone),
        "abandonment": gone,
        "occupancy": busy / n,
    }


def wait_of_somebody_patient(lam: float, rate: float, theta: float, threshold: float) -> tuple[float, float, float]:
    """Of those who wait: shares with an offered wait within the threshold (answered, any), and the wait of the answered."""

    def log_density(t: np.ndarray) -> np.ndarray:
        return -lam / theta * np.expm1(-theta * t) - rate * t

    end = 1.0
    peak = max(np.log(lam / rate) / theta, 0.0) if lam > rate else 0.0
    while log_density(np.array(peak + end)) > log_density(np.array(peak)) - 40:
        end *= 1.5
    whole = _simpson(np.linspace(0, peak + end, 400_001), log_density, log_density(np.array(peak)), theta)
    part = (
        _simpson(np.linspace(0, threshold, 400_001), log_density, log_density(np.array(peak)), theta)
        if threshold
        else (0, 0, 0)
    )
    return part[1] / whole[0], part[0] / whole[0], whole[2] / whole[0]


def _simpson(t, log_density, top, theta):  # type: ignore[no-untyped-def]
    weights = np.full(t.size, 2.0)
    weights[1::2], weights[0], weights[-1] = 4.0, 1.0, 1.0
    mass = weights * np.exp(log_density(t) - top) * (t[1] - t[0]) / 3
    stays = np.exp(-theta * t)
    return mass.sum(), (mass * stays).sum(), (mass * stays * t).sum()
