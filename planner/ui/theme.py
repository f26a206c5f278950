"""How the window looks: two measured palettes, the fonts by name, the size of the text.

Every pair of a text colour and the ground it stands on has a contrast of at least 4.5 to 1
(`PAIRS`; a test measures them). The style sheet in resources/style takes its colours from here by name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from planner import paths

if TYPE_CHECKING:
    from planner.charts import Style

Mode = Literal["system", "light", "dark"]
MODES: tuple[Mode, ...] = ("system", "light", "dark")
SCALES = (100, 125, 150, 200)
FONT_FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "PingFang SC",
)
BASE_POINTS = 10.5


@dataclass(frozen=True)
class Palette:
    """Colours by their use, as `#rrggbb`; `series` are told apart by the colour-blind and in grey."""

    window: str
    surface: str
    sunken: str
    border: str
    control: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    focus: str
    danger: str
    danger_soft: str
    warn: str
    warn_soft: str
    good: str
    good_soft: str
    grid: str
    bar: str
    worst: str
    series: tuple[str, ...]


LIGHT = Palette(
    window="#f3f5f2",
    surface="#ffffff",
    sunken="#eaeeea",
    border="#dbe1dc",
    control="#7d8a84",
    text="#16211d",
    muted="#52605a",
    accent="#0a6a58",
    accent_hover="#085647",
    on_accent="#ffffff",
    accent_soft="#dcefe9",
    focus="#1c7ed6",
    danger="#a8241c",
    danger_soft="#fbe8e6",
    warn="#7d4a00",
    warn_soft="#fcefd8",
    good="#17663a",
    good_soft="#def1e4",
    grid="#dbe1dc",
    bar="#3f8f7f",
    worst="#c2410c",
    series=("#0a6a58", "#c2410c", "#2563a8", "#8a6d00", "#7c3f8c", "#52605a"),
)

DARK = Palette(
    window="#111615",
    surface="#1a2120",
    sunken="#242d2b",
    border="#323e3b",
    control="#80908a",
    text="#e8eeeb",
    muted="#a8b6b0",
    accent="#63cfb6",
    accent_hover="#82dcc7",
    on_accent="#05221b",
    accent_soft="#1d3a33",
    focus="#74b9ff",
    danger="#ffa198",
    danger_soft="#40211e",
    warn="#f3c06d",
    warn_soft="#3a2c11",
    good="#84d8a3",
    good_soft="#1b3726",
    grid="#36433f",
    bar="#4fa693",
    worst="#ff9a5c",
    series=("#63cfb6", "#ff9a5c", "#7fb4f0", "#e3c55a", "#cf9bdd", "#a8b6b0"),
)

PAIRS = (
    ("text", "window"),
    ("text", "surface"),
    ("text", "sunken"),
    ("text", "accent_soft"),
    ("text", "danger_soft"),
    ("text", "warn_soft"),
    ("text", "good_soft"),
    ("muted", "window"),
    ("muted", "surface"),
    ("muted", "sunken"),
    ("accent", "window"),
    ("accent", "surface"),
    ("accent", "accent_soft"),
    ("danger", "accent_soft"),
    ("warn", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("danger", "surface"),
    ("danger", "danger_soft"),
    ("warn", "surface"),
    ("warn", "warn_soft"),
    ("good", "surface"),
    ("good", "good_soft"),
)


def contrast(one: str, other: str) -> float:
    """The ratio of relative luminances (WCAG 2), from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Look(QObject):
    """The look in use; everything that paints for itself listens to `changed`."""

    changed = Signal()

    def __init__(self, mode: Mode = "system", scale: int = 100) -> None:
        super().__init__()
        self._mode: Mode = mode if mode in MODES else "system"
        self._scale = scale if scale in SCALES else 100
        self.font_family = ""

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def scale(self) -> int:
        """Size of the text in percent."""
        return self._scale

    @property
    def dark(self) -> bool:
        if self._mode != "system":
            return self._mode == "dark"
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    @property
    def palette(self) -> Palette:
        return DARK if self.dark else LIGHT

    def px(self, pixels: float) -> int:
        """`pixels` of a design at 100 % in the text size in use."""
        return round(pixels * self._scale / 100)

    def points(self, factor: float = 1.0) -> float:
        """Size of a text in points, `factor` times the body text."""
        return BASE_POINTS * factor * self._scale / 100

    def chart_style(self) -> Style:
        """The same look for pictures, their labels in the text size in use."""
        from planner import charts

        style = charts.DARK if self.dark else charts.LIGHT
        return style.scaled(style.points * self._scale / 100)

    def set_mode(self, mode: Mode) -> None:
        if mode != self._mode:
            self._mode = mode
            self.apply()

    def set_scale(self, scale: int) -> None:
        if scale != self._scale and scale in SCALES:
            self._scale = scale
            self.apply()

    def install(self) -> None:
        """Paint the application once, at start, and follow the system's light and dark."""
        self.font_family = _font_family()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.apply()

    def apply(self) -> None:
        """Paint the whole application in this look."""
        application = _application()
        font = QFont()
        font.setFamilies([self.font_family, *FONT_FAMILIES] if self.font_family else list(FONT_FAMILIES))
        font.setPointSizeF(self.points())
        application.setFont(font)
        application.setPalette(_qt_palette(self.palette))
        application.setStyleSheet(style_sheet(self.palette, self._scale, "dark" if self.dark else "light"))
        self.changed.emit()

    def _system_changed(self) -> None:
        if self._mode == "system":
            self.apply()


def style_sheet(palette: Palette, scale: int, shade: str) -> str:
    """resources/style/window.qss with `@name` colours, `@pt(1.2)` sizes and `@px(8)` lengths filled in."""
    folder = paths.resources() / "style"
    sheet = (folder / "window.qss").read_text(encoding="utf-8")
    colours = {
        field.name: getattr(palette, field.name) for field in fields(palette) if field.name != "series"
    }
    sheet = re.sub(r"@pt\(([\d.]+)\)", lambda m: f"{BASE_POINTS * float(m[1]) * scale / 100:.2f}pt", sheet)
    sheet = re.sub(r"@px\(([\d.]+)\)", lambda m: f"{round(float(m[1]) * scale / 100)}px", sheet)
    sheet = sheet.replace("@folder", folder.as_posix()).replace("@shade", shade)
    return re.sub(r"@(\w+)", lambda m: colours[m[1]], sheet)


def _font_family() -> str:
    """The first Chinese face that is here: shipped with a packaged build, else by name; empty if none."""
    families: list[str] = []
    for file in paths.shipped_fonts():
        families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    if families:
        return families[0]
    return next((name for name in FONT_FAMILIES if QFontDatabase.hasFamily(name)), "")


def _qt_palette(colours: Palette) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.sunken,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.ToolTipBase: colours.surface,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.Light: colours.surface,
        QPalette.ColorRole.Mid: colours.border,
        QPalette.ColorRole.Dark: colours.control,
        QPalette.ColorRole.Accent: colours.accent,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return palette


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("the look needs a running application")
    return application
