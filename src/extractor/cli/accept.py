"""The command `accept`: outputs, or some of their changes, become golden; pairings of programmes become identities."""

from pathlib import Path

from extractor.assembly.corrections import add_corrections
from extractor.baseline.accept import Choose, Taken, accept_reports, list_orphans, report_name_of
from extractor.baseline.partial_accept import (
    InOutput,
    check_decisions,
    make_correction,
    open_decisions,
    select_accepted_changes,
    select_changes_at,
)
from extractor.cli.console import fail, fail_on, print_line
from extractor.errors import CannotRead, NoDecisions, Refused
from extractor.records.comparison import Change, Comparison
from extractor.records.decisions import Decisions, Settlements
from extractor.records.trends import ProgrammeAt
from extractor.runtime.file_names import text_to_file_name, text_to_printable
from extractor.runtime.output_files import NotAnOutput, open_output, output_path
from extractor.trends.resolve import CannotSettle
from extractor.trends.series_toml import SERIES_FILE, NotSeries, settle_series


def accept_outputs(
    reports: list[str], folders: tuple[Path, Path, Path], only: str | None, decisions: Path | None
) -> int:
    """Take the last run's output into golden/, whole or in part.

    What was taken is printed.

    Args:
        reports: Names of reports; without any, all of the last run.
        folders: Where the last run wrote, where the accepted files are, and where the inputs are.
        only: A pointer into the output: only what differs at or under it is taken.
        decisions: A file of the review's page or of that of the years: only what it decides is taken.

    Returns:
        The exit code: 0, or 2 where something was refused.
    """
    out, golden, raw = folders
    if only is not None and decisions is not None:
        fail("--only and --decisions cannot be given together")
    verdicts = None if decisions is None else _open_verdicts(decisions, out, golden)
    if isinstance(verdicts, Settlements):
        _settle_programmes(verdicts, decisions or golden, reports, golden)
        return 0
    names = _check_names(reports, only, verdicts)
    with fail_on(NotSeries, at=golden / SERIES_FILE), fail_on(OSError, otherwise=golden):
        taken = accept_reports(names, out, golden, _make_choice(only, verdicts), raw)
    if not taken:
        fail(f"{text_to_printable(out)}: nothing was read in the last run; run `extractor run` first")
    for report in taken:
        _print_taken(report)
    code = _finish_decisions(taken, verdicts, out, raw)
    for orphan in list_orphans(raw, golden):
        why = f"no input of this name is in {text_to_printable(raw)}/; delete it if the report is gone"
        print_line(f"orphan   {text_to_printable(orphan)}: {why}")
    return code


def _open_verdicts(path: Path, out: Path, golden: Path) -> Decisions | Settlements:
    """Open a file of decisions or of pairings; decisions must be about the files that are there."""
    with fail_on(NoDecisions, at=path):
        opened = open_decisions(path)
        if isinstance(opened, Decisions):
            check_decisions(opened, out, golden)
    return opened


def _finish_decisions(taken: list[Taken], verdicts: Decisions | None, out: Path, raw: Path) -> int:
    """Keep the corrections of decisions that were taken, and give the exit code."""
    failed = any(report.what == "refused" for report in taken)
    # A changed edition is taken whole or not at all; that a value of it is wrong is known all the same.
    if verdicts is not None and all(report.current for report in taken):
        corrected = _keep_corrections(verdicts, out, raw)
        # Decisions of which nothing comes are not what was meant; but that a value is wrong may be all that is decided.
        failed = failed or (not corrected and any(report.what == "nothing" for report in taken))
    return 2 if failed else 0


def _check_names(reports: list[str], only: str | None, verdicts: Decisions | None) -> list[str]:
    """Give the names of the reports that are meant; fail where decisions or a pointer are about another number."""
    if verdicts is not None:
        if reports and [report_name_of(report) for report in reports] != [verdicts.report]:
            fail(f"the decisions are about {text_to_printable(verdicts.report)}")
        return [verdicts.report]
    if only is not None and len(reports) != 1:
        fail("--only points into one report: name it")
    if only and not only.startswith("/"):
        fail(f"{text_to_printable(only)} is no pointer: it begins with /")
    return reports


def _make_choice(only: str | None, verdicts: Decisions | None) -> Choose | None:
    """Make what chooses among the changes of a report; None: all are taken."""
    if only is None and verdicts is None:
        return None

    def choose_changes(comparison: Comparison, in_output: InOutput) -> list[Change]:
        if verdicts is None:
            changes = select_changes_at(comparison, only or "", in_output)
            if not changes:
                raise Refused(f"nothing differs at or under {text_to_printable(only or '')}")
            return changes
        try:
            return select_accepted_changes(comparison, verdicts)
        except NoDecisions as error:
            raise Refused(str(error)) from None

    return choose_changes


def _print_taken(report: Taken) -> None:
    print_line(
        f"{report.what:8} {text_to_printable(report.report)}"
        + (f": {text_to_printable(report.why)}" if report.why else "")
    )
    for change in report.changes:
        what = change.record if change.field is None else f"{change.record} {change.field}"
        print_line(
            f"  took {change.kind} {what} {text_to_printable(change.right_pointer or change.left_pointer or '')}"
        )
    if report.what == "partly":
        changes = "1 change is" if report.left == 1 else f"{report.left} changes are"
        print_line(f"  {changes} left" if report.left else "  nothing is left: the report is taken whole")


def _keep_corrections(verdicts: Decisions, out: Path, raw: Path) -> int:
    """Put the corrections of refused values into raw/<name>.toml, each if it can be applied; say how many could be."""
    if refused := sum(decision.verdict == "refuse" for decision in verdicts.decisions):
        print_line(f"  {refused} refused: golden keeps what it had")
    path = raw / text_to_file_name(verdicts.report)
    kept = 0
    for decision in verdicts.decisions:
        if decision.correction is None:
            continue
        where = text_to_printable(decision.right_pointer or decision.left_pointer or "")
        try:
            report = open_output(output_path(out, verdicts.report)).report
            with fail_on(OSError, at=path.with_name(f"{path.name}.toml")):
                add_corrections(path.with_name(f"{path.name}.json"), report, [make_correction(decision, report)])
        except (CannotRead, NotAnOutput) as error:
            print_line(f"  not corrected: {where}: {text_to_printable(str(error))}")
        else:
            print_line(f"  corrected in {text_to_printable(path)}.toml: {where}; run again to apply it")
            kept += 1
    return kept


def _settle_programmes(pairings: Settlements, path: Path, reports: list[str], golden: Path) -> None:
    """Take identities of programmes into the series file, all or none, and print them; `golden` alone is needed."""
    if reports:
        fail("programmes are settled for all reports at once: name none")
    if not pairings.series:
        fail(f"{text_to_printable(path)}: it settles nothing")
    with (
        fail_on(NotSeries, at=golden / SERIES_FILE),
        fail_on(CannotSettle, at=path),
        fail_on(OSError, at=golden),
    ):
        taken = settle_series(pairings, golden)
    for identity in taken:
        was = "is new" if identity.before is None else f"was {_name_programme(identity.before)}"
        print_line(f"{text_to_printable(identity.series):8} {_name_programme(identity.after)} {was}")


def _name_programme(at: ProgrammeAt) -> str:
    return text_to_printable(f"{at.report} {at.id}" + (f" {at.name}" if at.name else ""))
