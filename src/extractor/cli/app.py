"""The commands and their options; what each does is imported only when it is asked for."""

from pathlib import Path
from typing import Annotated

import typer

from extractor import __version__
from extractor.cli import GOLDEN, OUTPUT, RAW
from extractor.document.step import Step
from extractor.runtime.process_end import show_tracebacks

app = typer.Typer(
    help="Read yearly programme reports of Japanese prefectures into validated JSON.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


Series = Annotated[
    Path, typer.Option(readable=False, help="Where the identities of programmes are that were accepted.")
]
Reports = Annotated[list[str] | None, typer.Argument(metavar="REPORT", help="Names; all of the last run without any.")]
Out = Annotated[Path, typer.Option(readable=False, help="Where the last run wrote.")]
Golden = Annotated[Path, typer.Option(readable=False, help="Where the accepted files are.")]
Raw = Annotated[Path, typer.Option(readable=False, help="Where the inputs are, for cut-outs of them.")]
Html = Annotated[Path | None, typer.Option(readable=False, metavar="FILE", help="Write the page for a browser.")]
Lang = Annotated[str, typer.Option(metavar="ja|en", help="The language of the page.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _set_options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where a fault of the program happened.")] = False,
) -> None:
    del version
    if debug:
        show_tracebacks()


@app.command("diff")
def diff_command(
    left: Annotated[Path, typer.Argument(readable=False, metavar="A", help="An output file.")],
    right: Annotated[
        Path, typer.Argument(readable=False, metavar="B", help="Another one, of the same report or of another year's.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the comparison for a program.")] = False,
    golden: Series = GOLDEN,
) -> None:
    """Show what differs between two output files. Exit 1 if anything does."""
    from extractor.cli.diff import print_diff

    raise typer.Exit(print_diff(left, right, golden, as_json=as_json))


@app.command("years")
def years_command(
    reports: Annotated[
        list[Path],
        typer.Argument(
            readable=False, metavar="A B [C …]", help="Output files of one jurisdiction, each of another year."
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found for a program.")] = False,
    golden: Series = GOLDEN,
    html: Html = None,
    lang: Lang = "ja",
    raw: Raw = RAW,
) -> None:
    """Show what became of programmes, figures and divisions from year to year."""
    from extractor.cli.diff import print_years

    print_years(reports, golden, html, lang, raw, as_json=as_json)


@app.command("review")
def review_command(
    reports: Reports = None,
    out: Out = OUTPUT,
    golden: Golden = GOLDEN,
    raw: Raw = RAW,
    html: Html = None,
    markdown: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write Markdown for a pull request; - prints it.")
    ] = None,
    json: Annotated[str | None, typer.Option(metavar="FILE", help="Write it for a program; - prints it.")] = None,
    lang: Lang = "ja",
) -> None:
    """Show where the last run's output differs from golden/, report by report.

    Exit code: 0 no differences, 1 some, 2 it could not be told.
    """
    from extractor.cli.review import print_review

    raise typer.Exit(print_review(reports or [], (out, golden, raw), html, markdown, json, lang))


@app.command("accept")
def accept_command(
    reports: Reports = None,
    out: Out = OUTPUT,
    golden: Golden = GOLDEN,
    raw: Raw = RAW,
    only: Annotated[
        str | None, typer.Option(metavar="POINTER", help="Take only what differs at or under it in the output.")
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option(readable=False, metavar="FILE", help="Take only what this file of the page decides.")
    ] = None,
) -> None:
    """Take the last run's output into golden/, once you have read what differs: whole, or some of it."""
    from extractor.cli.accept import accept_outputs

    raise typer.Exit(accept_outputs(reports or [], (out, golden, raw), only, decisions))


@app.command("run")
def run_command(
    paths: Annotated[
        list[Path] | None, typer.Argument(readable=False, metavar="PATH", help="Files or folders; raw/ without any.")
    ] = None,
    out: Annotated[Path, typer.Option(readable=False, help="Where the JSON files and run.json go.")] = OUTPUT,
    jobs: Annotated[int | None, typer.Option(min=1, help="How many files are read at once; one a processor.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print errors only.")] = False,
    profile: Annotated[
        str | None, typer.Option(metavar="ID", help="Read with this profile and not with the one that each fits.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write no report that has drifted from what its profile knows.")
    ] = False,
    language: Annotated[
        bool,
        typer.Option("--language/--no-language", help="Find facts and activities in the prose, or not."),
    ] = True,
) -> None:
    """Read every .pdf and .txt of PATH into OUT.

    Exit code: 0 clean, 1 some finding is an error, 2 some input could not be read.
    """
    from extractor.cli.run import read_inputs

    raise typer.Exit(read_inputs(paths or [], out, jobs, profile, quiet=quiet, strict=strict, language=language))


@app.command("profiles")
def profiles_command() -> None:
    """List the profiles: the families of reports that can be read, and the words by which each is known."""
    from extractor.cli.schema import print_profiles

    print_profiles()


@app.command("inspect")
def inspect_command(
    path: Annotated[Path, typer.Argument(readable=False, metavar="FILE", help="A .pdf file; with --dump a .txt, too.")],
    page: Annotated[int | None, typer.Option(help="The page in the PDF, counted from 1.")] = None,
    label: Annotated[str | None, typer.Option(help="Instead: the number printed on the page.")] = None,
    out: Annotated[
        Path | None, typer.Option(readable=False, help="The picture; FILE-page-N.png here without it.")
    ] = None,
    profile: Annotated[
        str | None, typer.Option(metavar="ID", help="Read with this profile and not with the one that it fits.")
    ] = None,
    dump: Annotated[Step | None, typer.Option(help="Draw nothing: print what this step made, as JSON.")] = None,
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
def schema_command(
    comparison: Annotated[bool, typer.Option("--comparison", help="That of what `diff --json` prints.")] = False,
    years: Annotated[bool, typer.Option("--years", help="That of what `years --json` prints.")] = False,
    review: Annotated[bool, typer.Option("--review", help="That of what `review --json` writes.")] = False,
) -> None:
    """Print the JSON Schema of the output files."""
    from extractor.cli.schema import print_schema

    print_schema(comparison=comparison, years=years, review=review)
