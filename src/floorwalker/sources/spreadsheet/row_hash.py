"""Hashes of whole rows straight from the bytes of a delimited text: what `core.records.keys.key_of` gives for their cells.

For rows without quotes only. The hash is xxHash64; see its specification by Yann Collet.
"""

import numba
import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
_P1, _P2 = np.uint64(0x9E3779B185EBCA87), np.uint64(0xC2B2AE3D27D4EB4F)
_P3, _P4, _P5 = np.uint64(0x165667B19E3779F9), np.uint64(0x85EBCA77C2B2AE63), np.uint64(0x27D4EB2F165667C5)
_u = np.uint64
_NEWLINE, _RETURN, _UNIT = np.uint8(10), np.uint8(13), np.uint8(31)
_STRIPE = 32


def row_hashes(data: bytes, rows: int, delimiter: str, digest: str) -> npt.NDArray[np.int64]:
    """For each of the `rows` lines of `data`, which end with a newline, `key_of` the digest and the cells."""
    prefix = np.frombuffer(digest.encode() + b"\x1f", np.uint8)
    return _hashes(np.frombuffer(data, np.uint8), rows, np.uint8(ord(delimiter)), prefix).view(np.int64)


@numba.njit(cache=True, nogil=True)
def _hashes(data: Bytes, rows: int, delimiter: np.uint8, prefix: Bytes) -> npt.NDArray[np.uint64]:
    result = np.empty(rows, np.uint64)
    said = np.empty(len(prefix) + 2 * len(data), np.uint8)
    said[: len(prefix)] = prefix
    words = said[: len(said) // 8 * 8].view(np.uint64)
    at = _u(0)
    for row in range(rows):
        end, at = _cells(data, at, delimiter, said, _u(len(prefix)))
        result[row] = _xxhash64(said, words, end)
    return result


@numba.njit(cache=True, nogil=True)
def _cells(data: Bytes, at: np.uint64, delimiter: np.uint8, said: Bytes, end: np.uint64) -> tuple[np.uint64, np.uint64]:
    """Put the cells of the line at `at` behind one another into `said`, as `key_of` does; where they end, and the line.

    The reader drops a carriage return at the end of any cell.
    """
    one = _u(1)
    start = end
    while True:
        sign = data[at]
        at += one
        if sign in (delimiter, _NEWLINE):
            if end > start and said[end - one] == _RETURN:
                end -= one
            if end == start:
                said[end] = 0
                end += one
            if sign == _NEWLINE:
                return end, at
            said[end] = _UNIT
            end += one
            start = end
        else:
            said[end] = sign
            end += one


@numba.njit(cache=True, nogil=True)
def _xxhash64(signs: Bytes, words: npt.NDArray[np.uint64], length: np.uint64) -> np.uint64:
    """xxHash64 with seed 0 of the first `length` of `signs`, which are `words` as well."""
    at, whole = _u(0), length >> _u(3)
    if length >= _u(_STRIPE):
        a, b, c, d = _u(_P1 + _P2), _P2, _u(0), _u(_u(0) - _P1)
        while at + _u(4) <= whole:
            a, b = _step(a, words[at]), _step(b, words[at + _u(1)])
            c, d = _step(c, words[at + _u(2)]), _step(d, words[at + _u(3)])
            at += _u(4)
        found = _u(_turned(a, 1) + _turned(b, 7) + _turned(c, 12) + _turned(d, 18))
        found = _joined(_joined(_joined(_joined(found, a), b), c), d)
    else:
        found = _P5
    found = _u(found + length)
    while at < whole:
        found = _u(_turned(_u(found ^ _step(_u(0), words[at])), 27) * _P1 + _P4)
        at += _u(1)
    place = at << _u(3)
    if place + _u(4) <= length:
        half = _u(signs[place]) | _u(signs[place + _u(1)]) << _u(8)
        half |= _u(signs[place + _u(2)]) << _u(16) | _u(signs[place + _u(3)]) << _u(24)
        found = _u(_turned(_u(found ^ _u(half * _P1)), 23) * _P2 + _P3)
        place += _u(4)
    while place < length:
        found = _u(_turned(_u(found ^ _u(_u(signs[place]) * _P5)), 11) * _P1)
        place += _u(1)
    found = _u(_u(found ^ (found >> _u(33))) * _P2)
    found = _u(_u(found ^ (found >> _u(29))) * _P3)
    return _u(found ^ (found >> _u(32)))


@numba.njit(inline="always")
def _step(lane: np.uint64, word: np.uint64) -> np.uint64:
    return _u(_turned(_u(lane + _u(word * _P2)), 31) * _P1)


@numba.njit(inline="always")
def _joined(found: np.uint64, lane: np.uint64) -> np.uint64:
    return _u(_u(found ^ _step(_u(0), lane)) * _P1 + _P4)


@numba.njit(inline="always")
def _turned(word: np.uint64, by: int) -> np.uint64:
    return _u((word << _u(by)) | (word >> _u(64 - by)))
