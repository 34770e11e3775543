"""The commands `diff` and `years`, for output files of any run."""

from collections.abc import Sequence
from pathlib import Path

import typer

from extractor.cli.console import fail_on, get_language, print_line, print_table, write_text
from extractor.diff.compare import compare, explained
from extractor.records.to_json import comparison_json, years_json
from extractor.reporting.html import years_page_of
from extractor.reporting.terminal import summary_of, table_of
from extractor.reporting.years_terminal import years_summary, years_tables
from extractor.runtime.output_files import NotAnOutput, Output, open_output
from extractor.trends.series_ids import Identities, known, programmes_of, series_in
from extractor.trends.series_toml import SERIES_FILE, NotSeries, read_identities
from extractor.trends.trends import CannotFollow, follow


def print_diff(left: Path, right: Path, golden: Path, *, as_json: bool) -> int:
    """Print what differs between two output files.

    Args:
        left: An output file.
        right: Another one, of the same report or of another year's.
        golden: The folder with the identities of programmes.
        as_json: Print it for a program.

    Returns:
        The exit code: 1 if anything differs, 0 otherwise.
    """
    before, after = _open_report(left), _open_report(right)
    series_of = series_in(_read_identities(golden))
    comparison = explained(compare(before.report, after.report, series_of), before.fingerprint, after.fingerprint)
    if as_json:
        typer.echo(comparison_json(comparison), nl=False)
    else:
        if comparison.changes:
            print_table(table_of(comparison))
        print_line(summary_of(comparison))
    return 1 if comparison.changes else 0


def print_years(paths: Sequence[Path], golden: Path, html: Path | None, lang: str, raw: Path, *, as_json: bool) -> None:
    """Print what became of programmes, figures and divisions from year to year.

    Args:
        paths: Output files of one jurisdiction, each of another year.
        golden: The folder with the identities of programmes.
        html: Where the page for a browser is written; None: nowhere.
        lang: The language of the page, `ja` or `en`.
        raw: The folder with the inputs, for cut-outs of them.
        as_json: Print it for a program.
    """
    language = get_language(lang)
    reports = [_open_report(path).report for path in paths]
    with fail_on(CannotFollow):
        years = follow(reports, known(_read_identities(golden), programmes_of(reports)))
    if html is not None:
        write_text(html, years_page_of(years, reports, raw, language))
    if as_json:
        typer.echo(years_json(years), nl=False)
        return
    for table in years_tables(years):
        print_table(table)
        print_line("")
    print_line(years_summary(years))


def _read_identities(golden: Path) -> Identities:
    with fail_on(NotSeries, at=golden / SERIES_FILE):
        return read_identities(golden / SERIES_FILE)


def _open_report(path: Path) -> Output:
    with fail_on(NotAnOutput, at=path):
        return open_output(path)
