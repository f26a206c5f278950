"""The line icons of resources/icons, drawn in the colour that the look asks for."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from planner import paths

_made: dict[tuple[str, str, int, float], QPixmap] = {}


def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """The icon `name` as `size` logical pixels square, in `colour` (`#rrggbb`)."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio() if QGuiApplication.primaryScreen() else 1.0
    key = (name, colour, size, ratio)
    if key not in _made:
        svg = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        renderer = QSvgRenderer(QByteArray(svg.replace("#000000", colour).encode()))
        picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter)
        painter.end()
        picture.setDevicePixelRatio(ratio)
        _made[key] = picture
    return _made[key]


def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """The icon `name` for a button."""
    return QIcon(pixmap(name, colour, size))
