"""The commands `diff` and `years`, for output files of any run."""

from collections.abc import Sequence
from pathlib import Path

import typer

from extractor.cli.console import fail_on, print_line, print_table, write_text
from extractor.diff.compare import add_causes, compare_reports
from extractor.language import get_language, get_page_language
from extractor.records.to_json import comparison_json, years_json
from extractor.reporting.html import render_years_page
from extractor.reporting.terminal import summarize_comparison, tabulate_changes
from extractor.reporting.years_terminal import summarize_years, tabulate_years
from extractor.runtime.output_files import NotAnOutput, Output, open_output
from extractor.trends.series_ids import SeriesRegister, make_series_lookup
from extractor.trends.series_toml import SERIES_FILE, NotSeries, read_series
from extractor.trends.trends import CannotFollow, build_trends


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
    series_of = make_series_lookup(_read_identities(golden))
    comparison = add_causes(
        compare_reports(before.report, after.report, series_of), before.fingerprint, after.fingerprint
    )
    if as_json:
        typer.echo(comparison_json(comparison), nl=False)
    else:
        if comparison.changes:
            print_table(tabulate_changes(comparison, language=get_language()))
        print_line(summarize_comparison(comparison, get_language()))
    return 1 if comparison.changes else 0


def print_years(paths: Sequence[Path], golden: Path, html: Path | None, raw: Path, *, as_json: bool) -> None:
    """Print what became of programmes, figures and divisions from year to year.

    Args:
        paths: Output files of one jurisdiction, each of another year.
        golden: The folder with the identities of programmes.
        html: Where the page for a browser is written; None: nowhere.
        raw: The folder with the inputs, for cut-outs of them.
        as_json: Print it for a program.
    """
    reports = [_open_report(path).report for path in paths]
    with fail_on(CannotFollow):
        years = build_trends(reports, _read_identities(golden))
    if html is not None:
        write_text(html, render_years_page(years, reports, raw, get_page_language()))
    if as_json:
        typer.echo(years_json(years), nl=False)
        return
    for table in tabulate_years(years, get_language()):
        print_table(table)
        print_line("")
    print_line(summarize_years(years, get_language()))


def _read_identities(golden: Path) -> SeriesRegister:
    with fail_on(NotSeries, at=golden / SERIES_FILE):
        return read_series(golden / SERIES_FILE)


def _open_report(path: Path) -> Output:
    with fail_on(NotAnOutput, at=path):
        return open_output(path)
