"""Foreign money on the Earnings page: what it is in yuan, by which rates, and if the rates move."""

from __future__ import annotations

from decimal import Decimal

from planner import text
from planner.earnings import words as reader_words
from planner.text import _, plural
from planner.ui.models.earnings import EarningsView
from planner.ui.pages.page import Page
from planner.ui.widgets.card import label
from planner.ui.widgets.fold import Fold
from planner.ui.widgets.number_table import NumberTable
from planner.values import half_up, mark

RATE_SHOWN = Decimal("0.0001")


class ForeignMoney:
    """Adds its card to the page; hidden while all money is yuan."""

    def __init__(self, page: Page) -> None:
        self.card = page.add_card(
            mark("Foreign money, turned into yuan"),
            mark(
                "Each amount is converted at the reference rate of its day; the rate's own day stands "
                "beside it."
            ),
        )
        self.ranges = NumberTable()
        self.ranges.horizontalHeader().setStretchLastSection(False)
        page.tell(self.ranges.setAccessibleName, mark("Months with foreign money, if rates move"))
        self.daily = NumberTable()
        page.tell(self.daily.setAccessibleName, mark("Foreign money, turned into yuan"))
        self.rates = Fold(page.look, self.daily)
        self.note = label(role="text", selectable=True)
        for part in (self.ranges, self.rates, self.note):
            self.card.body.addWidget(part)

    def show_view(self, view: EarningsView) -> None:
        self.card.setVisible(bool(view.conversions or view.picture.unconverted))
        self._show_ranges(view)
        self._show_daily(view)
        notes = [
            _("{amount} is not in the sum: no exchange rate is known for it.", amount=text.money(money))
            for money in view.picture.unconverted.values()
        ]
        if view.picture.old_rates:
            notes.append(_(reader_words.WARNINGS["old_rate"]))
        self.note.setText("\n".join(notes))
        self.note.setVisible(bool(notes))

    def _show_ranges(self, view: EarningsView) -> None:
        ranges = sorted(view.statistics.ranges.items(), reverse=True)
        by_month = {month.month: month.cny for month in view.picture.months}
        self.ranges.setVisible(bool(ranges))
        self.ranges.set_rows(
            [
                _("Month"),
                _("Income (yuan)"),
                _("if foreign money fell by 5% (yuan)"),
                _("if it rose by 5% (yuan)"),
            ],
            [[text.month(month), by_month.get(month), low, high] for month, (low, high) in ranges],
            visible=6,
        )

    def _show_daily(self, view: EarningsView) -> None:
        lines = view.conversions
        self.rates.setVisible(bool(lines))
        self.rates.set_words(plural("Rate of {count} day", "Rates of {count} days", len(lines)))
        self.daily.set_rows(
            [
                _("Day"),
                _("Amount"),
                _("Rate to yuan"),
                _("Day of the rate"),
                _("Yuan"),
                _("Source of the rate"),
            ],
            [
                [
                    line.day.isoformat(),
                    line.money,
                    half_up(line.rate, RATE_SHOWN),
                    line.rate_day.isoformat(),
                    line.yuan,
                    line.source,
                ]
                for line in lines
            ],
            visible=8,
        )
