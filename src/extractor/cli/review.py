"""Reviewing: the commands `review` and `accept`, and the line with which a run ends."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from extractor.assembly.corrections import add_corrections
from extractor.baseline.accept import Choose, Taken, accept, name_of, orphans
from extractor.baseline.compare_to_baseline import review
from extractor.baseline.partial_accept import (
    InOutput,
    changes_accepted,
    changes_at,
    check_decisions,
    correction_of,
    open_decisions,
)
from extractor.cli.console import GOLDEN, OUTPUT, RAW, fail, language_of, line, out_console, write_text
from extractor.cli.pairings import settle_programmes
from extractor.errors import CannotRead, CannotReview, NoDecisions, Refused
from extractor.records.comparison import Change, Comparison
from extractor.records.decisions import Decisions, Settlements
from extractor.records.review import Review
from extractor.records.to_json import review_json
from extractor.reporting.html import page_of
from extractor.reporting.markdown import markdown_of
from extractor.reporting.original import Sizes, find_sizes
from extractor.reporting.terminal import difference_line, review_table, table_of
from extractor.runtime.file_names import on_disk, shown
from extractor.runtime.files import is_file, is_folder
from extractor.runtime.output_files import NotAnOutput, open_output, output_path
from extractor.trends.series_toml import SERIES_FILE, NotSeries

# So many changes of each report are shown on a terminal.
SHOWN = 10

Reports = Annotated[list[str] | None, typer.Argument(metavar="REPORT", help="Names; all of the last run without any.")]
Out = Annotated[Path, typer.Option(readable=False, help="Where the last run wrote.")]
Golden = Annotated[Path, typer.Option(readable=False, help="Where the accepted files are.")]
Raw = Annotated[Path, typer.Option(readable=False, help="Where the inputs are, for cut-outs of them.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("review")(review_command)
    app.command("accept")(accept_command)


def review_command(
    reports: Reports = None,
    out: Out = OUTPUT,
    golden: Golden = GOLDEN,
    raw: Raw = RAW,
    html: Annotated[
        Path | None, typer.Option(readable=False, metavar="FILE", help="Write the page for a browser.")
    ] = None,
    markdown: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write Markdown for a pull request; - prints it.")
    ] = None,
    json: Annotated[str | None, typer.Option(metavar="FILE", help="Write it for a program; - prints it.")] = None,
    lang: Annotated[str, typer.Option(metavar="ja|en", help="The language of the page.")] = "ja",
) -> None:
    """Show where the last run's output differs from golden/, report by report.

    Exit code: 0 no differences, 1 some, 2 it could not be told.
    """
    language = language_of(lang)
    try:
        found = review(reports or [], out, golden, raw)
        sizes = find_sizes((one.comparison for one in found.reports), raw)
    except CannotReview as error:
        fail(shown(str(error)))
    except OSError as error:
        fail(f"{shown(str(error.filename))}: {error.strerror}")
    if html is not None:
        write_text(str(html), page_of(found, raw, language))
    if markdown is not None:
        write_text(markdown, markdown_of(found, sizes=sizes))
    if json is not None:
        write_text(json, review_json(found))
    if "-" not in {markdown, json}:
        _print(found, sizes)
    raise typer.Exit(2 if any(one.state == "unreadable" for one in found.reports) else int(found.differs))


def _print(found: Review, sizes: Sizes) -> None:
    out_console.print(review_table(found))
    for one in found.reports:
        if one.why:
            line(f"{shown(one.report)}: {shown(one.why)}")
        if one.comparison and one.comparison.changes and one.state == "changed":
            first = one.comparison.changes[:SHOWN]
            line(f"\n{shown(one.report)}")
            out_console.print(table_of(one.comparison.model_copy(update={"changes": first}), sizes))
            if len(first) < len(one.comparison.changes):
                line(f"… and {len(one.comparison.changes) - len(first)} more: extractor review --html review.html")


def say_difference(paths: Sequence[Path] | None, out: Path) -> None:
    """The last line of a run: whether its output is as golden; nothing where there is no golden folder beside it."""
    golden = out.parent / GOLDEN
    if not is_folder(golden):
        return
    folders = [path for path in paths or [RAW] if is_folder(path)]
    named = [path.name for path in paths or [] if is_file(path)]
    try:
        # Of a run of some files, only those are compared.
        line(difference_line(review(named, out, golden, folders[0] if folders else RAW)))
    except (CannotReview, OSError):
        return


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
    if only is not None and decisions is not None:
        fail("--only and --decisions cannot be given together")
    read: Decisions | None = None
    if decisions is not None:
        opened = _opened(decisions)
        if isinstance(opened, Settlements):
            settle_programmes(opened, decisions, reports or [], golden)
            return
        _check(opened, decisions, out, golden)
        read = opened
    names = _names(reports or [], only, read)
    try:
        taken = accept(names, out, golden, _choose(only, read), raw)
    except NotSeries as error:
        fail(f"{shown(golden / SERIES_FILE)}: {shown(str(error))}")
    except OSError as error:
        fail(f"{shown(error.filename or golden)}: {error.strerror}")
    if not taken:
        fail(f"{shown(out)}: nothing was read in the last run; run `extractor run` first")
    for one in taken:
        _say(one)
    failed = any(one.what == "refused" for one in taken)
    # A changed edition is taken whole or not at all; that a value of it is wrong is known all the same.
    if read is not None and all(one.current for one in taken):
        _say_left(read)
        corrected = _keep_corrections(read, out, raw)
        # Decisions of which nothing comes are not what was meant; but that a value is wrong may be all that is decided.
        failed = failed or (not corrected and any(one.what == "nothing" for one in taken))
    for orphan in orphans(raw, golden):
        line(f"orphan   {shown(orphan)}: no input of this name is in {shown(raw)}/; delete it if the report is gone")
    raise typer.Exit(2 if failed else 0)


def _opened(path: Path) -> Decisions | Settlements:
    try:
        return open_decisions(path)
    except NoDecisions as error:
        fail(f"{shown(path)}: {shown(str(error))}")


def _check(read: Decisions, path: Path, out: Path, golden: Path) -> None:
    try:
        check_decisions(read, out, golden)
    except NoDecisions as error:
        fail(f"{shown(path)}: {shown(str(error))}")


def _names(reports: list[str], only: str | None, read: Decisions | None) -> list[str]:
    if read is not None:
        if reports and [name_of(one) for one in reports] != [read.report]:
            fail(f"the decisions are about {shown(read.report)}")
        return [read.report]
    if only is not None and len(reports) != 1:
        fail("--only points into one report: name it")
    if only is not None and only and not only.startswith("/"):
        fail(f"{shown(only)} is no pointer: it begins with /")
    return reports


def _choose(only: str | None, read: Decisions | None) -> Choose | None:
    def choose(comparison: Comparison, in_output: InOutput) -> list[Change]:
        if read is None:
            found = changes_at(comparison, only or "", in_output)
            if not found:
                raise Refused(f"nothing differs at or under {shown(only or '')}")
            return found
        try:
            return changes_accepted(comparison, read)
        except NoDecisions as error:
            raise Refused(str(error)) from None

    return None if only is None and read is None else choose


def _say(one: Taken) -> None:
    line(f"{one.what:8} {shown(one.report)}" + (f": {shown(one.why)}" if one.why else ""))
    for change in one.changes:
        what = change.record if change.field is None else f"{change.record} {change.field}"
        line(f"  took {change.kind} {what} {shown(change.right_pointer or change.left_pointer or '')}")
    if one.what == "partly":
        changes = "1 change is" if one.left == 1 else f"{one.left} changes are"
        line(f"  {changes} left" if one.left else "  nothing is left: the report is taken whole")


def _say_left(read: Decisions) -> None:
    refused = sum(one.verdict == "refuse" for one in read.decisions)
    if refused:
        line(f"  {refused} refused: golden keeps what it had")


def _keep_corrections(read: Decisions, out: Path, raw: Path) -> int:
    """Put the corrections of refused values into raw/<name>.toml, each if it can be applied; how many could be."""
    path = raw / on_disk(read.report)
    kept = 0
    for one in read.decisions:
        if one.correction is None:
            continue
        where = one.right_pointer or one.left_pointer or ""
        try:
            report = open_output(output_path(out, read.report)).report
            add_corrections(path.with_name(path.name + ".json"), report, [correction_of(one, report)])
            line(f"  corrected in {shown(path)}.toml: {shown(where)}; run again to apply it")
            kept += 1
        except (CannotRead, NotAnOutput) as error:
            line(f"  not corrected: {shown(where)}: {shown(str(error))}")
        except OSError as error:
            fail(f"{shown(path)}.toml: {error.strerror}")
    return kept
