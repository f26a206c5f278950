"""The quieter parts of the Earnings page: calendar, measures, refunds, costs, and what is remembered."""

from __future__ import annotations

from decimal import Decimal

from planner.text import _, plural
from planner.ui.models import judging
from planner.ui.models.earnings import EarningsView
from planner.ui.pages.page import Page
from planner.ui.widgets.card import label
from planner.ui.widgets.cost_list import CostList
from planner.ui.widgets.coverage_grid import CoverageGrid
from planner.ui.widgets.earnings_measures import Measures
from planner.ui.widgets.earnings_words import source_name
from planner.ui.widgets.number_table import NumberTable
from planner.ui.widgets.remembered import RememberedList
from planner.values import Place, mark

REFUNDS_SHOWN = 200


class EarningsSections:
    """Adds its cards to the page and shows a view in them; a card with nothing to say is hidden."""

    def __init__(self, page: Page) -> None:
        self.page, self.workspace = page, page.workspace
        self.measures_card = page.add_card(mark("Your months in figures"))
        self.measures = Measures()
        self.measures_card.body.addWidget(self.measures)
        self.coverage_card = page.add_card(
            mark("Which months are known"),
            mark("A month that is not wholly in the files does not count; fetch its bill and drop it above."),
        )
        self.coverage = CoverageGrid(page.look, page.words)
        self.coverage_card.body.addWidget(self.coverage)
        self._make_costs()
        self._make_refunds()

    def _make_costs(self) -> None:
        self.costs_card = self.page.add_card(
            mark("What of your spending is for work?"),
            mark(
                "Fuel, stock, fees: tick what you spend to earn, and it is taken off your income, also in "
                "bills still to come. What looks like it stands first; nothing counts without your tick."
            ),
        )
        self.costs = CostList(self.page.words)
        self.costs.ticked.connect(
            lambda one, is_cost: self.page.attempt(lambda: judging.set_cost(self.workspace, one, is_cost))
        )
        self.costs_card.body.addWidget(self.costs)

    def _make_refunds(self) -> None:
        self.refunds_card = self.page.add_card(
            mark("Money given back to buyers"),
            mark("Each refund beside the sale that it takes back; it lowers the month in which it was paid."),
        )
        self.refunds = NumberTable()
        self.page.tell(self.refunds.setAccessibleName, mark("Money given back to buyers"))
        self.refunds_card.body.addWidget(self.refunds)
        self.refunds_note = label(role="muted")
        self.refunds_card.body.addWidget(self.refunds_note)

    def make_remembered(self) -> None:
        """The last card of the page."""
        self.remembered_card = self.page.add_card(
            mark("What the program remembers"),
            mark("Your decisions on all alike; they also hold for files still to come."),
        )
        self.remembered = RememberedList()
        workspace, attempt = self.workspace, self.page.attempt
        self.remembered.rule_forgotten.connect(
            lambda rule: attempt(lambda: judging.forget_rule(workspace, rule))
        )
        self.remembered.mapping_forgotten.connect(
            lambda digest: attempt(lambda: judging.remember_mapping(workspace, digest, None))
        )
        self.remembered.currency_forgotten.connect(
            lambda source: attempt(lambda: judging.remember_currency(workspace, source, None))
        )
        self.remembered_card.body.addWidget(self.remembered)

    def show_view(self, view: EarningsView) -> None:
        has_months = bool(view.picture.months)
        self.measures_card.setVisible(has_months)
        if has_months:
            self.measures.show_measures(view.picture, view.statistics, self._hour_wage(view))
        self.coverage_card.setVisible(bool(view.files) and bool(view.coverage.months))
        self.coverage.show_coverage(view.coverage, self.workspace.today)
        self.costs_card.setVisible(bool(view.spendings))
        self.costs.show_spendings(view.spendings)
        self._show_refunds(view)

    def show_remembered(self, view: EarningsView) -> None:
        self.remembered_card.setVisible(bool(view.rules or view.memory.mappings or view.memory.currencies))
        self.remembered.show_remembered(view.rules, view.memory)

    def _hour_wage(self, view: EarningsView) -> Decimal | None:
        """The minimum wage an hour of the person's place; only looked up where hours are known."""
        place = self.workspace.answer("province")
        if view.statistics.per_hour is None or not place:
            return None
        area = str(self.workspace.answer("area") or "")
        found = self.workspace.pack.find(
            "minimum_wage.hour", Place(str(place)), self.workspace.today, area=area
        )
        return found.number if found is not None else None

    def _show_refunds(self, view: EarningsView) -> None:
        self.refunds_card.setVisible(bool(view.returned))
        newest = sorted(view.returned, key=lambda one: one.refund.day, reverse=True)
        self.refunds.set_rows(
            [_("Given back on"), _("Amount"), _("Of the sale on"), _("Sale"), _("What for"), _("Source")],
            [
                [
                    one.refund.day.isoformat(),
                    one.refund.money,
                    one.sale.day.isoformat(),
                    one.sale.money,
                    one.sale.description or one.sale.counterparty,
                    source_name(one.refund.source),
                ]
                for one in newest[:REFUNDS_SHOWN]
            ],
            visible=6,
        )
        later = sum(one.later_month for one in newest)
        self.refunds_note.setText(
            plural(
                "{count} of them takes back a sale of an earlier month.",
                "{count} of them take back a sale of an earlier month.",
                later,
            )
        )
        self.refunds_note.setVisible(later > 0)
