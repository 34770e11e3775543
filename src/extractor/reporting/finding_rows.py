"""Finding rows: findings on the terminal, each with its place; and the first of them at the end of a run.

No records are imported: a run that reads nothing anew must take no time.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.language import Language
from extractor.reporting.finding_places import describe_finding_pages, write_finding_lines
from extractor.reporting.i18n import say, word
from extractor.runtime.file_names import text_to_printable

SEVERITY_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}


def tabulate_first_findings(
    doubts: Sequence[Mapping[str, Any]], count: int, language: Language, command: str
) -> RenderableType:
    """Lay out the first findings that count, and how to see all.

    Args:
        doubts: The findings, as JSON holds them (`LocatedFinding`).
        count: How many there are in all.
        language: The language of the words.
        command: What shows all of them.

    Returns:
        What is printed.
    """
    table = make_finding_grid()
    for one in doubts:
        severity = one["finding"]["severity"]
        pages = text_to_printable(describe_finding_pages(one, language))
        text = Text.assemble(style_finding(one, language), f"\n{pages}")
        table.add_row(Text(word(language, "severities", severity), SEVERITY_STYLES[severity]), text)
    first = say(language, "finding_list.first", count=count, shown=len(doubts), command=command)
    return Group(Text(first), indent_rows(table))


def make_finding_grid() -> Table:
    """Make a table of two columns without lines; the second is folded at the edge of the terminal."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    return table


def indent_rows(table: Table, below: int = 0) -> Padding:
    """Indent a table by two columns.

    Args:
        table: The table.
        below: How many empty lines follow it.

    Returns:
        The table, no wider than what is in it.
    """
    return Padding(table, (0, 0, below, 2), expand=False)


def style_finding(located: Mapping[str, Any], language: Language) -> Text:
    """Write a finding: its place, bold where it counts, and what it says below.

    Args:
        located: The finding, as JSON holds it (`LocatedFinding`).
        language: The language of the words.

    Returns:
        The lines.
    """
    place, *said = map(text_to_printable, write_finding_lines(located, language))
    return Text.assemble((place, "" if located["finding"]["waived"] else "bold"), *(f"\n{line}" for line in said))
