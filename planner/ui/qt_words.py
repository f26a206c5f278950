"""Qt's own words (the buttons and menus of file dialogs and text fields) in the language in use."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

_FILES = {"zh": "qtbase_zh_CN"}
_translators: dict[str, QTranslator] = {}


def use(language: str) -> bool:
    """Let Qt speak `language`; False if its words are not here (English needs none: Qt is written in it)."""
    for other in _translators.values():
        QCoreApplication.removeTranslator(other)
    if language not in _FILES:
        return True
    if language not in _translators:
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if not translator.load(_FILES[language], folder):
            return False
        _translators[language] = translator
    return QCoreApplication.installTranslator(_translators[language])
