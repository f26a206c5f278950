"""My situation: four answers give the first picture, the rest makes it one's own; saved at once."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from planner import text
from planner.advice.group_month import group_month
from planner.projection import LEAST_MONTHS
from planner.report import months_words
from planner.text import _
from planner.ui.models.outlook import Outlook, outlook
from planner.ui.models.workspace import NEEDED, Workspace
from planner.ui.pages.page import Page
from planner.ui.pages.tolerances import TOLERANCES
from planner.ui.widgets.badge import Badge
from planner.ui.widgets.card import AnswerCard, label
from planner.ui.widgets.columns import Columns
from planner.ui.widgets.drop_zone import DropZone
from planner.ui.widgets.fields import (
    AmountField,
    ChoiceField,
    CountField,
    Field,
    ManyField,
    MonthField,
    SearchField,
)
from planner.ui.widgets.life_line import LifeLine, Mark
from planner.ui.widgets.turning_row import TurningRow
from planner.ui.widgets.why import WhyPanel
from planner.values import InputError, Month, mark

CATEGORIES = (
    ("male_60", mark("Man")),
    ("female_55", mark("Woman, paying for myself")),
    ("female_50", mark("Woman, employed as a worker")),
)
_RETIRE = {
    "male_60": mark(
        "As a man you can retire in {month}, at {age}; you need at least {needed} of contributions."
    ),
    "female_55": mark(
        "As a woman paying for yourself you can retire in {month}, at {age}; "
        "you need at least {needed} of contributions."
    ),
    "female_50": mark(
        "As an employed woman worker you can retire in {month}, at {age}; "
        "you need at least {needed} of contributions."
    ),
}
_OTHER_CATEGORY = {
    "female_55": (
        "female_50",
        mark("Counted as an employed worker it would be {month} instead, with at least {needed}."),
    ),
    "female_50": (
        "female_55",
        mark("Counted as paying for yourself it would be {month} instead, with at least {needed}."),
    ),
}
YOUNGEST, OLDEST = 16, 70  # years of age offered in the list of birth years


class MySituationPage(Page):
    """The answers of one person, and at once what they mean."""

    name = "my_situation"
    heading = mark("My situation")
    asks = mark("When can you retire, and is what you have paid enough?")
    rests_on = (*NEEDED, "area", "hukou", "platforms", "max_lapse")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._fields: dict[str, Field] = {}
        self._choices_for: dict[SearchField, tuple[object, ...]] = {}
        self._make_answer()
        self._make_three()
        self.later(self._make_drop, self._show_drop)
        self.later(self._make_paid, self._show_paid)
        self.later(self._make_month, self._show_month)
        self.body.addStretch(1)
        workspace.person_changed.connect(self.mark_stale)
        workspace.answers_changed.connect(self.mark_stale)
        workspace.earnings_changed.connect(self.mark_stale)

    def retranslate(self) -> None:
        self._choices_for.clear()
        super().retranslate()
        for field in self.findChildren(Field):
            field.retranslate()
        for drop in self.findChildren(DropZone):
            drop.retranslate()
        self.why.retranslate()

    # The answer

    def _make_answer(self) -> None:
        self.answer = AnswerCard()
        self.life_line = LifeLine(self.look)
        self.answer.body.addWidget(self.life_line)
        self.group_badge = Badge("", "warn")
        self.group_note = label(role="text", selectable=True)
        row = TurningRow()
        row.add(self.group_badge)
        row.add(self.group_note, stretches=True)
        self.answer.body.addWidget(row)
        buttons = TurningRow()
        self.to_earnings = self._link("earnings", mark("Add my bills"))
        self.to_tiers = self._link("pension_tiers", mark("Compare what to pay"))
        buttons.add(self.to_tiers)
        buttons.add(self.to_earnings)
        buttons.fill()
        self.answer.body.addWidget(buttons)
        self.why = WhyPanel(self.look, mark("Why this month"))
        self.body.addWidget(self.answer)
        self.body.addWidget(self.why)

    def _link(self, page: str, words: str) -> QPushButton:
        button = QPushButton()
        button.setProperty("tone", "primary" if page == "pension_tiers" else "plain")
        self.tell(button.setText, words)
        self.tell(button.setAccessibleName, words)
        button.clicked.connect(lambda: self.workspace.open_page.emit(page))
        return button

    # The questions

    def _make_three(self) -> None:
        card = self.add_card(
            mark("Four answers to begin"),
            mark("They are kept at once, on this computer. You can undo any of them."),
        )
        this_year = self.workspace.today.year
        years = range(this_year - YOUNGEST, this_year - OLDEST - 1, -1)
        self.born = MonthField(self.words, mark("When were you born?"), years)
        self.place = SearchField(
            self.words,
            mark("Where do you work and pay?"),
            placeholder=mark("Type a province or city"),
        )
        self.area = SearchField(
            self.words,
            mark("Which part of the province?"),
            mark("The limits differ within this province. Unsure: leave it empty; the lowest is assumed."),
        )
        self.occupation = SearchField(
            self.words, mark("What do you do most?"), placeholder=mark("Choose from the list")
        )
        self.category = ChoiceField(
            self.words,
            mark("For the retirement age: which are you?"),
            CATEGORIES,
            mark("Women who pay for themselves usually retire later than women employed as workers."),
        )
        card.body.addWidget(self.category)
        card.body.addWidget(self._columns(self.born, self.occupation, self.place, self.area))
        self._keep(
            born=self.born,
            occupation=self.occupation,
            province=self.place,
            area=self.area,
            category=self.category,
        )

    def _make_drop(self) -> None:
        self.drop = DropZone(self.look)
        self.drop.dropped.connect(self.workspace.files_offered)
        self.body.addWidget(self.drop)

    def _make_paid(self) -> None:
        card = self.add_card(
            mark("What you have paid so far"),
            mark("All of this is optional. Your numbers are in the 12333 app or the e-social-security card."),
        )
        self.employee_months = CountField(
            self.words,
            mark("Employee pension paid for"),
            mark("Count every month, at any job and in any place."),
        )
        self.account_balance = AmountField(
            self.words,
            mark("Balance of the personal account"),
            mark("Unknown: leave it empty; it is estimated."),
        )
        self.average_index = AmountField(
            self.words,
            mark("Average contribution index"),
            mark("A number such as 0.6 or 1.0. Unknown: leave it empty; 0.6 is assumed."),
            unit="",
            least=Decimal("0.3"),
            most=Decimal(3),
        )
        self.resident_months = CountField(self.words, mark("Resident pension paid for"))
        self.resident_balance = AmountField(self.words, mark("Balance of the resident account"))
        self.hukou = SearchField(
            self.words,
            mark("Where is your household registration (hukou)?"),
            placeholder=mark("Type a province or city"),
        )
        card.body.addWidget(
            self._columns(
                self.employee_months,
                self.account_balance,
                self.average_index,
                self.hukou,
                self.resident_months,
                self.resident_balance,
            )
        )
        self._keep(
            employee_months=self.employee_months,
            account_balance=self.account_balance,
            average_index=self.average_index,
            resident_months=self.resident_months,
            resident_balance=self.resident_balance,
            hukou=self.hukou,
        )

    def _make_month(self) -> None:
        card = self.add_card(
            mark("How tight a bad month is"), mark("This decides how much you can keep paying without a gap.")
        )
        self.essentials = AmountField(
            self.words,
            mark("What you must spend in a month"),
            mark("Rent, food, family, phone, vehicle. Without it, contributions come first in the sums."),
        )
        self.buffer = AmountField(self.words, mark("Savings you could fall back on"))
        self.max_lapse = ChoiceField(
            self.words,
            mark("How likely may a gap in payments be within a year?"),
            TOLERANCES,
            mark("The suggestion stays below this."),
            columns=len(TOLERANCES),
        )
        self.platforms = ManyField(self.words, mark("Which platforms do you take orders from?"))
        card.body.addWidget(self._columns(self.essentials, self.buffer))
        card.body.addWidget(self.max_lapse)
        card.body.addWidget(self.platforms)
        self._keep(
            essentials=self.essentials,
            buffer=self.buffer,
            max_lapse=self.max_lapse,
            platforms=self.platforms,
        )

    def _columns(self, *fields: Field) -> Columns:
        columns = Columns(2, across=28, down=16)
        columns.set_parts(fields)
        return columns

    def _keep(self, **fields: Field) -> None:
        """Fields by the names of their answers."""
        self._fields.update(fields)
        for name, field in fields.items():
            field.edited.connect(partial(self._edited, name))

    def _edited(self, name: str, value: Any) -> None:
        changes = {name: str(value) if isinstance(value, Decimal) else value}
        if name == "province":
            changes["area"] = None
        self.attempt(lambda: self.workspace.save_answers(changes))

    # Showing

    def refresh(self) -> None:
        if self.workspace.person is None:
            return
        self._fill_places(self.place)
        self._fill_occupations()
        self._show_values("born", "occupation", "province", "area", "category")
        self._fill_areas()
        self._show_answer()
        self.show_parts()

    def _show_drop(self) -> None:
        self.drop.setVisible(not self.workspace.months_known and not self.workspace.adding_up)

    def _show_paid(self) -> None:
        self._fill_places(self.hukou)
        self._show_values(
            "employee_months",
            "account_balance",
            "average_index",
            "resident_months",
            "resident_balance",
            "hukou",
        )

    def _show_month(self) -> None:
        self._show_values("essentials", "buffer", "max_lapse")
        self._fill_platforms()

    def _show_values(self, *names: str) -> None:
        for name in names:
            field = self._fields[name]
            field.set_value(self.workspace.answer(name))  # type: ignore[attr-defined]
            field.show_lost(self.workspace.lost.get(name))

    def _is_filled(self, field: SearchField) -> bool:
        """Whether the choices of a list are those of this law and language; from now on they are."""
        key = (text.language(), id(self.workspace.pack))
        before, self._choices_for[field] = self._choices_for.get(field), key
        return before == key

    def _fill_places(self, field: SearchField) -> None:
        if self._is_filled(field):
            return
        pack, language = self.workspace.pack, text.language()
        other = "zh" if language == "en" else "en"
        places = pack.places(cities=True)
        field.set_choices(
            [(str(place), pack.place_name(place, language)) for place in places],
            {str(place): f"{pack.place_name(place, other)} {pack.place_initials(place)}" for place in places},
        )

    def _fill_occupations(self) -> None:
        if self._is_filled(self.occupation):
            return
        column = "name_en" if text.language() == "en" else "name_zh"
        rows = self.workspace.pack.table("occupations")
        self.occupation.set_choices(
            [(row["code"], row[column]) for row in rows],
            {row["code"]: f"{row['name_en']} {row['name_zh']}" for row in rows},
        )

    def _fill_platforms(self) -> None:
        pack = self.workspace.pack
        sector = self._row_of("occupations", "code", self.workspace.answer("occupation"), "oip_sector")
        rows = [row for row in pack.table("oip_platforms") if row["sector"] == sector]
        chosen = self.workspace.answer("platforms") or []
        column = "name_en" if text.language() == "en" else "platform"
        self.platforms.setVisible(bool(rows))
        self.platforms.set_choices([(row["platform"], row[column]) for row in rows], chosen)
        self.platforms.show_lost(self.workspace.lost.get("platforms"))

    def _fill_areas(self) -> None:
        place = self.workspace.answer("province")
        names: tuple[str, ...] = ()
        if place:
            pack = self.workspace.pack
            where = pack.place(place)
            names = () if where.is_city else tuple(pack.areas(where, self.workspace.today))
        self.area.setVisible(len(names) > 1)
        if len(names) > 1:
            self.area.set_choices([(name, pack.area_name(where, name, text.language())) for name in names])
            self.area.set_value(self.workspace.answer("area"))
            self.area.show_lost(self.workspace.lost.get("area"))

    def _show_answer(self) -> None:
        born = self.workspace.answer("born")
        missing = self.workspace.missing()
        self.to_tiers.setVisible(not missing)
        self.to_earnings.setVisible(not missing)
        self.group_badge.setVisible(not missing)
        self.group_note.setVisible(not missing)
        category = self.workspace.answer("category")
        if not born or not category:
            self.answer.set_answer(
                _("Say whether you are a man or a woman: the month of retirement hangs on it.")
                if born
                else _("Four answers below, and you see when you can retire and what it takes."),
                _("No account, no network: nothing leaves this computer."),
            )
            self.life_line.hide()
            self.why.set_steps(())
            return
        try:
            view = self._outlook(category)
        except InputError as error:
            self.answer.set_answer(_(error.message, field=error.field, **error.values))
            self.life_line.hide()
            self.why.set_steps(())
            return
        self._show_outlook(view)
        if view.retired_already:  # there is nothing left to choose, or to count months for
            for part in (self.to_tiers, self.to_earnings, self.group_badge, self.group_note):
                part.hide()
        elif not missing:
            self._show_group_note()

    def _outlook(self, category: str) -> Outlook:
        born = Month.parse(self.workspace.answer("born"), field="born")
        paid = int(self.workspace.answer("employee_months") or 0)
        return outlook(born, category, paid, Month.of(self.workspace.today), self.workspace.pack)

    def _show_outlook(self, view: Outlook) -> None:
        age = view.age.statutory
        sentence = _(
            _RETIRE[view.category],
            month=text.month(view.retire),
            age=_age(age.years, age.months),
            needed=text.duration(view.needed_months),
        )
        lines = [self._paid_line(view)]
        if view.age.earliest.month < view.retire and view.reaches and not view.retired_already:
            lines.append(
                _(
                    "If you have enough by then you may stop as early as {month}, with a smaller pension.",
                    month=text.month(view.age.earliest.month),
                )
            )
        if view.category in _OTHER_CATEGORY:
            other, message = _OTHER_CATEGORY[view.category]
            second = self._outlook(other)
            lines.append(
                _(message, month=text.month(second.retire), needed=text.duration(second.needed_months))
            )
        self.answer.set_answer(sentence, "\n".join(lines))
        self.life_line.setVisible(not view.retired_already)
        self._show_line(view)
        self.why.set_steps(view.age.steps)

    def _paid_line(self, view: Outlook) -> str:
        if view.retired_already:
            return _("That month has passed; ask your local social insurance office how to go on.")
        if view.missing_months == 0:
            return _(
                "You have paid {paid}: the minimum is already full.", paid=text.duration(view.paid_months)
            )
        values = {
            "paid": text.duration(view.paid_months) if view.paid_months else _("nothing yet"),
            "missing": text.duration(view.missing_months),
            "month": text.month(view.enough_on),
            "left": text.duration(view.months_left),
        }
        if view.reaches:
            return _(
                "Paid so far: {paid}. Still missing: {missing}. Paying every month from now, it is full in "
                "{month}.",
                **values,
            )
        return _(
            "Paid so far: {paid}. Still missing: {missing}, but only {left} remain until then: you would "
            "have to pay on after that age, or draw the resident pension.",
            **values,
        )

    def _show_line(self, view: Outlook) -> None:
        marks = [Mark(0, _("Today"), text.month(view.now))]
        if view.missing_months > 0 and view.reaches:
            marks.append(Mark(view.missing_months, _("Minimum full"), text.month(view.enough_on)))
        marks.append(Mark(view.months_left, _("Retirement"), text.month(view.retire), strong=True))
        full_at = view.missing_months if view.reaches else view.months_left
        self.life_line.set_line(view.months_left, full_at, tuple(marks), self.answer.sentence.text())

    def _show_group_note(self) -> None:
        known = self.workspace.picture.covered
        earned = sum(1 for month in known if month.cny > 0)
        self.group_badge.setVisible(earned < LEAST_MONTHS)
        if earned >= LEAST_MONTHS:
            self.group_note.setText(
                text.plural(
                    "Your own earnings are used: {count} month.",
                    "Your own earnings are used: {count} months.",
                    len(known),
                )
            )
            return
        self.group_badge.show_words(_("Group figures"), "warn")
        row = group_month(self.workspace.answer("occupation"), self.workspace.pack)
        stand_in = (
            _("Until then figures for your kind of work stand in.")
            if row is None
            else _(
                "Until then we use figures for people in your work: a typical month of {central}, mostly "
                "between {low} and {high}. They are not yours.",
                central=text.yuan(row.decimal("central")),
                low=text.yuan(row.decimal("low")),
                high=text.yuan(row.decimal("high")),
            )
        )
        self.group_note.setText(months_words.both(months_words.too_few(earned), stand_in))

    def _row_of(self, table: str, key: str, value: object, column: str) -> str:
        """One cell of the row of a table whose `key` is `value`; empty if there is none."""
        rows = self.workspace.pack.table(table)
        return next((row[column] for row in rows if row[key] == value), "")


def _age(years: int, months: int) -> str:
    return (
        _("{years} years {months} months", years=years, months=months)
        if months
        else _("{years} years", years=years)
    )
