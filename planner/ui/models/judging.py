"""What a person decides about their earnings: costs, rules taken back, columns and currencies of files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from planner.earnings import Spending
from planner.earnings.memory import CURRENCIES, MAPPINGS, Memory
from planner.earnings.openfile import as_csv, as_json
from planner.ui.models.workspace import Workspace
from planner.values import InputError, Kind, mark
from planner.vault import Rule


def set_cost(workspace: Workspace, spending: Spending, is_cost: bool) -> None:
    """Whether what went to this payee is a cost of the work, also in files still to come."""
    if workspace.person is None:
        return
    source, reason, payee = spending.likeness
    kind = Kind.FEE if is_cost else None
    if payee:
        rule = Rule(source, reason, payee, kind=kind)
        workspace.store.save_rule(workspace.person.id, rule, spending.entries)
    else:  # a rule without a name would take in everybody
        workspace.store.set_kind(spending.entries, kind)
    workspace.earnings_edited()


def forget_rule(workspace: Workspace, rule: Rule) -> None:
    """Take a remembered decision back."""
    if workspace.person is not None:
        workspace.store.save_rule(workspace.person.id, replace(rule, kind=None, included=None))
        workspace.earnings_edited()


def _remember(workspace: Workspace, kind: str, name: str, value: Any) -> None:
    """Keep what was confirmed for files to come; undo takes it back."""
    if workspace.person is not None:
        workspace.store.remember(workspace.person.id, kind, name, value)
        workspace.earnings_edited()


def memory_of(workspace: Workspace) -> Memory:
    return Memory.of(workspace.store.remembered())


def remember_mapping(workspace: Workspace, digest: str, mapping: Mapping[str, Any] | None) -> None:
    """Read tables with this header so from now on; None forgets it."""
    _remember(workspace, MAPPINGS, digest, mapping)


def remember_currency(workspace: Workspace, source: str, currency: str | None) -> None:
    """The money of this source's files that name none; None forgets it."""
    _remember(workspace, CURRENCIES, source, currency)


def export_ledger(workspace: Workspace, target: Path) -> int:
    """Write the lines that count as an open earnings file (CSV or JSON by the name); how many they are."""
    from planner.earnings import counted, stored_work

    if workspace.person is None:
        raise InputError("no_person", mark("Open somebody's file first."))
    person, store = workspace.person.id, workspace.store
    lines = counted((one.entry, one.kind, one.included) for one in store.entries(person))
    if target.suffix.casefold() == ".csv":
        content = "\ufeff" + as_csv(lines)
    else:
        work = stored_work(file.summary for file in store.imports(person))
        content = as_json("wenbao", lines, work) + "\n"
    write(target, content)
    return len(lines)


def write(target: Path, content: str) -> None:
    """A file of the person's choice; InputError if it cannot be written."""
    try:
        target.write_text(content, "utf-8", newline="")
    except OSError:
        raise InputError(
            "not_writable", mark("{file} cannot be written here."), field="file", file=target.name
        ) from None
