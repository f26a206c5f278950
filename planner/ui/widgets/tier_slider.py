"""A slider over the tiers of a place: quick while it moves, settled when it rests; by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from planner import text
from planner.report.tier_rules import Stop
from planner.text import _
from planner.ui.theme import Look
from planner.ui.widgets.card import label

REST = 350  # milliseconds without a further key before a value counts as chosen
LEAP = 10  # stops for Page Up and Page Down where there are many


class TierSlider(QWidget):
    """`moved` carries the stop at each move, `settled` the one it came to rest on."""

    moved = Signal(object)
    settled = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._stops: tuple[Stop, ...] = ()
        self.words = label(role="field")
        self.slider = _Slider()
        self.low, self.high = label(role="small"), label(role="small")
        for end in (self.low, self.high):
            end.setWordWrap(False)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.low)
        row.addWidget(self.slider, 1)
        row.addWidget(self.high)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.words)
        column.addLayout(row)
        self.words.setBuddy(self.slider)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._settle)
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderReleased.connect(self._settle)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def stop(self) -> Stop | None:
        """The tier it stands on; None before there are any."""
        return self._stops[self.slider.value()] if self._stops else None

    def set_stops(self, stops: Sequence[Stop]) -> None:
        """The tiers to choose from, lowest first."""
        self._stops = tuple(stops)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(0, len(self._stops) - 1))
            self.slider.setPageStep(LEAP if len(self._stops) > 2 * LEAP else 1)
        self.retranslate()

    def set_share(self, share: float) -> None:
        """Stand on the stop nearest to `share` of the reference wage, without telling anybody."""
        if not self._stops:
            return
        exact = Decimal(str(share))
        nearest = min(range(len(self._stops)), key=lambda place: abs(self._stops[place].share - exact))
        self._rest.stop()
        with QSignalBlocker(self.slider):
            self.slider.setValue(nearest)
        self.retranslate()

    def retranslate(self) -> None:
        """Say where it stands in the language in use."""
        self.slider.setAccessibleName(_("Tier of the employee pension"))
        if not self._stops:
            return
        self.low.setText(tier_label(self._stops[0]))
        self.high.setText(tier_label(self._stops[-1]))
        self._tell()

    def _tell(self) -> None:
        stop = self.stop
        if stop is not None:
            said = _(
                "Tier {tier}: a base of {base} a month", tier=tier_label(stop), base=text.yuan(stop.base)
            )
            self.words.setText(said)
            self.slider.setAccessibleDescription(said)

    def _moved(self) -> None:
        self._tell()
        if not self.slider.isSliderDown():
            self._rest.start()
        self.moved.emit(self.stop)

    def _settle(self) -> None:
        self._rest.stop()
        self.settled.emit(self.stop)

    def _fit(self) -> None:
        self.slider.setMinimumHeight(self._look.px(30))


class _Slider(QSlider):
    """Jumps to where it is clicked, and leaves the mouse wheel to the page until it has the focus."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            from PySide6.QtWidgets import QStyle, QStyleOptionSlider  # 15 ms for all its names

            option = QStyleOptionSlider()
            self.initStyleOption(option)
            style = self.style()
            handle = style.subControlRect(
                QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
            )
            if not handle.contains(event.position().toPoint()):
                room = max(1, self.width() - handle.width())
                at = round(event.position().x()) - handle.width() // 2
                self.setSliderDown(True)
                self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), at, room))
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def tier_label(stop: Stop) -> str:
    """A tier as people name it: its share of the reference wage."""
    return text.percent(stop.share)
