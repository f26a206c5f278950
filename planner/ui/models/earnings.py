"""Earnings as the window needs them: what is stored, what it adds up to, how files come in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.earnings import (
    Coverage,
    IncomePicture,
    Returned,
    Spending,
    Statistics,
    TypedMonth,
    adjusted,
    counted,
    coverage,
    income_picture,
    like_key,
    returned,
    spendings,
    statistics,
    stored_periods,
    stored_work,
    suspected,
)
from planner.earnings.collector import collector_paused
from planner.earnings.currency import to_yuan
from planner.earnings.memory import Memory
from planner.ui.models.income import typed_months
from planner.values import Kind, LedgerEntry, Money, Month, SkippedRow

if TYPE_CHECKING:
    from planner.earnings import FileResult
    from planner.earnings.guess import Guess
    from planner.ui.tasks import Task
    from planner.vault import Rule, Store, StoredEntry, StoredImport

TYPED = "typed"
READING = 0.85  # share of an import's progress that is reading; the rest is storing
_SIGNS = {Kind.INCOME: 1, Kind.REFUND: -1, Kind.FEE: -1}
_ASKED = {Kind.INCOME, Kind.NEUTRAL}  # what a doubtful row may be; one that is called a cost is settled
_NOT_TOLD = frozenset({"not_a_row", "total_row"})  # headings and totals are no rows a person misses


@dataclass(frozen=True)
class Doubtful:
    """Inflow that may not be pay; `included`: it counts now. `likeness`: source, reason, other side.

    What its reader takes for income counts until it is ticked out, what it does not only once it is ticked.
    """

    stored: StoredEntry
    likeness: tuple[str, str, str]
    yuan: Decimal = Decimal(0)

    @property
    def id(self) -> int:
        return self.stored.id

    @property
    def entry(self) -> LedgerEntry:
        return self.stored.entry

    @property
    def included(self) -> bool:
        return self.stored.included and self.stored.kind is Kind.INCOME

    @property
    def decided(self) -> str:
        return self.stored.decided

    @property
    def meant(self) -> tuple[str, ...]:
        """What a decision on all like this one names: nobody named means anybody."""
        return self.likeness if self.likeness[2] else self.likeness[:2]

    def is_among(self, likes: Collection[tuple[str, ...]]) -> bool:
        """Whether a decision that names `likes` takes this one in."""
        return self.likeness in likes or self.likeness[:2] in likes

    def is_like(self, other: Doubtful) -> bool:
        """Whether a decision on all like `other` takes this one in."""
        return self.is_among((other.meant,))


@dataclass(frozen=True)
class Pair:
    """Two rows that may be the same money; `second` is the one to leave out if they are."""

    first: LedgerEntry
    stored: StoredEntry
    reason: str

    @property
    def second(self) -> LedgerEntry:
        return self.stored.entry

    @property
    def second_id(self) -> int:
        return self.stored.id


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
    source: str = ""
    assumed_currency: str = ""
    path: str = ""


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
    guess: Guess | None = None


@dataclass(frozen=True)
class EarningsView:
    """All that the window shows of one person's earnings, worked out once from what is stored."""

    picture: IncomePicture = field(default_factory=IncomePicture)
    typed: tuple[TypedMonth, ...] = ()
    files: tuple[ImportLine, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()
    pairs: tuple[Pair, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    statistics: Statistics = field(default_factory=Statistics)
    returned: tuple[Returned, ...] = ()
    spendings: tuple[Spending, ...] = ()
    rules: tuple[Rule, ...] = ()
    memory: Memory = field(default_factory=Memory)
    lines: tuple[StoredEntry, ...] = field(default=(), repr=False, compare=False)
    lines_of: tuple[int, ...] = ()  # the files that `lines` were read from

    @property
    def typed_amounts(self) -> dict[Month, Decimal]:
        """What the person typed, by month."""
        sums: dict[Month, Decimal] = {}
        for one in self.typed:
            if one.cny is not None:
                sums[one.month] = sums.get(one.month, Decimal(0)) + one.cny
        return sums

    @property
    def typed_work(self) -> dict[Month, tuple[int | None, Decimal | None]]:
        """The orders and hours that the person typed, by month."""
        return {one.month: (one.orders, one.hours) for one in self.typed if one.orders or one.hours}

    @property
    def filed_amounts(self) -> dict[Month, Decimal]:
        """What the files say, by month."""
        own = {one.source for one in self.typed}
        parts = {
            month.month: [yuan for source, yuan in month.by_source.items() if source not in own]
            for month in self.picture.months
        }
        return {month: sum(yuan, start=Decimal(0)) for month, yuan in parts.items() if yuan}


@collector_paused()  # walking a large ledger for garbage would hold up the window for a fifth of a second
def load(
    store: Store,
    person: int,
    known: EarningsView | None = None,
    check: Callable[[], None] = lambda: None,
) -> EarningsView:
    """The view of what is stored now; takes long for many rows.

    The rows of `known`, an earlier view of the same person, need not be read again while the files are the
    same. `check` may leave the work between two parts.
    """
    files = store.imports(person)
    numbers = tuple(file.id for file in files)
    if known is not None and numbers == known.lines_of:
        entries = store.judged(person, known.lines)
    else:
        entries = store.entries(person)
    typed = typed_months(store, person)
    check()
    counts = counted((one.entry, one.kind, one.included) for one in entries)
    periods = stored_periods(file.summary for file in files)
    work = stored_work(file.summary for file in files)
    check()
    picture = income_picture(counts, typed, periods=periods, work=work)
    check()
    found = statistics(picture, counts)
    check()
    pairs = _pairs(entries)
    check()
    return EarningsView(
        picture=picture,
        typed=typed,
        files=tuple(map(_import_line, files)),
        doubtful=_doubtful(entries),
        pairs=pairs,
        conversions=_conversions(counts),
        coverage=coverage((one.entry for one in entries), periods, typed),
        statistics=found,
        returned=returned(counts),
        spendings=spendings((one.id, one.entry, one.kind) for one in entries if one.included),
        rules=tuple(store.rules(person)),
        memory=Memory.of(store.remembered()),
        lines=tuple(entries),
        lines_of=numbers,
    )


def glance(view: EarningsView, files: Iterable[StoredImport], store: Store, person: int) -> EarningsView:
    """`view` with these files and the decisions and typed months of now, in a moment; `load` makes it whole.

    What the person decided on rows that wait for a decision is in the picture already.
    """
    before = {one.id: one.stored for one in view.doubtful}
    before.update((pair.second_id, pair.stored) for pair in view.pairs)
    now = {one.id: one for one in store.judged(person, before.values())}
    turned = [(before[number], one) for number, one in now.items() if _say(one) != _say(before[number])]
    return replace(
        view,
        picture=adjusted(
            view.picture,
            more=counted((one.entry, *_say(one)) for _before, one in turned),
            fewer=counted((one.entry, *_say(one)) for one, _now in turned),
        ),
        doubtful=tuple(
            one if one.stored == now[one.id] else replace(one, stored=now[one.id]) for one in view.doubtful
        ),
        pairs=tuple(pair for pair in view.pairs if _is_open(now[pair.second_id])),
        typed=typed_months(store, person),
        files=tuple(map(_import_line, files)),
        rules=tuple(store.rules(person)),
        memory=Memory.of(store.remembered()),
    )


def _say(one: StoredEntry) -> tuple[Kind, bool]:
    return one.kind, one.included


def retyped(typed: Iterable[TypedMonth], changes: Mapping[Month, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The typed months after `changes`, for the store; what a change does not name stays with its month.

    A change holds any of `cny`, `orders` and `hours`; None takes the number away.
    """
    months = {one.month: one for one in typed}
    for month, change in changes.items():
        before = months.pop(month, TypedMonth(month, None, TYPED))
        after = replace(before, **change)
        if not (after.cny is None and after.orders is None and after.hours is None):
            months[month] = after
    return [months[month].as_json() for month in sorted(months)]


def rule_on(one: Doubtful, included: bool) -> Rule:
    """The decision on `one` and all like it, to be remembered."""
    from planner.vault import Rule

    source, reason, counterparty = one.likeness
    return Rule(source, reason, counterparty, included=included)


@collector_paused()
def take_in(
    store: Store,
    person: int,
    paths: Sequence[Path],
    password: str | None,
    today: date,
    task: Task,
    *,
    currency: str = "",
    instead_of: Sequence[int] = (),
) -> list[ImportOutcome]:
    """Read the files and store them in one transaction; a cancel before its end leaves nothing.

    `currency` is the money of files that name none; the files numbered `instead_of` go out as these come in.
    """
    from planner.earnings.guess import guess_file
    from planner.earnings.importing import read_files

    memory = Memory.of(store.remembered())
    sizes = [path.stat().st_size + 1 if path.is_file() else 1 for path in paths]
    read: list[tuple[Path, FileResult]] = []
    for number, path in enumerate(paths):
        task.check()
        task.progress(READING * sum(sizes[:number]) / sum(sizes), path.name)
        found = read_files([path], password=password, today=today, currency=currency, memory=memory)
        read.extend((path, result) for result in found)
    task.progress(READING, "")
    there = {stored.digest for stored in store.imports(person)}
    new: dict[str, FileResult] = {}
    origin: dict[str, Path] = {}
    for path, result in read:
        if result.error is None and result.digest not in there:
            new.setdefault(result.digest, result)
            origin.setdefault(result.digest, path.absolute())

    def files() -> Iterator[
        tuple[str, str, str, Iterable[LedgerEntry], Iterable[SkippedRow], Mapping[str, Any]]
    ]:
        for number, (digest, result) in enumerate(new.items()):
            task.check()
            task.progress(READING + (1 - READING) * number / len(new), "")
            summary = {**result.summary, "path": str(origin[digest])}
            yield result.file, digest, result.format, result.entries, result.skipped, summary
        task.seal()  # the last moment at which a cancel still rolls everything back

    added = store.add_imports(person, files(), instead_of=instead_of) if new else []
    kept = dict(zip(new, added, strict=True))
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
                guess=guess_file(path, password) if result.error == "unknown_format" else None,
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
        source=str(said.get("source") or ""),
        assumed_currency=str(said.get("assumed_currency") or ""),
        path=str(said.get("path") or ""),
    )


def _doubtful(entries: Iterable[StoredEntry]) -> tuple[Doubtful, ...]:
    """The largest first, in yuan; equal ones the newest first."""
    found = [
        Doubtful(one, like_key(one.entry), _worth(one.entry.money, one.entry.day))
        for one in entries
        if one.entry.doubtful and one.kind in {Kind.INCOME, one.entry.kind} & _ASKED
    ]
    return tuple(sorted(found, key=lambda one: (-one.yuan, -one.entry.day.toordinal(), one.id)))


def _worth(money: Money, day: date) -> Decimal:
    converted = to_yuan(money, day)
    return converted.yuan if converted else Decimal(0)


def _pairs(entries: Iterable[StoredEntry]) -> tuple[Pair, ...]:
    """The suspected pairs that nobody has decided on: a decision on the second row settles its pairs."""
    counting = {(one.entry.source, one.entry.key): one for one in entries if one.included}
    found = []
    for pair in suspected(one.entry for one in counting.values()):
        second = counting[pair.second.source, pair.second.key]
        if _is_open(second):
            found.append(Pair(pair.first, second, pair.reason))
    return tuple(found)


def _is_open(second: StoredEntry) -> bool:
    """Whether nobody has decided on a pair yet, which is done by a decision on its second row."""
    return second.included and second.decided != "entry"


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
