"""The command line itself: words in any order, the language to start in, an answer nobody reads whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from planner import text
from planner.cli.main import CUT_OFF, parse


@pytest.mark.parametrize(
    "arguments",
    [
        ["calc", "min-years", "--steps", "no", "case.json"],
        ["calc", "--steps", "no", "min-years", "case.json"],
        ["--lang", "en", "calc", "min-years", "case.json", "--steps", "no"],
    ],
)
def test_options_may_stand_anywhere_among_the_words(arguments):
    options = parse(arguments)
    assert (options.command, options.name, options.file, options.steps) == (
        "calc",
        "min-years",
        "case.json",
        "no",
    )


def test_commands_within_a_command_still_work():
    options = parse(["policy", "show", "CN-GD", "2026-08-01", "--lang", "en"])
    assert (options.command, options.lang) == ("policy", "en")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["policy"], "wenbao policy：缺少 ACTION"),
        (["policy", "frob"], "ACTION：没有 'frob'，可选 'list', 'show'"),
        (["frob"], "COMMAND：没有 'frob'，可选 'demo', 'calc'"),
        (["calc", "--bad"], "不认识：--bad"),
        (["calc", "--steps"], "--steps：后面要跟一个值"),
        (["calc", "--lines=3"], "--lines：不用带值，多写了 '3'"),
        (["calc", "--s", "x"], "--s 不明确，可能是 --schema, --steps"),
        (["import"], "wenbao import：缺少 FILE"),
        (["--help"], "显示这份帮助"),
        (["policy", "show", "--help"], "显示这份帮助"),
    ],
)
def test_argparse_speaks_the_language_too(capsys, arguments, said):
    with pytest.raises(SystemExit):
        parse(["--lang", "zh", *arguments])
    written = "".join(capsys.readouterr())
    assert said in written
    assert written.startswith("用法：wenbao")
    assert not re.search(r"usage|error|argument|optional|show this|expected|required|invalid", written)
    with pytest.raises(SystemExit):
        parse(["--lang", "en", *arguments])
    assert "".join(capsys.readouterr()).startswith("usage: wenbao")


def test_a_wrong_language_is_said_in_the_language_to_start_in(monkeypatch, capsys):
    monkeypatch.setenv("WENBAO_LANG", "zh")
    with pytest.raises(SystemExit):
        parse(["--lang", "xx"])
    assert "--lang：没有 'xx'，可选 'zh', 'en'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LANG": "C", "WENBAO_LANG": "en"}, "en"),
    ],
)
def test_only_an_english_system_starts_in_english(monkeypatch, variables, language):
    for name in ("WENBAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert text.preferred_language() == language


def test_an_answer_cut_off_by_its_reader_is_no_success():
    code = "import sys; from planner.app import run; sys.exit(run(sys.argv[1:]))"
    lines = json.dumps({"retire": "2040-05"}) + "\n"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "calc", "min-years", "--lines"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.close()
    _out, complaint = process.communicate(lines * 3000)
    assert process.returncode == CUT_OFF
    assert "Traceback" not in complaint
