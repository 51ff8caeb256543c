"""Figures as they are counted: SQLite stores them as floating-point numbers, and a count of 3 is given as 3, not as 3.0."""

from __future__ import annotations

from typing import Any

EXACT = 2**53  # beyond it a floating-point number does not tell which whole number it is


def whole(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row whose whole numbers look it.

    >>> whole((3.0, 2.5, None, "4.0"))
    (3, 2.5, None, '4.0')
    """
    return tuple([int(value) if type(value) is float and value.is_integer() and abs(value) < EXACT else value for value in row])
