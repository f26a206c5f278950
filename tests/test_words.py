"""Every visible sentence is in the catalogue, in Chinese, with the same placeholders; none is unused."""

from __future__ import annotations

import ast
import re
import string
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parent.parent
ZH = ROOT / "resources" / "i18n" / "zh"
CALLS = {"_", "mark", "plural"}


@cache
def _catalogue() -> Catalog:
    sys.path.insert(0, str(ROOT / "packaging"))
    from catalogues import join

    return join(ZH)


def _said() -> dict[str, tuple[str, ...]]:
    """Message id (singular) -> the Chinese forms."""
    return {
        (message.id if isinstance(message.id, str) else message.id[0]): (
            (message.string,) if isinstance(message.string, str) else tuple(message.string)
        )
        for message in _catalogue()
        if message.id
    }


@cache
def _calls() -> tuple[tuple[Path, ast.Call], ...]:
    """Every call of a translating function in the program."""
    found = []
    for path in sorted((ROOT / "planner").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in CALLS and node.args:
                    found.append((path, node))
    return tuple(found)


def _texts(call: ast.Call) -> Iterator[tuple[int, str]]:
    """The ids written in the call: one, or two for a plural; both sides of `a if b else c`."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    waiting: list[ast.expr] = list(call.args[: 2 if name == "plural" else 1])
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.IfExp):
            waiting += [node.body, node.orelse]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def _ids() -> dict[str, str]:
    """Message id -> where it is first used; of a plural its singular."""
    found: dict[str, str] = {}
    for path, call in _calls():
        texts = list(_texts(call))
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        for line, text in texts[:1] if name == "plural" else texts:
            found.setdefault(text, f"{path.relative_to(ROOT)}:{line}")
    return found


def _placeholders(sentence: str) -> set[str]:
    return {
        re.split(r"[.\[!:]", name, maxsplit=1)[0]
        for _literal, name, _form, _conversion in string.Formatter().parse(sentence)
        if name is not None
    }


def test_no_sentence_is_put_together_before_it_is_looked_up() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, call in _calls()
        if isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
        or (
            isinstance(call.args[0], ast.Call)
            and isinstance(call.args[0].func, ast.Attribute)
            and call.args[0].func.attr == "format"
        )
    ]
    assert not wrong


def test_every_sentence_of_the_program_has_chinese_words() -> None:
    said = _said()
    missing = {text: where for text, where in _ids().items() if text and not any(said.get(text, ()))}
    assert not missing


def test_no_sentence_of_the_catalogue_is_unused() -> None:
    used = set(_ids())
    data = "\n".join(
        path.read_text("utf-8")
        for path in (ROOT / "resources").rglob("*")
        if path.suffix in {".toml", ".csv", ".json"} and path.parent.name != "demo"
    )
    unused = [
        text
        for text in _said()
        if text not in used and text not in data and text.replace('"', '""') not in data
    ]
    assert not unused


@pytest.mark.parametrize("text", sorted(_said()))
def test_a_translation_has_the_placeholders_of_its_sentence(text: str) -> None:
    message = _catalogue().get(text)
    ids = (message.id,) if isinstance(message.id, str) else message.id
    wanted = set().union(*(_placeholders(one) for one in ids))
    for words in _said()[text]:
        assert _placeholders(words) == wanted, words


def test_a_language_is_compiled_from_all_its_files() -> None:
    from planner import text

    text.use("zh")
    for sentence in list(_ids())[::50]:
        if not _placeholders(sentence):
            assert text._(sentence) in _said()[sentence]
