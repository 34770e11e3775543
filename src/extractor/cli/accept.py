"""The command `accept`: outputs, or some of their values, become golden; pairings of programmes become identities."""

import datetime
from pathlib import Path

from extractor.baseline.accept import Taken, accept_reports, list_orphans, report_name_of
from extractor.baseline.choices import (
    Choose,
    NotApplied,
    choose_at,
    choose_by_decisions,
    choose_clean,
    open_decisions,
)
from extractor.baseline.pending_file import NotPending
from extractor.cli.console import fail, fail_on, print_line, tell
from extractor.errors import NoDecisions
from extractor.language import get_language, render_text
from extractor.records.decisions import Decisions, Settlements
from extractor.records.messages import make_message
from extractor.records.trends import ProgrammeAt
from extractor.reporting.i18n import say, word
from extractor.reporting.terminal import name_place
from extractor.runtime.file_names import text_to_printable
from extractor.trends.resolve import CannotSettle
from extractor.trends.series_toml import SERIES_FILE, NotSeries, settle_series


def accept_outputs(
    reports: list[str], folders: tuple[Path, Path, Path], only: str | None, decisions: Path | None, *, clean: bool
) -> int:
    """Take the last run's output into golden/, whole or in part.

    What became of it is printed.

    Args:
        reports: Names of reports; without any, all of the last run.
        folders: Where the last run wrote, where the accepted files are, and where the inputs are.
        only: A pointer into the output: only what differs at or under it is taken.
        decisions: A file of the review's page or of that of the years: only what it decides is taken.
        clean: Only new programmes are taken against which nothing speaks.

    Returns:
        The exit code: 0 all that was asked for was done and nothing is pending, 1 something is pending, 2 something
        could not be done.
    """
    out, golden, raw = folders
    if sum((only is not None, decisions is not None, clean)) > 1:
        fail(say(get_language(), "accepting.one_of"))
    verdicts = None if decisions is None else _open_verdicts(decisions)
    if isinstance(verdicts, Settlements):
        _settle_programmes(verdicts, decisions or golden, reports, golden)
        return 0
    names = _check_names(reports, only, verdicts)
    with fail_on(NotSeries, at=golden / SERIES_FILE), fail_on(NotPending), fail_on(OSError, otherwise=golden):
        taken = accept_reports(names, out, golden, _make_choice(only, verdicts, clean=clean), raw)
    if not taken:
        fail(say(get_language(), "accepting.nothing_read", folder=text_to_printable(out)))
    for report in taken:
        _print_taken(report)
    for orphan in list_orphans(raw, golden):
        paths = {"file": text_to_printable(orphan), "folder": text_to_printable(raw)}
        print_line(say(get_language(), "accepting.orphan", **paths))
    return _find_exit_code(taken)


def _find_exit_code(taken: list[Taken]) -> int:
    if any(report.what == "refused" or report.problems for report in taken):
        return 2
    return int(any(report.pending for report in taken))


def _open_verdicts(path: Path) -> Decisions | Settlements:
    with fail_on(NoDecisions, at=path):
        return open_decisions(path)


def _check_names(reports: list[str], only: str | None, verdicts: Decisions | None) -> list[str]:
    """Give the names of the reports that are meant; fail where decisions or a pointer are about another number."""
    language = get_language()
    if verdicts is not None:
        if reports and [report_name_of(report) for report in reports] != [verdicts.report]:
            fail(say(language, "accepting.of_another", report=text_to_printable(verdicts.report)))
        return [verdicts.report]
    if only is not None and len(reports) != 1:
        fail(say(language, "accepting.name_one"))
    if only and not only.startswith("/"):
        fail(say(language, "accepting.no_pointer", pointer=text_to_printable(only)))
    return reports


def _make_choice(only: str | None, verdicts: Decisions | None, *, clean: bool) -> Choose | None:
    """Make what chooses among the changes of a report; None: all are taken."""
    if verdicts is not None:
        return lambda desk: choose_by_decisions(desk, verdicts)
    if only is not None:
        return lambda desk: choose_at(desk, only)
    return choose_clean if clean else None


def _print_taken(report: Taken) -> None:
    language = get_language()
    what = word(language, "accepting", f"what_{report.what}")
    why = f": {text_to_printable(render_text(report.why, language))}" if report.why else ""
    print_line(f"{what}  {text_to_printable(report.report)}{why}")
    for problem in report.problems:
        print_line(f"  {_describe_problem(problem)}")
    counts = {"accepted": report.accepted, "corrected": report.corrected, "waived": report.waived, "done": report.done}
    said = [say(language, f"accepting.{name}", count=count) for name, count in counts.items() if count]
    if report.pending:
        parts = {"count": report.pending, "refused": report.refused, "open": report.pending - report.refused}
        said.append(say(language, "accepting.pending", **parts))
    if report.problems:
        said.append(say(language, "accepting.not_applied", count=len(report.problems)))
    if said:
        print_line("  " + word(language, "accepting", "and").join(said))
    if report.corrected or report.waived:
        print_line("  " + say(language, "accepting.run_again", report=text_to_printable(report.report)))


def _describe_problem(problem: NotApplied) -> str:
    """Write why a decision was not applied: programme, item and year, and the reason."""
    language = get_language()
    field = [] if problem.field is None else [word(language, "fields", problem.field)]
    place = " › ".join([name_place(problem.labels, language), *field])
    detail = render_text(problem.detail, language)
    return text_to_printable(say(language, f"not_applied.{problem.reason}", where=place, detail=detail))


def _settle_programmes(pairings: Settlements, path: Path, reports: list[str], golden: Path) -> None:
    """Take identities of programmes into the series file, all or none, and print them; `golden` alone is needed."""
    if reports:
        fail(make_message("usage.settle-all"))
    if not pairings.series:
        fail(make_message("usage.settles-nothing", file=text_to_printable(path)))
    with (
        fail_on(NotSeries, at=golden / SERIES_FILE),
        fail_on(CannotSettle, at=path),
        fail_on(OSError, at=golden),
    ):
        taken = settle_series(pairings, golden, datetime.date.today())
    for identity in taken:
        names = {"series": text_to_printable(identity.series), "programme": _name_programme(identity.after)}
        if identity.before is None:
            print_line(tell("accepting.settled_new", **names))
        else:
            print_line(tell("accepting.settled", before=_name_programme(identity.before), **names))


def _name_programme(at: ProgrammeAt) -> str:
    return text_to_printable(f"{at.report} {at.id}" + (f" {at.name}" if at.name else ""))
