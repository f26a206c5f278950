"""The arrows between packages point one way; a machine says so."""

from __future__ import annotations

import os
from pathlib import Path

from importlinter.cli import lint_imports


def test_the_contracts_in_pyproject_hold(capsys, monkeypatch) -> None:
    monkeypatch.chdir(Path(__file__).resolve().parent.parent)
    status = lint_imports(no_cache=True)
    assert status == os.EX_OK, capsys.readouterr().out
