"""`wenbao calc NAME [FILE|-]`: one statutory calculation from JSON to JSON, or one a line with `--lines`."""

from __future__ import annotations

import argparse
import codecs
import io
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TextIO

from planner import paths
from planner.cli.calculators import NAMES, Calculator, find
from planner.cli.main import error_json
from planner.policy import Pack, current_pack
from planner.schemes.outcome import Notice
from planner.text import _, language
from planner.values import InputError, Name, Step, WenbaoError, mark
from planner.values.step import plain

LARGEST_INPUT = 64 * 1024 * 1024  # bytes; one document, or one line of many


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help=_("which calculation"))
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help=_("JSON file, or - for input"))
    parser.add_argument("--lines", action="store_true", help=_("one JSON object a line, one answer a line"))
    parser.add_argument("--schema", action="store_true", help=_("print the JSON Schema of the input"))
    parser.add_argument("--list", action="store_true", help=_("list the calculations"))
    parser.add_argument(
        "--steps", choices=("yes", "no"), default="yes", help=_("whether answers carry their steps")
    )


def run(options: argparse.Namespace) -> int:
    if options.list:
        for name in NAMES:
            print(f"{name}\t{_(find(name).title)}")
        return 0
    if options.name is None:
        raise InputError("missing_field", mark("{field} is missing"), field="name")
    calculator = find(options.name)
    if options.schema:
        print((paths.resources() / "schemas" / f"{calculator.name}.json").read_text("utf-8"), end="")
        return 0
    pack = current_pack()
    with_steps = options.steps == "yes"
    if options.lines:
        _answer_lines(calculator, pack, options.file, with_steps, sys.stdout)
        return 0
    answered = answer(calculator, parse(_read(options.file)), pack, with_steps)
    print(_printable(_ENCODER.encode(answered)))
    return 0


def answer(
    calculator: Calculator,
    document: Any,
    pack: Pack,
    with_steps: bool = True,
    said: _Said | None = None,
) -> dict[str, Any]:
    """The answer of the contract: the calculator's own fields, `steps` unless unwanted, `warnings`.

    `pack_version` says which policy data made it, so that a kept answer can be told from a newer one.
    """
    found, outcome = calculator.answer(calculator.record.read(document, "", pack), pack)
    if with_steps:
        found["steps"] = [step_json(step) for step in outcome.steps]
    say = said.warning if said is not None else partial(warning_json, pack=pack)
    found["warnings"] = [say(notice) for notice in outcome.warnings]
    found["pack_version"] = pack.version
    return found


def step_json(step: Step) -> dict[str, Any]:
    """A step whose source always says something, in the language in use where the words are ours."""
    written = step.as_json()
    title = written["source"]["title"]
    written["source"]["title"] = _(title) if title else _("No official page seen.")
    return written


def warning_json(notice: Notice, pack: Pack) -> dict[str, Any]:
    """A warning with its sentence, and the name of the value it is about, in the language in use."""
    values = {
        name: value.said(language()) if isinstance(value, Name) else plain(value)
        for name, value in notice.values.items()
    }
    written = {"code": notice.code, "message": _(notice.message, **values), **values}
    if "key" in values:
        written["name"] = pack.key_info(values["key"]).title(language())
    return written


class _Said:
    """Warnings written once: the many lines of one place and month share their notices."""

    most = 4096

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._written: dict[
            int, tuple[Notice, dict[str, Any]]
        ] = {}  # by identity; a kept notice keeps its own

    def warning(self, notice: Notice) -> dict[str, Any]:
        known = self._written.get(id(notice))
        if known is None:
            if len(self._written) >= self.most:
                self._written.clear()
            known = self._written[id(notice)] = notice, warning_json(notice, self._pack)
        return known[1]


def parse(text: str) -> Any:
    """The document; numbers with a point as Decimal, no NaN, no infinities."""
    try:
        text = text.strip(_BLANK)
        document, end = _DECODER.raw_decode(text)
        if end != len(text):
            raise json.JSONDecodeError("more than one document", text, end)
        return document
    except InputError:
        raise
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise InputError(
            "bad_json", mark("this is no JSON document (line {line})"), field="", line=line
        ) from None


def _no_constant(name: str) -> NoReturn:
    raise InputError("bad_number", mark("{value} is no number"), field="", value=name)


_BLANK = " \t\n\r"  # what JSON calls white space
_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_constant)
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def _answer_lines(calculator: Calculator, pack: Pack, file: str, with_steps: bool, output: TextIO) -> None:
    """One answer, or one error object, for each line that is not blank."""
    encode, write, said = _ENCODER.encode, output.write, _Said(pack)
    for line in _lines(file):
        if line.isspace():
            continue
        try:
            document = parse(_text(line))
            written = encode(answer(calculator, document, pack, with_steps, said))
        except WenbaoError as error:
            written = encode({"error": error_json(error)})
        write(_printable(written) + "\n")


def _printable(text: str) -> str:
    """`text` with lone surrogates, which no stream can take, written as escapes."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode("utf-8")
    return text


def _lines(file: str) -> Iterator[bytes]:
    if file == "-":
        yield from _standard_input()
        return
    with _opened(file) as stream:
        yield from stream


def _read(file: str) -> str:
    if file == "-":
        return _text(_standard_input().read())
    with _opened(file) as stream:
        return _text(stream.read(LARGEST_INPUT + 1))


def _standard_input() -> io.BufferedIOBase:
    stream = getattr(sys.stdin, "buffer", None)
    return stream if stream is not None else io.BytesIO(sys.stdin.read().encode("utf-8"))


def _opened(file: str) -> io.BufferedReader:
    try:
        return Path(file).open("rb")
    except OSError:
        raise InputError(
            "no_file", mark("the file {value} cannot be read"), field="file", value=file[:200]
        ) from None


def _text(data: bytes) -> str:
    if len(data) > LARGEST_INPUT:
        raise InputError("too_large", mark("the input is too large"), field="")
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        raise InputError("bad_encoding", mark("the input is not UTF-8 text"), field="") from None
