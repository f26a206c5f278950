"""Injury cover: is an order of mine covered here, today, and what would each cover pay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from planner import text
from planner.advice.group_month import group_month
from planner.policy import Pack
from planner.report import injury_words
from planner.report.injury_grid import Cell, InjuryQuestion, grid, policies, verdict
from planner.schemes.injury import InjuryResult, PolicyTerms
from planner.schemes.per_order import NO_SECTOR
from planner.text import _
from planner.ui.canvas import ChartCanvas
from planner.ui.models.known import GRADES, OWN_POLICY
from planner.ui.models.workspace import Workspace
from planner.ui.pages.page import Page
from planner.ui.widgets.badge import Badge
from planner.ui.widgets.card import AnswerCard, label
from planner.ui.widgets.columns import Columns
from planner.ui.widgets.cover_grid import TONES, CoverGrid
from planner.ui.widgets.day_field import DayField
from planner.ui.widgets.fields import AmountField, ChoiceField, Field, SearchField
from planner.ui.widgets.pick_field import PickField
from planner.ui.widgets.why import WhyPanel
from planner.values import WenbaoError, mark

PARTS = (
    *("place", "day", "occupation", "platform", "order_state"),
    *("medical", "days", "month", "grade", "insurers_grade", "policy"),
    *("own_sum", "own_medical", "own_deductible", "own_premium"),
)
_OF_PROFILE = {"place": "province", "occupation": "occupation", "platform": "platforms"}


class InjuryCoverPage(Page):
    """The profile's answers to begin with; what is changed here is kept for this page only."""

    name = "injury_cover"
    heading = mark("Injury cover")
    asks = mark("Is an order of yours covered here, today, and what would be paid?")
    rests_on = (*(f"injury.{part}" for part in PARTS), "province", "occupation", "platforms")

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._choices_for: tuple[object, ...] = ()
        self._cell: Cell | None = None
        self._rows: dict[str, tuple[Cell, ...]] = {}
        self._fields: dict[str, Field] = {}
        self._make_answer()
        self._make_question()
        self._make_example()
        self._make_grid()
        self._make_chart()
        self.body.addStretch(1)
        workspace.person_changed.connect(self.mark_stale)
        workspace.answers_changed.connect(self.mark_stale)
        workspace.earnings_changed.connect(self.mark_stale)

    # Building

    def _make_answer(self) -> None:
        self.answer = AnswerCard()
        self.badge = Badge()
        self.answer.body.insertWidget(0, self.badge)
        self.body.addWidget(self.answer)
        self.answer_why = WhyPanel(self.look, mark("Why this answer"))
        self.body.addWidget(self.answer_why)

    def _make_question(self) -> None:
        card = self.add_card(mark("Where, when and on whose order"))
        self.place = SearchField(
            self.words, mark("Where does it happen?"), placeholder=mark("Type a province or city")
        )
        self.day = DayField(self.words, mark("On which day?"))
        self.occupation = SearchField(
            self.words, mark("What do you do there?"), placeholder=mark("Choose from the list")
        )
        self.platform = PickField(self.words, mark("On whose order?"))
        self.order_state = ChoiceField(
            self.words, mark("What is going on at that moment?"), injury_words.ORDER_STATES, columns=2
        )
        card.body.addWidget(_pairs(self.place, self.day, self.occupation, self.platform))
        card.body.addWidget(self.order_state)
        self._keep(
            place=self.place,
            day=self.day,
            occupation=self.occupation,
            platform=self.platform,
            order_state=self.order_state,
        )

    def _make_example(self) -> None:
        card = self.add_card(
            mark("The example injury"),
            mark("Change the numbers to your own case. Grades are given by doctors, on different scales."),
        )
        self.medical = AmountField(self.words, mark("Medical bill inside the catalogue"))
        self.days = AmountField(
            self.words, mark("Days you cannot work"), unit=mark("days off work"), most=Decimal(3660)
        )
        self.month = AmountField(self.words, mark("What you earn in a usual month"))
        self.group_badge = Badge("", "warn")
        self.month_note = label(role="small")
        self.grade = PickField(self.words, mark("Grade on the work-injury scale (GB/T 16180)"))
        self.insurers_grade = PickField(self.words, mark("Grade on the insurers' scale (JR/T 0083)"))
        self.policy = PickField(self.words, mark("Which accident policy do you compare with?"))
        whose = QHBoxLayout()
        whose.addWidget(self.group_badge, 0, Qt.AlignmentFlag.AlignTop)
        whose.addWidget(self.month_note, 1)
        month = QWidget()
        column = QVBoxLayout(month)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.month)
        column.addLayout(whose)
        column.addStretch(1)
        card.body.addWidget(
            _pairs(self.medical, self.days, month, self.policy, self.grade, self.insurers_grade)
        )
        self.own_sum = AmountField(self.words, mark("Sum insured for death and disability"))
        self.own_medical = AmountField(self.words, mark("Most it pays of medical bills"))
        self.own_deductible = AmountField(self.words, mark("Part of a bill it does not pay"))
        self.own_premium = AmountField(self.words, mark("What it costs you a year"))
        self.own = _pairs(self.own_sum, self.own_medical, self.own_deductible, self.own_premium)
        card.body.addWidget(self.own)
        self._keep(
            medical=self.medical,
            days=self.days,
            month=self.month,
            grade=self.grade,
            insurers_grade=self.insurers_grade,
            policy=self.policy,
            own_sum=self.own_sum,
            own_medical=self.own_medical,
            own_deductible=self.own_deductible,
            own_premium=self.own_premium,
        )

    def _make_grid(self) -> None:
        self.grid_card = self.add_card(
            mark("What each cover would pay"),
            mark("Lump sums of several covers add up; a medical bill is paid only once."),
        )
        self.covers = CoverGrid(self.look)
        self.covers.asked.connect(self._explain)
        self.grid_card.body.addWidget(self.covers)
        self.why_head = label(role="field")
        self.why_head.hide()
        self.why = WhyPanel(self.look)
        self.grid_card.body.addWidget(self.why_head)
        self.grid_card.body.addWidget(self.why)

    def _make_chart(self) -> None:
        self.chart_card = self.add_card(
            mark("The covers side by side"),
            mark("Bills, lost income and lump sums together; monthly allowances are in the table above."),
        )
        self.open_range = label(role="small")
        self.chart_card.body.addWidget(self.open_range)
        self.chart = ChartCanvas(self.look, height=240)
        self.chart_card.body.addWidget(self.chart)

    def _keep(self, **fields: Field) -> None:
        for name, field in fields.items():
            self._fields[name] = field
            field.edited.connect(lambda value, name=name: self._edited(name, value))

    # The question asked

    def asked(self, name: str) -> Any:
        """An answer of this page, or the profile's, or what the page begins with."""
        kept = self.workspace.answer("injury") or {}
        if name == "month":
            return kept.get(name) or _plain(self._usual_month())
        if name in kept:
            return kept[name]
        if name == "place":
            return self.workspace.answer("province")
        if name == "occupation":
            return self.workspace.answer("occupation")
        if name == "platform":
            chosen = self.workspace.answer("platforms") or []
            return chosen[0] if chosen else ""
        return {
            "day": self.workspace.today.isoformat(),
            "order_state": "on_order",
            "medical": "8000",
            "days": "42",
            "grade": 9,
        }.get(name)

    def question_asked(self) -> InjuryQuestion | None:
        """What is asked now; None until place and occupation are known."""
        place, occupation = self.asked("place"), self.asked("occupation")
        if not place or not occupation:
            return None
        return InjuryQuestion(
            place=self.workspace.pack.place(place),
            day=date.fromisoformat(self.asked("day")),
            occupation=occupation,
            platform=self.asked("platform") or "",
            order_state=(self.asked("order_state") or "") if self._sector() != NO_SECTOR else "",
            medical=Decimal(self.asked("medical") or "0"),
            days=int(Decimal(self.asked("days") or "0")),
            grade=int(self.asked("grade")),
            insurers_grade=self.asked("insurers_grade"),
            monthly_wage=_amount(self.asked("month")),
            policy=self._policy(),
        )

    def _usual_month(self) -> Decimal | None:
        """The person's own, until months are known that of people in the same work; None without either."""
        own = self._own_month()
        if own is not None:
            return own
        group = group_month(self.asked("occupation") or "", self.workspace.pack)
        return group.decimal("central") if group is not None else None

    def _own_month(self) -> Decimal | None:
        """The middle of the own months; their average where most of them were without income."""
        return self.workspace.picture.median or self.workspace.picture.mean

    def _show_whose_month(self) -> None:
        """Plainly, whose month the lost income is counted with."""
        typed = bool((self.workspace.answer("injury") or {}).get("month"))
        is_own = self._own_month() is not None
        is_group = not typed and not is_own and self._usual_month() is not None
        self.group_badge.setVisible(is_group)
        self.group_badge.show_words(_("Group figure"), "warn")
        if typed:
            words = _("Typed by you. Emptied, it is worked out again.")
        elif is_own:
            words = (
                _("The middle of your own months.")
                if self.workspace.picture.median
                else _("The average of your own months; most of them were without income.")
            )
        elif is_group:
            words = _("Of people in your work, not yours. Type your own, or add your bills under Earnings.")
        else:
            words = _("Without it the lost income cannot be counted.")
        self.month_note.setText(words)

    def _policy(self) -> PolicyTerms | None:
        chosen = self.asked("policy")
        if chosen != OWN_POLICY:
            return PolicyTerms(name=chosen) if chosen else None
        return PolicyTerms(
            death_disability_sum=_amount(self.asked("own_sum")) or Decimal(0),
            medical_limit=_amount(self.asked("own_medical")) or Decimal(0),
            deductible=_amount(self.asked("own_deductible")),
            rate=Decimal(1),
            annual_premium=_amount(self.asked("own_premium")),
        )

    def _edited(self, name: str, value: Any) -> None:
        kept = dict(self.workspace.answers.get("injury") or {})
        kept[name] = str(value) if isinstance(value, Decimal) else value
        if name == "occupation":
            kept["platform"] = ""
        try:
            self.workspace.save_answers({"injury": kept})
        except WenbaoError as error:
            self.show_error(error)

    # Showing

    def retranslate(self) -> None:
        self._choices_for = ()
        super().retranslate()
        for field in self._fields.values():
            field.retranslate()
        self.chart.retranslate()

    def refresh(self) -> None:
        if self.workspace.person is None:
            return
        self._fill_choices()
        for name in (
            "place",
            "day",
            "occupation",
            "order_state",
            "medical",
            "days",
            "month",
            "own_sum",
            "own_medical",
            "own_deductible",
            "own_premium",
        ):
            self._fields[name].set_value(self.asked(name))  # type: ignore[attr-defined]
        self._fill_picks()
        lost = self.workspace.lost
        for name, field in self._fields.items():
            field.show_lost(lost.get(f"injury.{name}", lost.get(_OF_PROFILE.get(name, ""))))
        self._show_whose_month()
        self.own.setVisible(self.asked("policy") == OWN_POLICY)
        self._answer()

    def _answer(self) -> None:
        question = self.question_asked()
        for part in (self.badge, self.answer_why, self.grid_card, self.chart_card):
            part.setVisible(question is not None)
        if question is None:
            self.answer.set_answer(
                _("Say where you are and what you do, and you see at once who would pay."),
                _("Both are asked just below."),
            )
            return
        pack = self.workspace.pack
        try:
            result = verdict(question, pack)
        except WenbaoError as error:
            self.answer.set_answer(_(error.message, field=error.field, **error.values))
            for part in (self.badge, self.answer_why, self.grid_card, self.chart_card):
                part.hide()
            return
        self._show_answer(question, result, pack)
        self._rows = grid(question, pack)
        self.covers.show_cells(self._rows, question, pack)
        self._explain_again()
        self.open_range.setVisible(any(cell.most is not None for cell in self._rows["disability"]))
        self.open_range.setText(
            _(
                "Broken line: how a policy's sum for a disability ranges with the insurers' grade, which is"
                " not known. It is no sum for the same injury: with grade {grade} of the work-injury scale it"
                " may be a small part, or nothing.",
                grade=question.grade,
            )
        )
        self.chart.set_name(_("What each cover pays for the example injury, in yuan"))
        self.chart.set_chart(self._figure, self._chart_rows)

    def _show_answer(self, question: InjuryQuestion, result: InjuryResult, pack: Pack) -> None:
        self.badge.show_words(_(injury_words.VERDICTS[result.covered]), TONES[result.covered])
        self.answer.set_answer(
            injury_words.answer_sentence(question, result, pack),
            "\n".join(injury_words.answer_details(question, result, pack)),
        )
        steps = [step for step in injury_words.worded_steps(result) if step.rule == "oip.coverage"]
        self.answer_why.set_steps(steps)

    def _explain(self, cell: Cell) -> None:
        """Open the steps of one cell below the grid and bring them into view."""
        self._cell = cell
        self._explain_again()
        self.why.open()
        area = self._scroll_area()
        if area is not None:
            area.ensureWidgetVisible(self.why, 0, self.look.px(160))
        self.why.button.setFocus()

    def _explain_again(self) -> None:
        chosen = self._cell
        if chosen is None:
            first = self._rows["disability"][0]
            chosen = first if first.result is not None else None
        else:
            same = [cell for cell in self._rows[chosen.event] if cell.cover == chosen.cover]
            chosen = same[0]
        has = chosen is not None and chosen.result is not None
        self.why_head.setVisible(has)
        if chosen is None or chosen.result is None:
            self.why.set_steps(())
            return
        self.why_head.setText(
            _(
                "{cover}, {event}",
                cover=injury_words.cover_name(chosen.cover),
                event=_(injury_words.EVENT_NAMES[chosen.event]),
            )
        )
        self.why.set_steps(injury_words.worded_steps(chosen.result))

    def _scroll_area(self) -> QScrollArea | None:
        widget = self.parentWidget()
        while widget is not None and not isinstance(widget, QScrollArea):
            widget = widget.parentWidget()
        return widget

    def _figure(self) -> Any:
        from planner import charts

        events, covers = self._bars()
        return charts.event_grid(events, covers, self.look.chart_style())

    def _chart_rows(self) -> Any:
        from planner import charts

        return charts.event_rows(*self._bars())

    def _bars(self) -> tuple[list[Any], list[str]]:
        from planner import charts

        covers = [injury_words.cover_name(cell.cover) for cell in self._rows["death"]]
        events = [
            charts.EventPay(
                _(injury_words.EVENT_NAMES[event]),
                tuple(float(cell.medical + cell.income + cell.lump) for cell in cells),
                tuple(float(cell.most or 0) for cell in cells),
            )
            for event, cells in self._rows.items()
        ]
        return events, covers

    # Choices

    def _fill_choices(self) -> None:
        key = (text.language(), id(self.workspace.pack))
        if key == self._choices_for:
            return
        self._choices_for = key
        pack, language = self.workspace.pack, text.language()
        self.place.set_choices(
            [(str(place), pack.place_name(place, language)) for place in pack.places(cities=True)]
        )
        column = "name_en" if language == "en" else "name_zh"
        self.occupation.set_choices([(row["code"], row[column]) for row in pack.table("occupations")])

    def _sector(self) -> str:
        """The scheme's trade that the occupation belongs to; `none` where it belongs to none."""
        rows = self.workspace.pack.table("occupations")
        return next((row["oip_sector"] for row in rows if row["code"] == self.asked("occupation")), "")

    def _fill_picks(self) -> None:
        pack = self.workspace.pack
        sector = self._sector()
        listed = [row["platform"] for row in pack.table("oip_platforms") if row["sector"] == sector]
        self.platform.setVisible(bool(listed))
        self.order_state.setVisible(sector != NO_SECTOR)
        self.platform.set_choices(
            [("", _("A platform on the list, not named"))]
            + [(name, injury_words.platform_name(name, pack)) for name in listed]
            + [(injury_words.UNLISTED, _("A platform that is not on the list"))],
            self.asked("platform"),
        )
        self.grade.set_choices(
            [(grade, _("Grade {grade}", grade=grade)) for grade in GRADES], int(self.asked("grade"))
        )
        self.insurers_grade.set_choices(
            [(None, _("Not known: show the range"))]
            + [(grade, _("Grade {grade}", grade=grade)) for grade in GRADES],
            self.asked("insurers_grade"),
        )
        self.policy.set_choices(
            [(None, _("The usual one for your trade"))]
            + [(code, injury_words.policy_name(code, pack)) for code in policies(pack)]
            + [(OWN_POLICY, _("My own policy"))],
            self.asked("policy"),
        )


def _pairs(*fields: QWidget) -> Columns:
    """Questions two beside each other, one below the other where they would be cut."""
    pairs = Columns(2, across=28, down=14)
    pairs.set_parts(fields)
    return pairs


def _plain(amount: Decimal | None) -> str | None:
    """As it is typed: without idle zeros."""
    return None if amount is None else f"{amount.normalize():f}"


def _amount(kept: object) -> Decimal | None:
    return Decimal(str(kept)) if kept not in (None, "") else None
