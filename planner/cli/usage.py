"""The words that argparse itself says (usage, help, what is wrong), in the language in use."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from planner import text
from planner.text import _
from planner.values import mark

# Their ids are argparse's own, with its placeholders; those of one Python version may lack in another.
WORDS = (
    mark("usage: "),
    mark("positional arguments"),
    mark("options"),
    mark("show this help message and exit"),
    mark("%(prog)s: error: %(message)s\n"),
    mark("argument %(argument_name)s: %(message)s"),
    mark("invalid choice: %(value)r (choose from %(choices)s)"),
    mark("unknown parser %(parser_name)r (choices: %(choices)s)"),
    mark("invalid %(type)s value: %(value)r"),
    mark("expected one argument"),
    mark("expected at most one argument"),
    mark("expected at least one argument"),
    mark("ignored explicit argument %r"),
    mark("unrecognized arguments: %s"),
    mark("the following arguments are required: %s"),
    mark("one of the arguments %s is required"),
    mark("not allowed with argument %s"),
    mark("ambiguous option: %(option)s could match %(matches)s"),
)


def speak() -> None:
    """Let argparse take its words from the catalogue, in the language that is in use when it says them.

    It looks them up by `gettext`, which knows the language of the environment only, not that of `--lang`.
    """
    argparse._ = text._  # type: ignore[attr-defined]
    argparse.ngettext = text.plural  # type: ignore[attr-defined]


def parse_intermixed(
    parser: argparse.ArgumentParser, arguments: Sequence[str], options: argparse.Namespace
) -> argparse.Namespace:
    """The arguments with options anywhere among the words.

    The usage is made first: argparse would cut the seven letters of the English `usage: ` from it.
    """
    parser.usage = parser.format_usage().removeprefix(_("usage: ")).strip().replace("%", "%%")
    return parser.parse_intermixed_args(arguments, options)
