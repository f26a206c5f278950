"""`wenbao project CASE.json`: every contribution plan priced on the person's own months, as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner import paths
from planner.cli.calc import parse
from planner.cli.import_ import currency_code
from planner.earnings import FileResult, ImportReport, income_picture, read_files, words
from planner.policy import current_pack
from planner.projection import case_from_json, project
from planner.text import _, language
from planner.values import InputError, mark

LARGEST_CASE = 16 * 1024 * 1024  # bytes


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", default="-", metavar="CASE.json", help=_("JSON file, or - for input")
    )
    parser.add_argument("--schema", action="store_true", help=_("print the JSON Schema of the input"))
    parser.add_argument("--password", metavar="P", help=_("opens a locked archive"))


def run(options: argparse.Namespace) -> int:
    if options.schema:
        print(schema("project"), end="")
        return 0
    pack = current_pack()
    projection = project(case_from_json(asked(options), pack), pack)
    print(json.dumps(projection.as_json(language()), ensure_ascii=False, indent=1))
    return 0


def asked(options: argparse.Namespace) -> Any:
    """The case that the options name, its files read into months."""
    folder = Path.cwd() if options.file == "-" else Path(options.file).resolve().parent
    return with_earned_months(read_case(options.file), folder, options.password)


def schema(name: str) -> str:
    """The JSON Schema of a case as it is shipped."""
    return (paths.resources() / "schemas" / f"{name}.json").read_text("utf-8")


def read_case(file: str) -> Any:
    """The JSON document of a case file, or of standard input for `-`."""
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(LARGEST_CASE + 1)
        else:
            with Path(file).open("rb") as stream:
                raw = stream.read(LARGEST_CASE + 1)
    except OSError:
        raise InputError("not_readable", mark("{file} cannot be opened."), field="file", file=file) from None
    if len(raw) > LARGEST_CASE:
        raise InputError("too_large", mark("{file} is too large for a case."), field="file", file=file)
    try:
        return parse(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError("bad_json", mark("this is no JSON document (line {line})"), line=1) from None


def with_earned_months(data: Any, folder: Path, password: str | None = None) -> Any:
    """The case with the months of `earnings.files` in place of the files; months given beside them win.

    A file is a name, taken from `folder`, or an object with `file` and, each where it is needed, `currency`
    (of a file that names none) and `password`. What cannot be read is an InputError that says which and why;
    a currency that had to be assumed is said on standard error.
    """
    earnings = data.get("earnings") if isinstance(data, dict) else None
    files = earnings.get("files") if isinstance(earnings, dict) else None
    if files is None:
        return data
    assert isinstance(data, dict)
    assert isinstance(earnings, dict)
    report = ImportReport(
        [result for asked in _asked_files(files) for result in _read(asked, folder, password)]
    )
    given = earnings.get("monthly") or []
    read = income_picture(report.entries, periods=report.periods, work=report.work).monthly_json()
    if isinstance(given, list):
        typed = {row.get("month") for row in given if isinstance(row, dict)}
        given = [*given, *(row for row in read if row["month"] not in typed)]
    return {**data, "earnings": {"monthly": given}}


@dataclass(frozen=True, slots=True)
class _File:
    """An entry of `earnings.files`; `field` names it in errors."""

    field: str
    file: str
    currency: str = ""
    password: str | None = None


def _asked_files(files: Any) -> list[_File]:
    found = []
    for at, asked in enumerate(files if isinstance(files, list) else [None]):
        row = {"file": asked} if isinstance(asked, str) else asked
        known = isinstance(row, dict) and row.keys() <= {"file", "currency", "password"} and "file" in row
        if not known or not all(isinstance(value, str) for value in row.values()):
            raise InputError(
                "bad_list", mark("{field} must be a list of file names"), field="earnings.files", value=files
            )
        field = f"earnings.files[{at}]"
        currency = currency_code(row["currency"], f"{field}.currency") if row.get("currency") else ""
        found.append(_File(field, row["file"], currency, row.get("password")))
    return found


def _read(asked: _File, folder: Path, password: str | None) -> list[FileResult]:
    """The statements in one file."""
    results = list(
        read_files([folder / asked.file], password=asked.password or password, currency=asked.currency)
    )
    for result in results:
        if result.error:
            sentence = words.error_sentence(result.error, result.looks_like)
            raise InputError(
                result.error,
                mark("{field}: {file}: {sentence}"),
                field=asked.field,
                file=result.file,
                sentence=_(sentence),
            )
        if result.assumed_currency:
            assumed = _(
                "The file names no currency; {currency} was assumed.", currency=result.assumed_currency
            )
            print(f"{result.file}: {assumed}", file=sys.stderr)
    return results
