"""The commands and their options; what each does is imported only when it is asked for.

What they are for is said in `reporting/words.toml` (`help`), in both languages.
"""

from pathlib import Path
from typing import Annotated

import typer

from extractor import __version__
from extractor.cli import GOLDEN, OUTPUT, RAW
from extractor.cli.help import HelpGroup
from extractor.document.step import Step
from extractor.language import Language
from extractor.runtime.process_end import show_tracebacks

app = typer.Typer(cls=HelpGroup, no_args_is_help=True, pretty_exceptions_enable=False)

Series = Annotated[Path, typer.Option(readable=False, metavar="FOLDER")]
Reports = Annotated[list[str] | None, typer.Argument(metavar="REPORT")]
Out = Annotated[Path, typer.Option(readable=False, metavar="FOLDER")]
Golden = Annotated[Path, typer.Option(readable=False, metavar="FOLDER")]
Raw = Annotated[Path, typer.Option(readable=False, metavar="FOLDER")]
Html = Annotated[Path | None, typer.Option(readable=False, metavar="FILE")]
Json = Annotated[bool, typer.Option("--json")]
Profile = Annotated[str | None, typer.Option(metavar="ID")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _set_options(
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True)] = False,
    debug: Annotated[bool, typer.Option("--debug")] = False,
    lang: Annotated[Language | None, typer.Option(metavar="ja|en")] = None,
) -> None:
    del version, lang  # chosen by HelpGroup, before anything is said
    if debug:
        show_tracebacks()


@app.command("diff")
def _show_difference(
    left: Annotated[Path, typer.Argument(readable=False, metavar="A")],
    right: Annotated[Path, typer.Argument(readable=False, metavar="B")],
    as_json: Json = False,
    golden: Series = GOLDEN,
) -> None:
    """Show what differs between two output files. Exit 1 if anything does."""
    from extractor.cli.diff import print_diff

    raise typer.Exit(print_diff(left, right, golden, as_json=as_json))


@app.command("years")
def _show_years(
    reports: Annotated[list[Path], typer.Argument(readable=False, metavar="A B [C …]")],
    as_json: Json = False,
    golden: Series = GOLDEN,
    html: Html = None,
    raw: Raw = RAW,
) -> None:
    """Show what became of programmes, figures and divisions from year to year."""
    from extractor.cli.diff import print_years

    print_years(reports, golden, html, raw, as_json=as_json)


@app.command("review")
def _review_outputs(
    reports: Reports = None,
    out: Out = OUTPUT,
    golden: Golden = GOLDEN,
    raw: Raw = RAW,
    html: Html = None,
    markdown: Annotated[str | None, typer.Option(metavar="FILE")] = None,
    json: Annotated[str | None, typer.Option(metavar="FILE")] = None,
) -> None:
    """Show where the last run's output differs from golden/, report by report.

    Exit code: 0 nothing is open, 1 something is, 2 it could not be told.
    """
    from extractor.cli.review import print_review

    raise typer.Exit(print_review(reports or [], (out, golden, raw), html, markdown, json))


@app.command("findings")
def _show_findings(
    reports: Reports = None,
    severity: Annotated[list[str] | None, typer.Option(metavar="error|warning|info")] = None,
    code: Annotated[list[str] | None, typer.Option(metavar="CODE")] = None,
    out: Out = OUTPUT,
    golden: Annotated[Path | None, typer.Option(readable=False, metavar="FOLDER")] = None,
    raw: Raw = RAW,
    json: Annotated[str | None, typer.Option(metavar="FILE")] = None,
    csv: Annotated[str | None, typer.Option(metavar="FILE")] = None,
    html: Annotated[str | None, typer.Option(metavar="FILE")] = None,
) -> None:
    """Show what is doubtful in reports: where, what it means, and what to do.

    Exit code: 0 no finding that counts is an error, 1 some is, 2 it could not be told.
    """
    from extractor.cli.findings import print_findings

    chosen, files = (severity or [], code or []), (json, csv, html)
    raise typer.Exit(print_findings(reports or [], (out, golden, raw), chosen, files))


@app.command("accept")
def _accept_outputs(
    reports: Reports = None,
    out: Out = OUTPUT,
    golden: Golden = GOLDEN,
    raw: Raw = RAW,
    only: Annotated[str | None, typer.Option(metavar="POINTER")] = None,
    decisions: Annotated[Path | None, typer.Option(readable=False, metavar="FILE")] = None,
    clean: Annotated[bool, typer.Option("--clean")] = False,
) -> None:
    """Take the last run's output into golden/, once you have read what differs: whole, or some of it."""
    from extractor.cli.accept import accept_outputs

    raise typer.Exit(accept_outputs(reports or [], (out, golden, raw), only, decisions, clean=clean))


@app.command("run")
def _read_inputs(
    paths: Annotated[list[Path] | None, typer.Argument(readable=False, metavar="PATH")] = None,
    out: Out = OUTPUT,
    jobs: Annotated[int | None, typer.Option(min=1, metavar="N")] = None,
    quiet: Annotated[bool, typer.Option("--quiet")] = False,
    profile: Profile = None,
    strict: Annotated[bool, typer.Option("--strict")] = False,
    language: Annotated[bool, typer.Option("--language/--no-language", show_default=False)] = True,
    force: Annotated[bool, typer.Option("--force")] = False,
    fiscal_year: Annotated[int | None, typer.Option(min=1912, max=2100, metavar="YEAR")] = None,
) -> None:
    """Read every .pdf and .txt of PATH into OUT.

    Exit code: 0 clean, 1 some finding is an error, 2 some input could not be read.
    """
    from extractor.cli.run import read_inputs

    switches = {"quiet": quiet, "strict": strict, "language": language, "force": force}
    code = read_inputs(paths or [], out, jobs, profile, fiscal_year, **switches)
    raise typer.Exit(code)


@app.command("profiles")
def _list_profiles() -> None:
    """List the profiles: the families of reports that can be read, and the words by which each is known."""
    from extractor.cli.schema import print_profiles

    print_profiles()


@app.command("inspect")
def _inspect_page(
    path: Annotated[Path, typer.Argument(readable=False, metavar="FILE")],
    page: Annotated[int | None, typer.Option(metavar="N")] = None,
    label: Annotated[str | None, typer.Option(metavar="LABEL")] = None,
    out: Annotated[Path | None, typer.Option(readable=False, metavar="PNG")] = None,
    profile: Profile = None,
    dump: Annotated[Step | None, typer.Option()] = None,
) -> None:
    """Draw a page of FILE with the lines, cells, paragraphs, blocks and findings that were found on it.

    Prints what stands on the page, in reading order, with the record that holds it.
    """
    from extractor.cli.inspect import draw_page, print_dump

    if dump is not None:
        print_dump(path, dump, page, label, out, profile)
        return
    draw_page(path, page, label, out, profile)


@app.command("schema")
def _show_schema(
    comparison: Annotated[bool, typer.Option("--comparison")] = False,
    years: Annotated[bool, typer.Option("--years")] = False,
    review: Annotated[bool, typer.Option("--review")] = False,
    findings: Annotated[bool, typer.Option("--findings")] = False,
) -> None:
    """Print the JSON Schema of the output files."""
    from extractor.cli.schema import print_schema

    print_schema(comparison=comparison, years=years, review=review, findings=findings)
