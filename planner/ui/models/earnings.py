"""Earnings as the window needs them: what is stored, what it adds up to, how files come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.earnings import (
    FileResult,
    IncomePicture,
    TypedMonth,
    counted,
    income_picture,
    like_key,
    read_files,
    stored_periods,
    suspected,
)
from planner.earnings.currency import to_yuan
from planner.values import Kind, LedgerEntry, Money, Month, SkippedRow

if TYPE_CHECKING:
    from planner.ui.tasks import Task
    from planner.vault import Rule, Store, StoredEntry, StoredImport

TYPED = "typed"
READING = 0.85  # share of an import's progress that is reading; the rest is storing
_SIGNS = {Kind.INCOME: 1, Kind.REFUND: -1, Kind.FEE: -1}
_NOT_TOLD = frozenset({"not_a_row", "total_row"})  # headings and totals are no rows a person misses


@dataclass(frozen=True)
class Doubtful:
    """Inflow that may not be pay; `included`: it counts now. `likeness`: source, reason, other side."""

    id: int
    day: date
    counterparty: str
    description: str
    reason: str
    money: Money
    source: str
    included: bool
    likeness: tuple[str, str, str]

    def is_like(self, other: Doubtful) -> bool:
        """Whether a decision on all like `other` takes this one in; nobody named means anybody."""
        named = other.likeness[2]
        return self.likeness == other.likeness if named else self.likeness[:2] == other.likeness[:2]


@dataclass(frozen=True)
class Pair:
    """Two rows that may be the same money; `second` is the one to leave out if they are."""

    first: LedgerEntry
    second: LedgerEntry
    second_id: int
    reason: str


@dataclass(frozen=True)
class Conversion:
    """A day's earnings in one foreign currency (less refunds and fees), and what they are in yuan."""

    day: date
    money: Money
    rate: Decimal
    rate_day: date
    yuan: Decimal
    source: str


@dataclass(frozen=True)
class ImportLine:
    """A file that counts; `income` by currency, before refunds and fees, `kinds` how many rows of each."""

    id: int
    file_name: str
    format: str
    rows: int
    kinds: Mapping[Kind, int]
    income: tuple[Money, ...]
    first_day: date | None
    last_day: date | None
    skipped: tuple[SkippedRow, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class ImportOutcome:
    """What became of one file: `error` is a code or empty; `stored` is False too for one known already."""

    path: Path
    name: str
    format: str = ""
    error: str = ""
    looks_like: str = ""
    warnings: tuple[str, ...] = ()
    stored: bool = False
    known: bool = False
    added: int = 0
    already_there: int = 0


@dataclass(frozen=True)
class EarningsView:
    """All that the window shows of one person's earnings, worked out once from what is stored."""

    picture: IncomePicture = field(default_factory=IncomePicture)
    typed: tuple[TypedMonth, ...] = ()
    files: tuple[ImportLine, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()
    pairs: tuple[Pair, ...] = ()
    conversions: tuple[Conversion, ...] = ()

    @property
    def typed_amounts(self) -> dict[Month, Decimal]:
        """What the person typed, by month."""
        sums: dict[Month, Decimal] = {}
        for one in self.typed:
            sums[one.month] = sums.get(one.month, Decimal(0)) + one.cny
        return sums

    @property
    def filed_amounts(self) -> dict[Month, Decimal]:
        """What the files say, by month."""
        own = {one.source for one in self.typed}
        parts = {
            month.month: [yuan for source, yuan in month.by_source.items() if source not in own]
            for month in self.picture.months
        }
        return {month: sum(yuan, start=Decimal(0)) for month, yuan in parts.items() if yuan}


def load(store: Store, person: int) -> EarningsView:
    """The view of what is stored now; takes long for many rows."""
    files = store.imports(person)
    entries = store.entries(person)
    typed = tuple(TypedMonth.from_json(month) for month in store.typed_months(person))
    counts = counted((one.entry, one.kind, one.included) for one in entries)
    return EarningsView(
        picture=income_picture(counts, typed, periods=stored_periods(file.summary for file in files)),
        typed=typed,
        files=tuple(map(_import_line, files)),
        doubtful=_doubtful(entries),
        pairs=_pairs(entries),
        conversions=_conversions(counts),
    )


def retyped(typed: Iterable[TypedMonth], changes: Mapping[Month, Decimal | None]) -> list[dict[str, Any]]:
    """The typed months after `changes`, for the store; orders and hours of a month stay with it."""
    kept = [one for one in typed if one.month not in changes]
    old = {one.month: one for one in typed if one.month in changes}
    for month, cny in changes.items():
        if cny is not None:
            before = old.get(month)
            source, orders, hours = (
                (before.source, before.orders, before.hours) if before else (TYPED, None, None)
            )
            kept.append(TypedMonth(month, cny, source, orders, hours))
    return [one.as_json() for one in sorted(kept, key=lambda one: (one.month, one.source))]


def rule_on(one: Doubtful, included: bool) -> Rule:
    """The decision on `one` and all like it, to be remembered."""
    from planner.vault import Rule

    source, reason, counterparty = one.likeness
    return Rule(source, reason, counterparty, included=included)


def take_in(
    store: Store, person: int, paths: Sequence[Path], password: str | None, today: date, task: Task
) -> list[ImportOutcome]:
    """Read the files and store them in one transaction; a cancel before its end leaves nothing."""
    sizes = [path.stat().st_size + 1 if path.is_file() else 1 for path in paths]
    read: list[tuple[Path, FileResult]] = []
    for number, path in enumerate(paths):
        task.check()
        task.progress(READING * sum(sizes[:number]) / sum(sizes), path.name)
        read.extend((path, result) for result in read_files([path], password=password, today=today))
    task.progress(READING, "")
    there = {stored.digest for stored in store.imports(person)}
    new: dict[str, FileResult] = {}
    for _path, result in read:
        if result.error is None and result.digest not in there:
            new.setdefault(result.digest, result)

    def files() -> Iterator[
        tuple[str, str, str, Iterable[LedgerEntry], Iterable[SkippedRow], Mapping[str, Any]]
    ]:
        for number, (digest, result) in enumerate(new.items()):
            task.check()
            task.progress(READING + (1 - READING) * number / len(new), "")
            yield result.file, digest, result.format, result.entries, result.skipped, result.summary
        task.seal()  # the last moment at which a cancel still rolls everything back

    kept = dict(zip(new, store.add_imports(person, files()), strict=True)) if new else {}
    outcomes = []
    for path, result in read:
        done = kept.pop(result.digest, None) if result.error is None else None
        outcomes.append(
            ImportOutcome(
                path=path,
                name=result.file if result.error is None else path.name,
                format=result.format,
                error=result.error or "",
                looks_like=result.looks_like,
                warnings=result.warnings,
                stored=done is not None,
                known=result.error is None and done is None,
                added=done.added if done else 0,
                already_there=done.known if done else len(result.entries),
            )
        )
    return outcomes


def _import_line(stored: StoredImport) -> ImportLine:
    said = stored.summary
    first, last = said.get("first_date"), said.get("last_date")
    sums = said.get("income_sum") or {}
    return ImportLine(
        id=stored.id,
        file_name=stored.file,
        format=stored.format,
        rows=int(said.get("data_rows") or stored.entries),
        kinds={Kind(name): int(count) for name, count in (said.get("rows") or {}).items()},
        income=tuple(Money.of(Decimal(amount), currency) for currency, amount in sums.items()),
        first_day=date.fromisoformat(first) if first else None,
        last_day=date.fromisoformat(last) if last else None,
        skipped=tuple(row for row in stored.skipped if row.reason not in _NOT_TOLD),
        warnings=tuple(said.get("warnings") or ()),
    )


def _doubtful(entries: Iterable[StoredEntry]) -> tuple[Doubtful, ...]:
    """The largest first, in yuan; equal ones the newest first."""
    found = [
        Doubtful(
            one.id,
            one.entry.day,
            one.entry.counterparty,
            one.entry.description,
            one.entry.reason,
            one.entry.money,
            one.entry.source,
            one.included,
            like_key(one.entry),
        )
        for one in entries
        if one.entry.doubtful and one.kind is Kind.INCOME
    ]
    return tuple(sorted(found, key=lambda one: (-_worth(one.money, one.day), -one.day.toordinal(), one.id)))


def _worth(money: Money, day: date) -> Decimal:
    converted = to_yuan(money, day)
    return converted.yuan if converted else Decimal(0)


def _pairs(entries: Iterable[StoredEntry]) -> tuple[Pair, ...]:
    """The suspected pairs that nobody has decided on: a decision on the second row settles its pairs."""
    counting = {(one.entry.source, one.entry.key): one for one in entries if one.included}
    found = []
    for pair in suspected(one.entry for one in counting.values()):
        second = counting[pair.second.source, pair.second.key]
        if second.decided != "entry":
            found.append(Pair(pair.first, pair.second, second.id, pair.reason))
    return tuple(found)


def _conversions(counts: Iterable[LedgerEntry]) -> tuple[Conversion, ...]:
    """The newest day first."""
    minor: dict[tuple[date, str], int] = {}
    yuan: dict[tuple[date, str], Decimal] = {}
    rates: dict[tuple[date, str], tuple[Decimal, date, str]] = {}
    for entry in counts:
        sign = _SIGNS.get(entry.kind)
        if sign is None or entry.money.currency == "CNY":
            continue
        converted = to_yuan(entry.money, entry.day)
        if converted is None:
            continue
        key = (entry.day, entry.money.currency)
        minor[key] = minor.get(key, 0) + sign * entry.money.minor
        yuan[key] = yuan.get(key, Decimal(0)) + sign * converted.yuan
        rates[key] = (converted.rate, converted.rate_day, converted.source)
    return tuple(
        Conversion(day, Money(minor[day, currency], currency), rate, rate_day, yuan[day, currency], source)
        for (day, currency), (rate, rate_day, source) in sorted(rates.items(), reverse=True)
    )
