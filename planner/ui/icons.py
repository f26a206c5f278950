"""The line icons of resources/icons, drawn in the colour that the look asks for."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from planner import paths

FAINT = 0.4
_made: dict[tuple[str, str, int, float, float], QPixmap] = {}


def pixmap(name: str, colour: str, size: int, *, opacity: float = 1) -> QPixmap:
    """The icon `name` as `size` logical pixels square, in `colour` (`#rrggbb`)."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio() if QGuiApplication.primaryScreen() else 1.0
    key = (name, colour, size, ratio, opacity)
    if key not in _made:
        picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        if opacity < 1:
            painter.setOpacity(opacity)
            painter.drawPixmap(0, 0, pixmap(name, colour, size))
        else:
            svg = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
            renderer = QSvgRenderer(QByteArray(svg.replace("#000000", colour).encode()))
            renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        _made[key] = picture
    return _made[key]


def put_icon(button: QAbstractButton, name: str, colour: str, size: int) -> None:
    """Show the icon `name` on a button; faint while the button does nothing, upon a dark ground too."""
    made = QIcon(pixmap(name, colour, size))
    made.addPixmap(pixmap(name, colour, size, opacity=FAINT), QIcon.Mode.Disabled)
    button.setIcon(made)
    button.setIconSize(QSize(size, size))
