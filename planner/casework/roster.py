"""Reads a roster (会员名单), CSV or workbook: every row becomes a member or is refused with why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from planner.casework import entries
from planner.casework.columns import NEEDED, Layout, header_words, layout_of
from planner.casework.member import INJURY, MEDICAL, PENSION, UNTOLD, Member
from planner.earnings.container import open_file
from planner.earnings.document import Document, Header, Row
from planner.earnings.limits import UnreadableError
from planner.policy import Pack
from planner.projection.case import WORK_FROM, YOUNGEST
from planner.values import InputError, Month, Place, mark

OLDEST = 100  # years
_REMARK = "#"
_T = TypeVar("_T")

_COVERS = ((PENSION, "pension_cover"), (MEDICAL, "medical_cover"), (INJURY, "injury_cover"))
_FEN = ("account_balance", "resident_balance", "essentials", "buffer", "income")


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that kept its row out: `field` is the name of a column or a month, `given` what stood there."""

    line: int
    field: str
    error: InputError
    given: str = ""


@dataclass(frozen=True)
class Roster:
    """A roster that was recognised; its rows are read as they are asked for."""

    document: Document
    header: Header
    layout: Layout
    pack: Pack = field(repr=False)
    today: date

    def rows(self) -> Iterator[Member | tuple[Refused, ...]]:
        """A member for each row, or all that is wrong with it; remarks and empty rows are passed over."""
        numbers: dict[str, int] = {}
        reader = _Reader(self.layout, self.pack, self.today)
        for row, torn in self.document.whole_rows(self.header):
            if row.cells[0].startswith(_REMARK):
                continue
            if torn:
                yield (Refused(row.line, "", InputError("truncated", _TORN)),)
                continue
            found = reader.read(row)
            if isinstance(found, Member) and found.number:
                first = numbers.setdefault(found.number, found.line)
                if first != found.line:
                    yield (Refused(row.line, "number", InputError("member_twice", _TWICE, line=first)),)
                    continue
            yield found


_TORN = mark("The file ends within this row.")
_TWICE = mark("This member number is already in line {line}.")


def open_roster(path: Path, pack: Pack, today: date, password: str | None = None) -> Roster:
    """The roster in a file: its first table with the needed headings; an InputError if none."""
    try:
        best = _best_table(path, password)
    except UnreadableError as error:
        if error.code != "unknown_format":
            raise InputError(error.code, error.message, field="roster", **error.values) from None
        best = None
    if best is None:
        raise InputError(
            "no_roster",
            mark(
                "{file} has no table with the headings of a roster; at least when a member was born and the "
                "province are needed. An empty roster with all headings: wenbao batch --template FILE"
            ),
            field="roster",
            file=path.name,
        )
    document, head, layout = best
    return Roster(document, head, layout, pack, today)


def _best_table(path: Path, password: str | None) -> tuple[Document, Header, Layout] | None:
    """The table that most columns are known of, in the first part of the file that has any."""
    words = header_words()
    for opened in open_file(path, password):
        best: tuple[Document, Header, Layout] | None = None
        for document in opened.documents:
            for head in document.heads:
                layout = layout_of(head.names, words)
                usable = all(name in layout.columns for name in NEEDED) or (
                    "city" in layout.columns and "born" in layout.columns
                )
                if usable and (best is None or layout.known > best[2].known):
                    best = document, head, layout
        if best is not None:
            return best
    return None


class _Reader:
    """Reads row after row; what is wrong with a row is collected, not only its first fault."""

    def __init__(self, layout: Layout, pack: Pack, today: date) -> None:
        self._at = layout.columns
        self._months = layout.months
        self._pack = pack
        self._today = today
        self._row = Row(0, [])
        self._wrong: list[Refused] = []

    def read(self, row: Row) -> Member | tuple[Refused, ...]:
        self._row, self._wrong = row, []
        notes: list[str] = []
        born = self._needed("born", entries.month)
        category = self._category(notes)
        where = self._place(notes)
        months = self._paid_months(born)
        resident_months = self._try("resident_months", entries.span)
        average_index = self._try("average_index", entries.index)
        money = {name: self._try(name, entries.fen) for name in _FEN}
        occupation = self._try("occupation", self._occupation) or UNTOLD
        hukou = self._try("hukou", self._hukou)
        cover = self._covers()
        earned = self._earned()
        number, name = self._plain("number"), self._plain("name")
        platforms = self._try("platforms", entries.parts) or ()
        if months and average_index is None:
            notes.append("index_assumed")
        if months and money["account_balance"] is None:
            notes.append("balance_missing")
        if self._wrong or born is None or category is None or where is None:
            return tuple(self._wrong)
        return Member(
            line=row.line,
            born=born,
            category=category,
            place=where[0],
            number=number,
            name=name,
            area=where[1],
            hukou=hukou,
            occupation=occupation,
            platforms=platforms,
            employee_months=months,
            average_index=average_index,
            account_balance=money["account_balance"],
            resident_months=resident_months,
            resident_balance=money["resident_balance"],
            essentials=money["essentials"],
            buffer=money["buffer"],
            income=money["income"],
            months=earned,
            cover=cover,
            notes=tuple(notes),
        )

    def _cell(self, name: str) -> str:
        return self._row.cell(self._at.get(name))

    def _refuse(self, name: str, error: InputError) -> None:
        at = self._at.get(name)
        self._wrong.append(Refused(self._row.line, name, error, self._row.cell(at)))

    def _try(self, name: str, read: Callable[[str], _T]) -> _T | None:
        """The cell as read; None for an empty one and for one that is refused."""
        cell = self._cell(name)
        if not cell:
            return None
        try:
            text = entries.folded(cell)
            return read(text) if text else None
        except InputError as error:
            self._refuse(name, error)
            return None

    def _needed(self, name: str, read: Callable[[str], _T]) -> _T | None:
        if not self._cell(name):
            self._refuse(name, InputError("missing_field", mark("This is needed and was left empty.")))
            return None
        return self._try(name, read)

    def _plain(self, name: str) -> str:
        return self._try(name, lambda text: "".join(filter(str.isprintable, text))) or ""

    def _category(self, notes: list[str]) -> str | None:
        said, sex, post = (self._plain(name) for name in ("category", "sex", "worker_type"))
        at = "category" if said else "worker_type" if post and sex else "sex"
        if not said and not sex:
            self._refuse("sex", InputError("missing_field", mark("This is needed and was left empty.")))
            return None
        try:
            found, assumed = entries.category(said, sex, post)
        except InputError as error:
            self._refuse(at, error)
            return None
        if assumed:
            notes.append("category_assumed")
        return found

    def _place(self, notes: list[str]) -> tuple[Place, str] | None:
        name = "province" if self._cell("province") else "city"
        province, city = self._plain("province"), self._plain("city")
        if not province and not city:
            self._refuse("province", InputError("missing_field", mark("This is needed and was left empty.")))
            return None
        try:
            where, area, unknown = entries.place(province or city, city if province else "", self._pack)
        except InputError as error:
            self._refuse(name, error)
            return None
        if unknown:
            notes.append("city_unknown")
        return where, area

    def _hukou(self, text: str) -> Place:
        return entries.place(text, "", self._pack)[0]

    def _occupation(self, text: str) -> str:
        return entries.occupation(text, self._pack)

    def _paid_months(self, born: Month | None) -> int | None:
        """The months of the record, which cannot reach back before anyone may work."""
        months = self._try("employee_months", entries.span)
        if born is None:
            return months
        age = Month.of(self._today) - born
        if not YOUNGEST * 12 <= age <= OLDEST * 12:
            self._refuse("born", InputError("out_of_range", _AGES, low=YOUNGEST, high=OLDEST))
        elif months is not None and months > age - WORK_FROM * 12:
            self._refuse("employee_months", InputError("out_of_range", _TOO_LONG))
        return months

    def _covers(self) -> dict[str, frozenset[str]]:
        found = {}
        for risk, name in _COVERS:
            schemes = self._try(name, lambda text, risk=risk: entries.cover(risk, text))  # type: ignore[misc]
            if schemes is not None:
                found[risk] = schemes
        return found

    def _earned(self) -> tuple[tuple[Month, int], ...]:
        """The months with a number in them, oldest first; one still ahead is refused."""
        earned = []
        for month, at in sorted(self._months.items()):
            cell = self._row.cell(at)
            if not cell:
                continue
            try:
                fen = entries.fen(entries.folded(cell), negative=True)
                if fen is not None and month > Month.of(self._today):
                    raise InputError("month_ahead", mark("This month has not been earned yet."))
            except InputError as error:
                self._wrong.append(Refused(self._row.line, str(month), error, cell))
                continue
            if fen is not None:
                earned.append((month, fen))
        return tuple(earned)


_AGES = mark("A member is between {low} and {high} years old.")
_TOO_LONG = mark("This is longer than the member can have worked.")
