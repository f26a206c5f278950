"""What the months say in figures: middle, worst tenth, dependence, what an order and an hour bring."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner import text
from planner.earnings import IncomePicture, Statistics, words
from planner.text import _, plural
from planner.ui.widgets.card import label
from planner.ui.widgets.columns import Columns
from planner.ui.widgets.earnings_words import source_name

_FEW = 0.01  # a share below a hundredth is not worth a word


class Measures(QWidget):
    """A figure and its words, as many side by side as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.parts = Columns(4, across=28, down=16)
        column.addWidget(self.parts)

    def show_measures(self, picture: IncomePicture, found: Statistics, hour_wage: Decimal | None) -> None:
        """`hour_wage`: the local minimum wage an hour in yuan, where it is known."""
        for old in self.parts.findChildren(QWidget, "measure"):
            old.hide()  # or it would be shown by itself, a window of its own
            old.setParent(None)
            old.deleteLater()
        self.parts.set_parts([_part(*each) for each in figures(picture, found, hour_wage)])


def _part(figure: str, said: str) -> QWidget:
    holder = QWidget()
    holder.setObjectName("measure")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(figure, "heading", selectable=True))
    column.addWidget(label(said, "muted"))
    column.addStretch(1)
    return holder


def figures(picture: IncomePicture, found: Statistics, hour_wage: Decimal | None) -> list[tuple[str, str]]:
    """Pairs of a figure and what it is, in the language in use; only what is known."""
    told: list[tuple[str, str]] = []
    told.extend(_work(found, hour_wage))
    if picture.swing is not None and len(picture.covered) > 2:
        told.append((f"±{_percent(picture.swing)}", _("is how far the months swing")))
    if picture.dry_months:
        told.append(
            (
                str(picture.dry_months),
                plural("month brought nothing", "months brought nothing", picture.dry_months),
            )
        )
    if found.largest_platform is not None:
        name, share = found.largest_platform
        told.append((_percent(share), _("of your income comes from {platform}", platform=_platform(name))))
    told.extend(
        (_percent(share), _("comes in {currency}", currency=currency))
        for currency, share in sorted(picture.currency_shares.items(), key=lambda each: -each[1])
        if currency != "CNY" and share >= _FEW
    )
    told.extend(
        (
            plural("{count} day", "{count} days", days),
            _("from a sale to its payout by {source}", source=source_name(source)),
        )
        for source, days in found.payout_days.items()
        if days
    )
    costs = sum((month.costs for month in picture.months), start=Decimal(0))
    if costs:
        told.append((text.yuan(costs), _("costs of your work, taken off your income")))
    return told


def _work(found: Statistics, hour_wage: Decimal | None) -> list[tuple[str, str]]:
    told = []
    if found.per_order is not None:
        told.append((text.yuan(found.per_order, 2), _("an order")))
    if found.order_trend is not None:
        said = _("more an order each year") if found.order_trend >= 0 else _("less an order each year")
        told.append((_percent(abs(found.order_trend)), said))
    if found.orders_a_day is not None:
        told.append((text.number(found.orders_a_day, 1), _("orders a day, days off counted too")))
    if found.per_hour is not None:
        said = _("an hour online")
        if hour_wage is not None:
            local = text.yuan(hour_wage, 2)
            said = (
                _("an hour online; the local minimum wage is {wage}", wage=local)
                if found.per_hour >= hour_wage
                else _("an hour online: less than the local minimum wage of {wage}", wage=local)
            )
        told.append((text.yuan(found.per_hour, 2), said))
    return told


def _platform(name: str) -> str:
    """A platform as the rest of the page calls it."""
    return source_name(name.casefold()) if name.casefold() in words.SOURCES else name


def _percent(share: float) -> str:
    return text.percent(share, 0 if share >= _FEW * 10 else 1)
