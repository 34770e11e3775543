"""Comparing: the commands `diff` and `years`, for output files of any run."""

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import GOLDEN, RAW, fail, language_of, line, out_console, write_text
from extractor.diff.compare import compare, explained
from extractor.records.to_json import comparison_json, years_json
from extractor.reporting.html import years_page_of
from extractor.reporting.terminal import summary_of, table_of
from extractor.reporting.years_terminal import years_summary, years_tables
from extractor.runtime.file_names import shown
from extractor.runtime.output_files import NotAnOutput, Output, open_output
from extractor.trends.series_ids import Identities, known, programmes_of, series_in
from extractor.trends.series_toml import SERIES_FILE, NotSeries, read_identities
from extractor.trends.trends import CannotFollow, follow

Golden = Annotated[
    Path, typer.Option(readable=False, help="Where the identities of programmes are that were accepted.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("diff")(diff_command)
    app.command("years")(years_command)


def diff_command(
    left: Annotated[Path, typer.Argument(readable=False, metavar="A", help="An output file.")],
    right: Annotated[
        Path, typer.Argument(readable=False, metavar="B", help="Another one, of the same report or of another year's.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the comparison for a program.")] = False,
    golden: Golden = GOLDEN,
) -> None:
    """Show what differs between two output files. Exit 1 if anything does."""
    one, other = _opened(left), _opened(right)
    series_of = series_in(_identities(golden))
    comparison = explained(compare(one.report, other.report, series_of), one.fingerprint, other.fingerprint)
    if as_json:
        typer.echo(comparison_json(comparison), nl=False)
    else:
        if comparison.changes:
            out_console.print(table_of(comparison))
        line(summary_of(comparison))
    raise typer.Exit(1 if comparison.changes else 0)


def years_command(
    reports: Annotated[
        list[Path],
        typer.Argument(
            readable=False, metavar="A B [C …]", help="Output files of one jurisdiction, each of another year."
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found for a program.")] = False,
    golden: Golden = GOLDEN,
    html: Annotated[
        Path | None, typer.Option(readable=False, metavar="FILE", help="Write the page for a browser.")
    ] = None,
    lang: Annotated[str, typer.Option(metavar="ja|en", help="The language of the page.")] = "ja",
    raw: Annotated[Path, typer.Option(readable=False, help="Where the inputs are, for cut-outs of them.")] = RAW,
) -> None:
    """Show what became of programmes, figures and divisions from year to year."""
    language = language_of(lang)
    opened = [_opened(path).report for path in reports]
    try:
        years = follow(opened, known(_identities(golden), programmes_of(opened)))
    except CannotFollow as error:
        fail(shown(str(error)))
    if html is not None:
        write_text(str(html), years_page_of(years, opened, raw, language))
    if as_json:
        typer.echo(years_json(years), nl=False)
        return
    for table in years_tables(years):
        out_console.print(table)
        out_console.print()
    line(years_summary(years))


def _identities(golden: Path) -> Identities:
    try:
        return read_identities(golden / SERIES_FILE)
    except NotSeries as error:
        fail(f"{shown(golden / SERIES_FILE)}: {shown(str(error))}")


def _opened(path: Path) -> Output:
    try:
        return open_output(path)
    except NotAnOutput as error:
        fail(f"{shown(path)}: {shown(str(error))}")
