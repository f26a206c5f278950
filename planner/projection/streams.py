"""Random numbers: one independent stream a subject, so that a change in one leaves the others as they were.

With common random numbers two settings are compared on the same futures: switching a shock on must not
redraw the economy. SFC64 is the fastest of NumPy's bit generators here and is the same on every system.
"""

from __future__ import annotations

from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float32]

SUBJECTS = (
    "economy",
    "lifetime",
    "parameters",
    "income",
    "activity",
    "exits",
    "setbacks",
    "currency",
    "account_suspended",
    "fee_raised",
    "tariff",
    "illness",
    "currency_down_10",
)
CHANCES = 65_536  # throws that `throw` tells apart

_MIXES = 16_384  # a power of two, at most the range of 16 bits


def stream(seed: int, subject: str) -> np.random.Generator:
    """The stream of `subject` under `seed`; an unknown subject is a ValueError."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, SUBJECTS.index(subject)])))


@lru_cache(maxsize=4)
def student_scales(freedom: int) -> Row:
    """Equally likely factors that turn a standard normal into a Student-t of variance 1.

    A Student-t is a normal over the square root of chi-squared / freedom; the factors are its inverse square
    roots at 16,384 midpoints, scaled so that their mean square is exactly 1: one costs a table look-up.
    """
    steps = np.linspace(0, 60.0 + 10 * freedom, 400_001)
    with np.errstate(divide="ignore"):
        density = steps ** (freedom / 2 - 1) * np.exp(-steps / 2)
    share = np.cumsum(density)
    share /= share[-1]
    middles = (np.arange(_MIXES) + 0.5) / _MIXES
    scales = 1 / np.sqrt(np.interp(middles, share, steps))
    exact: Row = (scales / np.sqrt(np.mean(scales**2))).astype(np.float32)
    exact.flags.writeable = False  # shared by all who ask
    return exact


def pick(scales: Row, random: np.random.Generator, out: Row) -> None:
    """Fills `out` with factors of `student_scales` drawn at random."""
    scales.take(_sixteen_bits(out.size, random) & (_MIXES - 1), out=out, mode="clip")


def throw(random: np.random.Generator, out: Row) -> None:
    """Fills `out` with 0.5, 1.5, ... `CHANCES` - 0.5, equally likely: for comparing with chances * `CHANCES`.

    Four throws from one draw of 64 bits, for what is thrown every month on every path.
    """
    np.copyto(out, _sixteen_bits(out.size, random))
    out += np.float32(0.5)


def _sixteen_bits(count: int, random: np.random.Generator) -> NDArray[np.uint16]:
    return random.bit_generator.random_raw(-(-count // 4)).view(np.uint16)[:count]


def spread_normals(count: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Standard normals (count,), one from each of `count` equally likely parts, in random order.

    For what is drawn once a path and matters most: results vary less from seed to seed than with free draws,
    so that errors worked out as for free draws are on the safe side.
    """
    shares, normals = _normal_quantiles()
    drawn: NDArray[np.float64] = np.interp(
        (random.permutation(count) + random.random(count)) / count, shares, normals
    )
    return drawn


@lru_cache(maxsize=1)
def _normal_quantiles() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    tail = np.logspace(-9, -3.5, 40)
    shares = np.concatenate([tail, np.linspace(0.0005, 0.9995, 2001), 1 - tail[::-1]])
    normal = NormalDist()
    return shares, np.array([normal.inv_cdf(share) for share in shares])
