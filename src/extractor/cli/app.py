"""The command line: `extractor run`, `inspect`, `profiles`, `schema`; more in `comparing` and `reviewing`."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from extractor import __version__
from extractor.annotation.cache import FOLDER
from extractor.batch import runner as runs
from extractor.cli import diff as comparing
from extractor.cli import review as reviewing
from extractor.cli.console import OUTPUT, RAW, err_console, fail, is_terminal, line, out_console
from extractor.errors import CannotRead
from extractor.inspection.dump import BY_PAGE, Step, dump_step
from extractor.inspection.inspect_page import Shown, show
from extractor.profiles.profile import by_id, profiles
from extractor.records.to_json import (
    comparison_schema_json,
    review_schema_json,
    schema_json,
    years_schema_json,
)
from extractor.runtime.atomic_write import write_where_named
from extractor.runtime.file_names import shown
from extractor.runtime.process_end import show_tracebacks

# So much of a text is printed where a list shows only how it begins.
BEGINNING = 40


app = typer.Typer(
    help="Read yearly programme reports of Japanese prefectures into validated JSON.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
comparing.register(app)
reviewing.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where a fault of the program happened.")] = False,
) -> None:
    del version
    if debug:
        show_tracebacks()


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
    _check_profile(profile)
    inputs = runs.find_inputs(paths or [RAW])
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err_console,
        transient=True,
        disable=quiet or not is_terminal(sys.stderr),
    )
    with progress:
        task = progress.add_task("reading", total=len(inputs))

        def done(outcome: runs.Outcome) -> None:
            progress.update(task, advance=1, description=shown(outcome.path.name))

        try:
            how = runs.How(profile, strict, language, FOLDER)
            result = runs.run(inputs, out, jobs or os.cpu_count() or 1, done, how)
        except OSError as error:
            fail(f"{shown(error.filename or out)}: {error.strerror}")
    for outcome in result.outcomes:
        _say_failure(outcome)
    if not quiet:
        out_console.print(_summary(result))
        reviewing.say_difference(paths, out)
    raise typer.Exit(result.exit_code)


def _say_failure(outcome: runs.Outcome) -> None:
    """One line for an input that could not be read, and one more where an old output of it is left."""
    if outcome.status == runs.READ:
        return
    page = f", page {outcome.page}" if outcome.page else ""
    message = shown(outcome.message)
    err_console.print(Text(f"error: {shown(outcome.path)}{page}: {message} [{outcome.status}]"))
    if outcome.output and outcome.stale:
        err_console.print(Text(f"warning: {shown(outcome.output)} is left from an earlier run and is stale"))


def _summary(result: runs.Run) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("input", overflow="fold")
    table.add_column("status", no_wrap=True)
    for heading in ("chapters", "programmes", "metrics", "errors", "warnings", "infos"):
        table.add_column(heading, justify="right")
    for outcome in result.outcomes:
        reading = outcome.reading
        cells = ["", "", "", "", "", ""]
        if reading:
            counts = (reading.chapters, reading.programmes, reading.metrics, *reading.findings.values())
            cells = [str(count) for count in counts]
        table.add_row(Text(shown(outcome.path.name)), outcome.status, *cells)
    return table


def _check_profile(profile: str | None) -> None:
    if profile is not None and by_id(profile) is None:
        known = ", ".join(one.id for one in profiles())
        fail(f"there is no profile {shown(profile)}: the profiles are {known}")


@app.command("profiles")
def profiles_command() -> None:
    """List the profiles: the families of reports that can be read, and the words by which each is known."""
    table = Table(box=None, pad_edge=False)
    table.add_column("id", no_wrap=True)
    table.add_column("jurisdiction", no_wrap=True)
    table.add_column("title", overflow="fold")
    for one in profiles():
        table.add_row(one.id, f"{one.jurisdiction.code} {one.jurisdiction.name}", ", ".join(one.title))
    out_console.print(table)


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
    if dump is not None:
        _dump(path, dump, page, label, out, profile)
        return
    if (page is None) == (label is None):
        fail("say which page: --page 6, or --label 27 for the one with this number printed on it")
    if out is not None and out.suffix.lower() != ".png":
        fail(f"{shown(out)}: the picture is a PNG file and needs a name that ends in .png")
    _check_profile(profile)
    try:
        seen = show(path, page, label, profile)
    except CannotRead as refusal:
        at = f", page {refusal.page}" if refusal.page else ""
        fail(f"{shown(path)}{at}: {shown(str(refusal))} [{refusal.status}]")
    target = out or Path(f"{path.stem}-page-{seen.page}.png")
    try:
        write_where_named(target, seen.png)
    except OSError as error:
        fail(f"{shown(target)}: {error.strerror}")
    printed = f", printed number {seen.label}" if seen.label else ""
    line(f"{shown(path.name)}, page {seen.page} of {seen.pages}{printed}")
    out_console.print(_parts(seen))
    for flag in seen.flags:
        finding = flag.finding
        line(f"F{flag.number} {finding.severity} {finding.code} {finding.pointer}: {shown(finding.message)}")
    for note in seen.notes:
        err_console.print(Text(f"warning: {shown(note)}"))
    if seen.refusal:
        _warn_of_refusal(seen.refusal)
    line(f"drawn in {shown(target)}")


def _dump(path: Path, step: Step, page: int | None, label: str | None, out: Path | None, profile: str | None) -> None:
    """Print what a step made of a file, and on stderr why it gives no report."""
    if out is not None:
        fail("--out is for a picture, and --dump draws none")
    if page is not None and label is not None:
        fail("say which page: --page 6, or --label 27 for the one with this number printed on it")
    if (page is not None or label is not None) and step not in BY_PAGE:
        fail(f"--dump {step} is of the whole file: a page can be said with --dump pages and --dump layout")
    _check_profile(profile)
    try:
        dump = dump_step(path, step, page, label, profile)
    except CannotRead as refusal:
        at = f", page {refusal.page}" if refusal.page else ""
        fail(f"{shown(path)}{at}: {shown(str(refusal))} [{refusal.status}]")
    typer.echo(dump.text, nl=False)
    if dump.refusal:
        _warn_of_refusal(dump.refusal)


def _warn_of_refusal(refusal: CannotRead) -> None:
    err_console.print(Text(f"warning: it gives no report: {shown(str(refusal))} [{refusal.status}]"))


def _parts(seen: Shown) -> Table:
    """What stands on a page, a line for each paragraph, row of a table and piece of furniture."""
    table = Table(box=None, pad_edge=False)
    table.add_column("", justify="right")
    for heading in ("what", "record", "text", "box"):
        table.add_column(heading, no_wrap=True, overflow="ellipsis")
    for part in seen.parts:
        text = shown(part.text)
        short = text if len(text) <= BEGINNING else f"{text[: BEGINNING - 1]}…"
        what = f"  {part.label or 'row'}" if part.is_row else part.label
        box = " ".join(f"{side:.1f}" for side in part.box)
        table.add_row(str(part.number or ""), what, part.pointer, Text(short), box)
    return table


@app.command("schema")
def schema_command(
    comparison: Annotated[bool, typer.Option("--comparison", help="That of what `diff --json` prints.")] = False,
    years: Annotated[bool, typer.Option("--years", help="That of what `years --json` prints.")] = False,
    review: Annotated[bool, typer.Option("--review", help="That of what `review --json` writes.")] = False,
) -> None:
    """Print the JSON Schema of the output files."""
    if comparison + years + review > 1:
        fail("say one of --comparison, --years and --review")
    wanted = {comparison_schema_json: comparison, years_schema_json: years, review_schema_json: review}
    schema = next((made for made, asked in wanted.items() if asked), schema_json)
    typer.echo(schema(), nl=False)
