"""`wenbao batch ROSTER --out DIR`: a roster of members to who is at risk, and who could join what."""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from planner import paths
from planner.casework import batch
from planner.casework.batch import Assessed, Counts
from planner.casework.columns import COLUMNS
from planner.casework.enrolment import SCHEMES
from planner.casework.member import shown_number
from planner.casework.projecting import PATHS, projections
from planner.casework.risks import RISKS, RULE, rank_key
from planner.casework.roster import Refused, Roster, open_roster
from planner.cli import batch_tables as tables
from planner.cli.batch_files import OutputFolder, Spool, line_of, told
from planner.cli.batch_tables import Tables, yuan
from planner.policy import current_pack
from planner.projection.case import LEAST_PATHS, MOST_PATHS
from planner.text import _, language, plural
from planner.values import InputError, Month, mark

STATUTORY = ("members.csv", "risks.csv", "enrolment.csv", "refused.csv", "summary.json")
PROJECTIONS = "projections.csv"
SHEETS = "sheets"
MOST_TOLD = 1000  # refused cells in summary.json; refused.csv has all
_PRINTED = 10
_INTERRUPTED = 130
_FILE_NAME = re.compile(r"[\w-]{1,40}")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("roster", nargs="?", metavar="ROSTER", help=_("the members, as CSV or workbook"))
    parser.add_argument("--out", type=Path, metavar="DIR", help=_("folder for the results"))
    parser.add_argument("--json", action="store_true", help=_("answer in JSON"))
    parser.add_argument("--today", metavar="DAY", help=_("the day to reckon from (2026-11-25)"))
    parser.add_argument("--names", action="store_true", help=_("write whole names and months of birth"))
    parser.add_argument("--sheets", action="store_true", help=_("one printed page a member, as PDF"))
    parser.add_argument(
        "--project", action="store_true", help=_("also the full projection of each member; takes long")
    )
    parser.add_argument(
        "--paths", type=int, default=PATHS, metavar="N", help=_("futures a member with --project")
    )
    parser.add_argument("--workers", type=int, metavar="N", help=_("processes with --project"))
    parser.add_argument("--force", action="store_true", help=_("replace files that are there"))
    parser.add_argument("--password", metavar="P", help=_("opens a locked workbook"))
    parser.add_argument("--template", type=Path, metavar="FILE", help=_("write an empty roster and stop"))
    parser.add_argument("--schema", action="store_true", help=_("print the schema of a member and stop"))


def run(options: argparse.Namespace) -> int:
    today = _day(options.today) if options.today else date.today()  # noqa: DTZ011  # the day where the person is
    if options.schema:
        print((paths.resources() / "schemas" / "roster.json").read_text("utf-8"), end="")
        return 0
    if options.template is not None:
        return _write_template(options.template, today, options.force)
    if options.roster is None:
        raise InputError("missing_field", mark("{field} is missing"), field="roster")
    if options.out is None:
        raise InputError("missing_field", mark("{field} is missing"), field="out")
    _between("paths", options.paths, LEAST_PATHS, MOST_PATHS)
    if options.workers is not None:
        _between("workers", options.workers, 1, 64)
    roster = open_roster(Path(options.roster), current_pack(), today, options.password)
    return _Batch(roster, options).run()


class _Batch:
    """One run: the statutory files first, whole, then what takes long."""

    def __init__(self, roster: Roster, options: argparse.Namespace) -> None:
        self._roster = roster
        self._options = options
        self._tables = Tables(roster.pack, names=options.names)
        self._counts = Counts()
        self._refused: list[Refused] = []
        self._cells_refused = 0

    def run(self) -> int:
        options = self._options
        with OutputFolder(options.out, force=options.force) as folder:
            folder.expect(
                (
                    *STATUTORY,
                    *([PROJECTIONS] if options.project else []),
                    *([SHEETS] if options.sheets else []),
                )
            )
            try:
                self._statutory(folder)
                if options.project:
                    self._project(folder)
                if options.sheets:
                    self._sheets(folder)
            except KeyboardInterrupt:
                kept = ", ".join(name for name in folder.published if not name.startswith(SHEETS))
                print(
                    _("Stopped. Whole and kept: {files}", files=kept)
                    if kept
                    else _("Stopped; nothing was written."),
                    file=sys.stderr,
                )
                return _INTERRUPTED
        self._tell(folder)
        return 2 if self._counts.refused else 0

    def _statutory(self, folder: OutputFolder) -> None:
        words, counts = self._tables, self._counts
        ranked = Spool(folder.hidden)
        with (
            contextlib.closing(ranked),
            folder.text("members.csv") as members,
            folder.text("enrolment.csv") as enrolment,
            folder.text("refused.csv") as refused,
            _progress(_("{done} rows")) as progress,
        ):
            members.write(_header(tables.MEMBERS))
            enrolment.write(_header(tables.ENROLMENT))
            refused.write(_header(words.refused_header()))
            for row in batch.run(self._roster, counts, progress=progress):
                if isinstance(row, Assessed):
                    members.write(line_of(words.member(row)))
                    for opening in row.openings:
                        enrolment.write(line_of(words.opening(row.member, opening)))
                    if row.findings:
                        ranked.add(rank_key(row.person, row.findings), words.risk(row))
                else:
                    self._cells_refused += len(row)
                    self._refused.extend(row[: max(MOST_TOLD - len(self._refused), 0)])
                    refused.writelines(line_of(words.refused(one)) for one in row)
            with folder.text("risks.csv") as risks:
                risks.write(_header(tables.RISKS))
                risks.writelines(ranked.ranked())
        with folder.text("summary.json", table=False) as summary:
            json.dump(self.summary(), summary, ensure_ascii=False, indent=1)
            summary.write("\n")
        folder.publish(*STATUTORY)

    def _project(self, folder: OutputFolder) -> None:
        options = self._options
        members = (row.member for row in self._again())
        found = projections(members, self._roster.today, paths=options.paths, workers=options.workers)
        with (
            folder.text(PROJECTIONS) as file,
            contextlib.closing(found),
            _progress(_("{done} of {count} projected"), count=self._counts.members) as progress,
        ):
            file.write(_header(tables.PROJECTIONS))
            for done, one in enumerate(found, 1):
                file.write(line_of(self._tables.projection(one)))
                progress(done)
        folder.publish(PROJECTIONS)

    def _sheets(self, folder: OutputFolder) -> None:
        from planner.cli.batch_sheets import member_sheet
        from planner.report.sheet import a4_sheet

        with _progress(_("{done} of {count} pages"), count=self._counts.members) as progress:
            for done, one in enumerate(self._again(), 1):
                number = shown_number(one.member.number).removeprefix("…")
                tail = f"-{number}" if _FILE_NAME.fullmatch(number) else ""
                content = a4_sheet(member_sheet(one, self._tables))
                folder.write(f"{SHEETS}/{one.member.line:06d}{tail}.pdf", content)
                progress(done)

    def _again(self) -> Iterator[Assessed]:
        """The members once more: reading them twice is cheaper than keeping them all."""
        return (row for row in batch.run(self._roster, Counts()) if isinstance(row, Assessed))

    def summary(self) -> dict[str, Any]:
        """What the batch came to, in the language in use; no member in it."""
        counts, layout = self._counts, self._roster.layout
        told = [
            {"line": one.line, "field": one.field, "code": one.error.code, "message": tables.reason(one)}
            for one in self._refused
        ]
        return {
            "today": self._roster.today.isoformat(),
            "rules": self._roster.pack.version,
            "language": language(),
            "redacted": not self._options.names,
            "rows": counts.rows,
            "members": counts.members,
            "refused": counts.refused,
            "at_risk": counts.at_risk,
            "ranking": _(RULE),
            "risks": [
                {"id": risk.id, "title": _(risk.title), "members": counts.risks[risk.id]} for risk in RISKS
            ],
            "order_cover": {verdict: counts.order_cover[verdict] for verdict in ("yes", "grey", "no")},
            "enough_months": dict(sorted(counts.reach.items())),
            "enrolment": [
                {
                    "id": scheme.id,
                    "title": _(scheme.title),
                    "members": counts.openings[scheme.id],
                    "cost": str(yuan(counts.cost[scheme.id])) if counts.priced[scheme.id] else None,
                    "priced": counts.priced[scheme.id],
                    "period": scheme.period,
                }
                for scheme in SCHEMES
            ],
            "columns": {
                "read": [*(column.name for column in COLUMNS if column.name in layout.columns)],
                "months": [str(month) for month in sorted(layout.months)],
                "ignored": list(layout.ignored),
                "never_read": list(layout.private),
                "twice": list(layout.twice),
            },
            "refused_cells": told,
            "refused_cells_left_out": self._cells_refused - len(told),
        }

    def _tell(self, folder: OutputFolder) -> None:
        for one in self._refused[:_PRINTED]:
            said = _(
                "row {line}, {column}: {reason}",
                line=one.line,
                column=tables.column_title(one.field),
                reason=tables.reason(one),
            )
            print(said, file=sys.stderr)
        if self._cells_refused > _PRINTED:
            more = self._cells_refused - _PRINTED
            print(
                plural("and {count} more, in refused.csv", "and {count} more, in refused.csv", more),
                file=sys.stderr,
            )
        if self._options.json:
            files = [name for name in folder.published if not name.startswith(SHEETS)]
            pages = len(folder.published) - len(files)
            print(
                json.dumps({**self.summary(), "files": files, "sheets": pages}, ensure_ascii=False, indent=1)
            )
            return
        for line in self._lines():
            print(line)
        print(_("Written to {folder}", folder=folder.folder))
        if not self._options.names:
            print(_("Names are shortened; --names writes them out. Keep the folder as safe as the roster."))

    def _lines(self) -> Iterator[str]:
        counts = self._counts
        yield plural("{count} row read", "{count} rows read", counts.rows)
        yield _(
            "members answered: {count}, rows refused: {refused}", count=counts.members, refused=counts.refused
        )
        yield _("members at risk: {count}", count=counts.at_risk)
        for risk in RISKS:
            if counts.risks[risk.id]:
                yield _("  {title}: {count}", title=_(risk.title), count=counts.risks[risk.id])
        if self._roster.layout.ignored:
            yield _("Columns not used: {columns}", columns=", ".join(self._roster.layout.ignored))
        if self._roster.layout.private:
            yield _(
                "Never read: {columns}. Take these columns out of the roster.",
                columns=", ".join(self._roster.layout.private),
            )


def _header(titles: tuple[str, ...]) -> str:
    return line_of([_(title) for title in titles])


@contextlib.contextmanager
def _progress(words: str, **values: object) -> Iterator[Callable[[int], None]]:
    """Tells how far it is on one line of a terminal; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return

    def tell(done: int) -> None:
        sys.stderr.write("\r" + words.format(done=done, **values))
        sys.stderr.flush()

    try:
        yield tell
    finally:
        sys.stderr.write("\r\033[K")


def _write_template(target: Path, today: date, force: bool) -> int:
    from planner.cli.batch_template import template

    content = template(target, Month.of(today))
    if target.exists() and not force:
        raise InputError(
            "exists",
            mark("{file} is already there; choose another folder, or replace it with --force."),
            field="template",
            file=str(target),
        )
    with told(target):
        target.write_bytes(content)
    print(_("An empty roster is in {file}.", file=target))
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(
            "bad_date",
            mark("{field} must be a date such as 2026-08-01, not {value!r}"),
            field="today",
            value=text,
        ) from None


def _between(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise InputError(
            "out_of_range", mark("{field} must be between {low} and {high}"), field=name, low=low, high=high
        )
