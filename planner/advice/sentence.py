"""Sentences of the cards: a marked message with what fills it, put into words by whoever shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from planner.values import Month, Name

Say = Callable[..., str]  # planner.text._ where words are wanted in the language in use


def in_english(message: str, /, **values: Any) -> str:
    """A `Say` without a catalogue."""
    return message.format(**values) if values else message


@dataclass(frozen=True)
class Sentence:
    """`message` is a message id; `values` are text, whole numbers or names in both languages."""

    message: str
    values: Mapping[str, str | int | Name] = field(default_factory=dict)

    def said(self, say: Say) -> str:
        return say(self.message, **self.values)

    def as_document(self) -> dict[str, Any]:
        """As it is kept: without a language, so that it can be shown in either later."""
        values = {
            name: {"en": value.en, "zh": value.zh} if isinstance(value, Name) else value
            for name, value in self.values.items()
        }
        return {"message": self.message, "values": values}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Sentence:
        values = {
            name: Name(value["en"], value["zh"]) if isinstance(value, dict) else value
            for name, value in document["values"].items()
        }
        return cls(document["message"], values)


def amount(yuan: Decimal | float) -> str:
    """Whole yuan with thousands separated, without a sign; the sentence names the unit."""
    whole = Decimal(str(yuan)).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{whole if whole else abs(whole):,f}"


def spoken_month(month: Month) -> Name:
    return Name(str(month), f"{month.year}年{month.month}月")


def spoken_day(day: date) -> Name:
    return Name(day.isoformat(), f"{day.year}年{day.month}月{day.day}日")


def of_a_hundred(share: float) -> str | Name:
    """How many of a hundred; a very small share is not said to be none, nor a very large one all."""
    hundredths = share * 100
    if 0 < hundredths < 1:
        return Name("fewer than 1", "不到 1")
    if 99 < hundredths < 100:
        return Name("more than 99", "超过 99")
    return f"{round(hundredths)}"
