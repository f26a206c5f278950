"""Earnings as the window needs them: what is stored, what it adds up to, how files come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.values import Month

if TYPE_CHECKING:
    from planner.earnings import FileResult
