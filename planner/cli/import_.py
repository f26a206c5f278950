"""`wenbao import FILE...`: reads earnings files, answers what they hold, stores it if asked."""

from __future__ import annotations

import argparse
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from planner import paths, text
from planner.earnings import FileResult, ImportReport, Memory, income_picture, read_files, words
from planner.earnings.cells import currency_of
from planner.earnings.currency import SOURCE, last_rate_day
from planner.text import _, plural
from planner.values import InputError, Kind, mark

LARGEST_MAPPING = 1024 * 1024  # bytes


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help=_("a bill, a statement, or the archive it came in")
    )
    parser.add_argument("--json", action="store_true", help=_("answer in JSON"))
    parser.add_argument("--password", metavar="P", help=_("opens a locked archive"))
    parser.add_argument(
        "--mapping", metavar="FILE", help=_("JSON file that names the columns of an own table")
    )
    parser.add_argument("--currency", metavar="CODE", help=_("currency of files that name none"))
    parser.add_argument("--profile", metavar="NAME", help=_("store what was read for this person"))


def run(options: argparse.Namespace) -> int:
    mapping = _mapping(options.mapping) if options.mapping else None
    currency = currency_code(options.currency, "currency") if options.currency else ""
    memory = _memory() if options.profile is not None else None
    results = read_files(
        options.files, password=options.password, mapping=mapping, currency=currency, memory=memory
    )
    report = ImportReport(tuple(results))
    added = _store(options.profile, report) if options.profile is not None else None
    if options.json:
        print(_printable(json.dumps(report.as_json(), ensure_ascii=False, indent=1)))
    else:
        _print_summary(report)
        if added is not None:
            print(plural("{count} new entry stored", "{count} new entries stored", added))
    return 2 if report.failed else 0


def currency_code(word: str, field: str) -> str:
    """The ISO code of a currency's code, sign or Chinese name; InputError for another word."""
    code = currency_of(word)
    if not code:
        raise InputError(
            "bad_currency", mark("{value!r} is no currency the program knows"), field=field, value=word
        )
    return code


def _mapping(name: str) -> Any:
    """The mapping as JSON; its own fields are checked where it is used."""
    try:
        with Path(name).open("rb") as file:
            raw = file.read(LARGEST_MAPPING + 1)
        if len(raw) > LARGEST_MAPPING:
            raise ValueError("too large")
        return json.loads(raw.decode("utf-8-sig"))
    except OSError:
        raise InputError(
            "not_readable", mark("The mapping {file} cannot be opened."), field="mapping", file=name
        ) from None
    except (ValueError, RecursionError):
        raise InputError(
            "bad_mapping", mark("The mapping {file} is not JSON."), field="mapping", file=name
        ) from None


def _memory() -> Memory:
    """What was confirmed in the window for tables and currencies."""
    from planner.vault import Store

    store = Store.open(paths.data())
    try:
        return Memory.of(store.remembered())
    finally:
        store.close()


def _store(profile: str, report: ImportReport) -> int:
    """Every file that could be read, in one transaction, to the person of that name (made if there is none).

    Answers how many entries are new; a file that is there already is not taken in again.
    """
    from planner.vault import Store

    wanted = profile.strip()
    if not wanted:
        raise InputError("missing_field", mark("{field} is missing"), field="profile")
    usable = [result for result in report.files if result.error is None]
    if not usable:
        return 0
    store = Store.open(paths.data())
    try:
        known = next((person for person in store.people() if person.name == wanted), None)
        person = (known or store.create_person(wanted)).id
        there = {stored.digest for stored in store.imports(person)}
        new = {result.digest: result for result in usable if result.digest not in there}
        added = store.add_imports(
            person,
            [
                (one.file, one.digest, one.format, one.entries, one.skipped, one.summary)
                for one in new.values()
            ],
        )
        return sum(one.added for one in added)
    finally:
        store.close()


def _printable(line: str) -> str:
    """`line` with what no stream can take (the odd bytes of a file's name) written as escapes."""
    return line.encode("utf-8", "backslashreplace").decode("utf-8")


def _print_summary(report: ImportReport) -> None:
    for result in report.files:
        for line in _file_lines(result):
            print(_printable(line), file=sys.stderr if result.error else sys.stdout)
    usable = [result for result in report.files if result.error is None]
    if usable:
        for line in _together(report, usable):
            print(line)


def _file_lines(result: FileResult) -> list[str]:
    if result.error:
        sentence = words.error_sentence(result.error, result.looks_like)
        return [_("{file}: {sentence}", file=result.file, sentence=_(sentence))]
    name = _(words.FORMATS[result.format]) if result.format in words.FORMATS else result.format
    lines = [_("{file}: {format}", file=result.file, format=name)]
    lines.append("  " + plural("{count} row read", "{count} rows read", result.data_rows))
    if result.assumed_currency:
        assumed = _("The file names no currency; {currency} was assumed.", currency=result.assumed_currency)
        lines.append(f"  {assumed}")
    for kind, sentence in _KINDS.items():
        count = result.rows[kind]
        if count:
            sums = ", ".join(map(text.money, result.total(kind).values()))
            lines.append("  " + _(sentence, count=count, sums=sums))
    doubtful = sum(entry.doubtful for entry in result.entries)
    if doubtful:
        lines.append(
            "  " + plural("{count} of them may be no pay", "{count} of them may be no pay", doubtful)
        )
    lines.extend("  " + _(words.WARNINGS[code]) for code in result.warnings if code in words.WARNINGS)
    lines.extend(_skipped_lines(result))
    return lines


_KINDS = {
    Kind.INCOME: mark("income: {count} ({sums})"),
    Kind.REFUND: mark("refunds: {count} ({sums})"),
    Kind.FEE: mark("fees: {count} ({sums})"),
    Kind.EXPENSE: mark("money spent: {count}"),
    Kind.NEUTRAL: mark("own money moved: {count}"),
    Kind.IGNORED: mark("not counted: {count}"),
    Kind.OTHER: mark("tax, promotion, adjustment: {count}"),
}


def _skipped_lines(result: FileResult) -> list[str]:
    told = [row for row in result.skipped if row.reason not in ("not_a_row", "total_row")]
    shown = [
        _("  line {line}: {reason}", line=row.line, reason=_(words.SKIPPED.get(row.reason, row.reason)))
        for row in told[:10]
    ]
    if len(told) > 10:
        shown.append("  " + plural("and {count} more line", "and {count} more lines", len(told) - 10))
    return shown


def _together(report: ImportReport, usable: list[FileResult]) -> list[str]:
    lines = [""]
    if report.duplicates:
        lines.append(
            plural(
                "{count} row was already in another file and counts once",
                "{count} rows were already in another file and count once",
                report.duplicates,
            )
        )
    answer = report.as_json()
    lines.append(_("Income in yuan, before refunds and fees:"))
    lines.extend(f"  {month}  {text.yuan(Decimal(yuan), 2)}" for month, yuan in answer["monthly_cny"].items())
    lines.append(_("Together: {amount}", amount=text.yuan(Decimal(answer["total_cny"]), 2)))
    for currency, amount in answer["unconverted"].items():
        lines.append(
            _(
                "{amount} {currency} is not in the sum: no exchange rate is known",
                amount=amount,
                currency=currency,
            )
        )
    if any(currency != "CNY" for result in usable for currency in result.total(Kind.INCOME)):
        lines.append(
            _(
                "Converted by the reference rate of the day ({source}, up to {day}).",
                source=SOURCE,
                day=last_rate_day(),
            )
        )
    picture = income_picture(report.entries, periods=report.periods, work=report.work)
    if picture.old_rates:
        lines.append(_(words.WARNINGS["old_rate"]))
    if answer["suspected"]:
        lines.append(
            plural(
                "{count} pair may be the same money twice; the window lets you decide",
                "{count} pairs may be the same money twice; the window lets you decide",
                len(answer["suspected"]),
            )
        )
    return lines
