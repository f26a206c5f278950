"""The command line: one module a command, imported only when it is called."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from planner import __version__, text
from planner.cli import usage
from planner.text import _
from planner.values import WenbaoError, mark

COMMANDS = {
    "calc": ("planner.cli.calc", mark("a statutory calculation from JSON to JSON")),
    "import": ("planner.cli.import_", mark("read earnings files")),
    "project": ("planner.cli.project", mark("price contribution plans on a person's own months")),
    "advise": ("planner.cli.advise", mark("the next honest card for a case")),
    "batch": ("planner.cli.batch", mark("a roster of members: who is at risk, who could join what")),
    "policy": ("planner.cli.policy", mark("the law as data: list, show, check, update, correct")),
}
CUT_OFF = 141  # as a shell reports a program that wrote into a closed pipe


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of the command line; `command` is None when the window is wanted."""
    text.use(text.preferred_language())
    usage.speak()
    language = argparse.ArgumentParser("wenbao", add_help=False)
    language.add_argument("--lang", choices=text.LANGUAGES, default=argparse.SUPPRESS)
    early, _rest = language.parse_known_args(arguments)
    text.use(getattr(early, "lang", None) or text.language())

    parser = argparse.ArgumentParser(
        "wenbao", description=_("Plan pension and injury cover, offline."), parents=[language]
    )
    parser.add_argument(
        "--version", action="version", version=f"wenbao {__version__}", help=_("say the version and stop")
    )
    parser.add_argument("--self-test", action="store_true", help=_("check this installation and stop"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    demo = commands.add_parser("demo", parents=[language], help=_("open the window with a worked example"))
    demo.add_argument(
        "--pages",
        type=Path,
        metavar=_("FOLDER"),
        help=_("draw the pages to pictures in FOLDER and print the comparison instead"),
    )
    wanted = next((place for place, word in enumerate(arguments) if word in COMMANDS), None)
    parsers = {
        name: commands.add_parser(name, parents=[language], help=_(summary), description=_(summary))
        for name, (_module, summary) in COMMANDS.items()
    }
    if wanted is None:
        return parser.parse_args(arguments)
    options = parser.parse_args(arguments[: wanted + 1])
    command, module = parsers[arguments[wanted]], importlib.import_module(COMMANDS[arguments[wanted]][0])
    module.add_options(command)
    if getattr(module, "HAS_COMMANDS", False):  # argparse cannot mix words and options around commands
        return command.parse_args(arguments[wanted + 1 :], options)
    return usage.parse_intermixed(command, arguments[wanted + 1 :], options)


def run_command(options: argparse.Namespace) -> int:
    """Run the chosen command; an error of the person's making becomes one JSON object and status 2."""
    module, _summary = COMMANDS[options.command]
    try:
        status: int = importlib.import_module(module).run(options)
        sys.stdout.flush()
    except WenbaoError as error:
        print(json.dumps({"error": error_json(error)}, ensure_ascii=False), file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read the answer has seen enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CUT_OFF
    return status


def error_json(error: WenbaoError) -> dict[str, str]:
    """The error object of the commands' contract, its message in the language in use."""
    return {
        "code": error.code,
        "field": error.field,
        "message": _(error.message, field=error.field or _("the input"), **error.values),
    }
