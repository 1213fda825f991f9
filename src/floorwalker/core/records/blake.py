"""BLAKE3 of many short texts at once: 64 rows side by side, so that the processor works on several of them in one step.

Only what fits into one block of 64 bytes, the prefix included, is hashed here; see the BLAKE3 paper, sections 2.2 and 2.6.
"""

import numba
import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint32]
BLOCK = 64
_ROWS = 64
_START = np.array([0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19], np.uint32)
_PERMUTED = np.array([2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8])
_ROUNDS = 7
_ALONE = np.uint32(1 | 2 | 8)
"""The block begins its chunk, ends it, and is the root."""

_u = np.uint32
_W = tuple(np.uint64(word * _ROWS) for word in range(16))
"""Where each of sixteen words begins; unsigned, because numba would look out for negative places otherwise."""


def _orders() -> npt.NDArray[np.uint64]:
    """For each round, where the words of the message begin in the order in which it takes them."""
    order, orders = np.arange(16), []
    for _ in range(_ROUNDS):
        orders.append(order * _ROWS)
        order = order[_PERMUTED]
    return np.array(orders, np.uint64)


_ORDERS = _orders()


@numba.njit(cache=True, nogil=True)
def first_64_bits(
    data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64], prefix: npt.NDArray[np.uint8]
) -> npt.NDArray[np.uint64]:
    """The first eight bytes of the digest of `prefix` and each text, as a number; `offsets` say where texts begin in `data`.

    Prefix and text together must not be longer than BLOCK.
    """
    many = len(offsets) - 1
    result = np.empty(many, np.uint64)
    state, words = np.empty(16 * _ROWS, np.uint32), np.empty(16 * _ROWS, np.uint32)
    for first in range(0, many, _ROWS):
        rows = min(_ROWS, many - first)
        _laid_out(data, offsets, prefix, first, rows, state, words)
        for number in range(_ROUNDS):
            _round(state, words, _ORDERS[number])
        for row in range(rows):
            low, high = state[row] ^ state[_W[8] + row], state[_W[1] + row] ^ state[_W[9] + row]
            result[first + row] = _turned(low) << np.uint64(32) | _turned(high)
    return result


@numba.njit(cache=True, nogil=True)
def _laid_out(
    data: npt.NDArray[np.uint8],
    offsets: npt.NDArray[np.int64],
    prefix: npt.NDArray[np.uint8],
    first: int,
    rows: int,
    state: Words,
    words: Words,
) -> None:
    """Put some rows side by side: the state that each begins with, and its block as sixteen words."""
    block = np.zeros(BLOCK, np.uint8)
    block[: len(prefix)] = prefix
    for word in range(8):
        state[word * _ROWS : (word + 1) * _ROWS] = _START[word]
        state[(word + 8) * _ROWS : (word + 9) * _ROWS] = _START[word] if word < 4 else 0
    state[15 * _ROWS :] = _ALONE
    end = len(prefix)
    for row in range(rows):
        start, length = offsets[first + row], offsets[first + row + 1] - offsets[first + row]
        for place in range(length):
            block[len(prefix) + place] = data[start + place]
        block[len(prefix) + length : end] = 0
        end = len(prefix) + length
        state[14 * _ROWS + row] = end
        for word, value in enumerate(block.view(np.uint32)):
            words[word * _ROWS + row] = value


@numba.njit(inline="always")
def _mixed(a: _u, b: _u, c: _u, d: _u, x: _u, y: _u) -> tuple[_u, _u, _u, _u]:
    a = _u(_u(a + b) + x)
    d = _u(d ^ a)
    d = _u(_u(d >> _u(16)) | _u(d << _u(16)))
    c = _u(c + d)
    b = _u(b ^ c)
    b = _u(_u(b >> _u(12)) | _u(b << _u(20)))
    a = _u(_u(a + b) + y)
    d = _u(d ^ a)
    d = _u(_u(d >> _u(8)) | _u(d << _u(24)))
    c = _u(c + d)
    b = _u(b ^ c)
    b = _u(_u(b >> _u(7)) | _u(b << _u(25)))
    return a, b, c, d


@numba.njit(cache=True, nogil=True)
def _round(v: Words, m: Words, order: npt.NDArray[np.uint64]) -> None:
    """One round on all rows; everything by name, so that it becomes vector instructions."""
    p0, p1, p2, p3, p4, p5, p6, p7 = order[0], order[1], order[2], order[3], order[4], order[5], order[6], order[7]
    p8, p9, p10, p11, p12, p13, p14, p15 = order[8], order[9], order[10], order[11], order[12], order[13], order[14], order[15]
    for row in range(np.uint64(_ROWS)):
        a0, a1, a2, a3 = v[row], v[_W[1] + row], v[_W[2] + row], v[_W[3] + row]
        b0, b1, b2, b3 = v[_W[4] + row], v[_W[5] + row], v[_W[6] + row], v[_W[7] + row]
        c0, c1, c2, c3 = v[_W[8] + row], v[_W[9] + row], v[_W[10] + row], v[_W[11] + row]
        d0, d1, d2, d3 = v[_W[12] + row], v[_W[13] + row], v[_W[14] + row], v[_W[15] + row]
        a0, b0, c0, d0 = _mixed(a0, b0, c0, d0, m[p0 + row], m[p1 + row])
        a1, b1, c1, d1 = _mixed(a1, b1, c1, d1, m[p2 + row], m[p3 + row])
        a2, b2, c2, d2 = _mixed(a2, b2, c2, d2, m[p4 + row], m[p5 + row])
        a3, b3, c3, d3 = _mixed(a3, b3, c3, d3, m[p6 + row], m[p7 + row])
        a0, b1, c2, d3 = _mixed(a0, b1, c2, d3, m[p8 + row], m[p9 + row])
        a1, b2, c3, d0 = _mixed(a1, b2, c3, d0, m[p10 + row], m[p11 + row])
        a2, b3, c0, d1 = _mixed(a2, b3, c0, d1, m[p12 + row], m[p13 + row])
        a3, b0, c1, d2 = _mixed(a3, b0, c1, d2, m[p14 + row], m[p15 + row])
        v[row], v[_W[1] + row], v[_W[2] + row], v[_W[3] + row] = a0, a1, a2, a3
        v[_W[4] + row], v[_W[5] + row], v[_W[6] + row], v[_W[7] + row] = b0, b1, b2, b3
        v[_W[8] + row], v[_W[9] + row], v[_W[10] + row], v[_W[11] + row] = c0, c1, c2, c3
        v[_W[12] + row], v[_W[13] + row], v[_W[14] + row], v[_W[15] + row] = d0, d1, d2, d3


@numba.njit(inline="always")
def _turned(word: int) -> np.uint64:
    """A word with its four bytes the other way round."""
    x = np.uint64(word)
    high = (x & np.uint64(0xFF)) << np.uint64(24) | (x & np.uint64(0xFF00)) << np.uint64(8)
    return high | (x >> np.uint64(8)) & np.uint64(0xFF00) | x >> np.uint64(24)
