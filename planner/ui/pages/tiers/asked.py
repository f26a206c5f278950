"""What only the person can say, asked once and plainly: whether the work changed, and a seller's costs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from planner.ui.theme import Look
from planner.ui.widgets.card import Card
from planner.ui.widgets.fields import AmountField, ChoiceField
from planner.ui.words import Words
from planner.values import mark

if TYPE_CHECKING:
    from planner.projection.results import Projection

JOB, FADING, COSTS = "job_change", "fading", "cost_ratio"
CHANGED_FADING = "0.97"  # the weight of a month against the one after it, once the work has changed
_SELLER = "cross_border_seller"


class AskedSection(Card):
    """`answered` carries a question's name and what was said."""

    answered = Signal(str, object)

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__("quiet")
        self.look = look
        self.job = ChoiceField(
            words,
            mark("Your last three months look unlike those before. Has your work changed?"),
            (("yes", mark("Yes, it is different now")), ("no", mark("No, it will be as before"))),
            mark("If it has, your newest months weigh more from now on."),
            columns=2,
        )
        self.job.edited.connect(lambda value: self.answered.emit(JOB, value))
        self.costs = AmountField(
            words,
            mark("Of 100 yuan paid out to you, how much goes on goods, freight and advertising?"),
            mark("Your months are payouts of the marketplace; the costs of the goods are not in them."),
            unit=mark("yuan"),
            least=Decimal(0),
            most=Decimal(90),
        )
        self.costs.edited.connect(self._costs)
        self.body.addWidget(self.job)
        self.body.addWidget(self.costs)

    def show_questions(self, projection: Projection, answers: Mapping[str, object]) -> None:
        """The questions that are open for this person."""
        own = projection.case.settings.assumptions
        case = projection.case
        is_seller = case.occupation == _SELLER and bool(case.months)
        payouts_only = is_seller and all(month.cny >= 0 for month in case.months)
        ask_job = projection.income.job_changed and not answers.get(JOB) and FADING not in own
        ask_costs = payouts_only and COSTS not in own
        self.job.setVisible(ask_job)
        self.job.set_value(answers.get(JOB))
        self.costs.setVisible(ask_costs)
        self.setVisible(ask_job or ask_costs)

    def _costs(self, value: Decimal | None) -> None:
        if value is not None:
            self.answered.emit(COSTS, str(value / 100))
