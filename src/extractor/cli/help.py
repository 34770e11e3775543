"""Help: what commands and options are for, and what was typed amiss, in the reader's language.

The texts are in `words.toml`: `help.<command>.<parameter>`, or `help.common.<parameter>` for what many commands have.
The libraries of the command line know English alone; what they say of a mistake is known by its pattern (`usage`).
"""

import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from extractor.language import choose_language, get_language
from extractor.reporting.i18n import load_words

if TYPE_CHECKING:  # typer keeps these classes to itself
    from typer._click import Command, Context, HelpFormatter

# Columns of the terminal: where the texts of options begin, and the least and the most that a line takes.
INDENT, NARROWEST, WIDEST = 26, 60, 100
# Signs that no line begins with.
_NOT_FIRST = "、。，．・：；）」』】〉》ー々？！"


class HelpGroup(TyperGroup):
    """All commands. The language of a run is chosen here, before anything is said."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        # The option may stand before the command and behind it. It was read before the others: functions need it not.
        for parameter in self.params:
            if parameter.name == "lang":
                parameter.expose_value = False
                for command in self.commands.values():
                    command.params.append(parameter)
        for command in (self, *self.commands.values()):
            command.format_help = partial(_format_help, command)  # type: ignore[method-assign]
            command.get_params = partial(_list_parameters, command.get_params)  # type: ignore[method-assign]

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Run the command that was typed.

        Args:
            args: What was typed; None: the arguments of the process.
            prog_name: What the program is called.
            extra: What the library takes besides.

        Returns:
            The exit code.
        """
        arguments = sys.argv[1:] if args is None else list(args)
        choose_language(arguments, os.environ)
        try:
            return super().main(arguments, prog_name, **extra | {"standalone_mode": False})
        except typer.TyperException as error:
            _print_usage_error(error)
            return error.exit_code


def _list_parameters(list_all: Callable[["Context"], list[Any]], context: "Context") -> list[Any]:
    """List the parameters of a command, each of which checks only what was typed.

    To check what was not, the library would import another one, which takes a tenth of a second.
    """
    parameters = list_all(context)
    for parameter in parameters:
        if not isinstance(parameter.process_value, partial):
            parameter.process_value = partial(_check_value, parameter, parameter.process_value)
    return parameters


def _check_value(parameter: Any, check: Callable[..., Any], context: "Context", value: Any) -> Any:
    if parameter.required or not (value is None or value is parameter.default):
        return check(context, value)
    if value is None and (parameter.multiple or parameter.nargs == -1):
        value = ()
    return parameter.callback(context, parameter, value) if parameter.callback else value


def _format_help(command: "Command", context: "Context", formatter: "HelpFormatter") -> None:
    formatter.write("\n".join(_write_help(command, context)) + "\n")


def _print_usage_error(error: typer.TyperException) -> None:
    said, context = load_words(get_language())["usage"], getattr(error, "ctx", None)
    message = error.format_message()
    if context is None:
        typer.echo(f"{said['error']}{_translate_error(message)}", err=True)
    elif message == context.get_help():
        typer.echo(message, err=True)  # the program was called with nothing at all
    else:
        typer.echo(_write_usage(context.command, context), err=True)
        typer.echo(f"{said['error']}{_translate_error(message)} ({context.command_path} --help)", err=True)


def _translate_error(message: str) -> str:
    """Say in the reader's language what the library says in English."""
    for pattern, template in load_words(get_language())["usage"]["errors"].items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return str(template.format(*map(_translate_error, found.groups(""))))
    return message


def _write_usage(command: "Command", context: "Context") -> str:
    pieces = command.collect_usage_pieces(context)
    usage: str = load_words(get_language())["usage"]["usage"]
    return usage + " ".join([context.command_path, *pieces])


def _write_help(command: "Command", context: "Context") -> Iterator[str]:
    width = min(WIDEST, max(NARROWEST, typer.get_terminal_size().columns)) - 1
    said, texts = load_words(get_language())["usage"], load_words(get_language())["help"]
    own = texts["extractor" if context.parent is None else command.name or ""]
    yield _write_usage(command, context)
    for paragraph in own["about"].split("\n"):
        yield ""
        yield from map("  {}".format, wrap_to_cells(paragraph, width - 2))
    for kind in ("argument", "option"):
        shown = (one for one in command.get_params(context) if one.param_type_name == kind)
        rows = list(filter(None, (_describe_parameter(one, texts["common"] | own, context) for one in shown)))
        if rows:
            yield from ("", said[kind], *_write_rows(rows, width))
    if isinstance(command, TyperGroup):
        rows = [(name, texts[name]["short"]) for name in command.list_commands(context)]
        yield from ("", said["command"], *_write_rows(rows, width))


def _describe_parameter(parameter: Any, texts: dict[str, str], context: "Context") -> tuple[str, str] | None:
    """Give what is typed and what it is for; None for a parameter that is not shown."""
    if (record := parameter.get_help_record(context)) is None:
        return None
    # Of an argument the library also says of what type of Python it is.
    name, library_text = record[0].partition(" <list")[0], record[1]
    said = load_words(get_language())["usage"]
    # What the library adds: the default value, the range.
    added = re.search(r"\[default: (.*?)(?:; .*)?\]$", library_text)
    default = f" [{said['default'].format(added[1])}]" if added else ""
    return name, texts[parameter.name] + default


def _write_rows(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    for name, text in rows:
        first = f"  {name}".ljust(INDENT - 2)
        lines = wrap_to_cells(text, width - INDENT)
        if len(first) > INDENT - 2:
            yield first
            first = ""
        yield from (f"{head:<{INDENT}}{line}" for head, line in zip([first, *[""] * len(lines)], lines, strict=False))


def wrap_to_cells(text: str, width: int) -> list[str]:
    """Wrap a text to lines of a terminal, on which a Japanese character is two cells wide.

    Args:
        text: The text, on one line.
        width: Cells of a line.

    Returns:
        The lines. Words of Latin letters are kept whole; no line begins with a comma, full stop or closing bracket.

    >>> wrap_to_cells("頁の読取結果を表示する。", 10)
    ['頁の読取結', '果を表示す', 'る。']
    >>> wrap_to_cells("one two three", 7)
    ['one two', 'three']
    """
    lines, line = [], ""
    for piece in re.findall(rf"(?:[!-~]+|[^ ])[{_NOT_FIRST}]*| +", text):
        if count_cells(line + piece.rstrip()) > width and line.strip():
            lines.append(line.rstrip())
            line = ""
        line += piece if line or piece.strip() else ""
    return [*lines, line.rstrip()] if line.strip() else lines


def count_cells(text: str) -> int:
    """Count the cells of a terminal that a text takes."""
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)
