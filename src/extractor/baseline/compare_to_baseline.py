"""Review: the last run's outputs against the golden files, report by report."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extractor.assembly.corrections import read_edition
from extractor.baseline.accept import list_stems, report_name_of
from extractor.baseline.change_groups import group_changes
from extractor.baseline.open_changes import NOTHING_PENDING, OpenChanges, list_open_changes
from extractor.baseline.pending_file import NotPending, read_pending
from extractor.baseline.up_to_date import bring_up_to_date
from extractor.batch.runner import SUFFIXES
from extractor.diff.compare import SeriesOf, add_causes
from extractor.diff.related_findings import FindingIndex
from extractor.errors import CannotRead, CannotReview
from extractor.records.comparison import Comparison, Side
from extractor.records.messages import Message, make_message
from extractor.records.pending import Pending, PendingReport
from extractor.records.report import Report
from extractor.records.review import Review, Reviewed, State
from extractor.runtime.file_names import path_to_text, text_to_file_name
from extractor.runtime.files import hash_if_readable, is_folder
from extractor.runtime.output_files import NotAnOutput, Output, open_output, output_path
from extractor.runtime.run_record import list_output_files
from extractor.trends.series_ids import make_series_lookup
from extractor.trends.series_toml import SERIES_FILE, NotSeries, read_series


def review_outputs(reports: Sequence[str], output: Path, golden: Path, raw: Path) -> Review:
    """Review outputs against golden files.

    Args:
        reports: The reports, by any of their files' names; none: all that are in `output` or `golden`.
        output: The folder of the last run.
        golden: The folder of the accepted files.
        raw: The folder of the inputs.

    Returns:
        What became of each report, and what differs.

    Raises:
        CannotReview: There are none, one of them is in neither folder, or the identities cannot be read.
    """
    known = sorted({path_to_text(path.stem) for folder in (output, golden) for path in list_output_files(folder)})
    names = list(dict.fromkeys(map(report_name_of, reports))) or known
    folders = {"output": str(output), "golden": str(golden)}
    for name in names:
        if name not in known:
            raise CannotReview(make_message("reviewing.unknown", name=name, **folders))
    if not names:
        raise CannotReview(make_message("reviewing.nothing", **folders))
    inputs = list_stems(raw)
    try:
        series_of = make_series_lookup(read_series(golden / SERIES_FILE))
    except NotSeries as error:
        raise CannotReview(make_message("reviewing.file", file=str(golden / SERIES_FILE), why=error)) from None
    try:
        pending = read_pending(golden)
    except NotPending as error:
        raise CannotReview(error) from None
    reviewed = (_review_report(name, (output, golden, raw), inputs, series_of, pending) for name in names)
    return Review(reports=tuple(reviewed))


def _set_state(reviewed: Reviewed, state: State, why: Message | None = None) -> Reviewed:
    said = {} if why is None else {"why": why.render("en"), "why_ja": why.render("ja")}
    return reviewed.model_copy(update={"state": state, **said})


def _open_or_explain(path: Path) -> tuple[Output | None, Message | None]:
    """Open an output file; None, and why, where it cannot be had."""
    try:
        return open_output(path), None
    except NotAnOutput as error:
        said = {"file": path_to_text(path.name), "folder": path_to_text(path.parent.name), "why": error}
        return None, make_message("reviewing.unreadable", **said)


def _review_report(
    name: str, folders: tuple[Path, Path, Path], inputs: set[str] | None, series_of: SeriesOf, pending: Pending
) -> Reviewed:
    output, golden, raw = folders
    paths = output_path(output, name), output_path(golden, name)
    fresh, accepted = map(hash_if_readable, paths)
    reviewed = Reviewed(report=name, state="same", output_sha256=fresh, golden_sha256=accepted)
    if accepted is not None and inputs is not None and name not in inputs:
        return _set_state(reviewed, "orphan", make_message("reviewing.orphan"))
    if fresh is None:
        return _set_state(reviewed, "missing", make_message("reviewing.missing"))
    return _review_output(reviewed, paths, raw, series_of, pending.reports.get(name, NOTHING_PENDING))


def _review_output(
    reviewed: Reviewed, paths: tuple[Path, Path], raw: Path, series_of: SeriesOf, pending: PendingReport
) -> Reviewed:
    """Review an output that is there; `paths`: where it and its golden file are."""
    name = reviewed.report
    right, why = _open_or_explain(paths[0])
    if right is None:
        return _set_state(reviewed, "unreadable", why)
    if not is_of_input(right.report.source.sha256, name, raw):
        return _set_state(reviewed, "missing", make_message("reviewing.other-input"))
    if reviewed.output_sha256 == reviewed.golden_sha256 and not pending.leaves:
        return reviewed
    waiting = _add_what_waits(right.report, raw / text_to_file_name(f"{name}.toml"))
    waits, right = waiting is not right.report, replace(right, report=waiting)
    if reviewed.golden_sha256 is None:
        new = _set_state(reviewed, "new", make_message("reviewing.new"))
        return _add_changes(new, right, list_open_changes(None, right.report, series_of, pending))
    left, why = _open_or_explain(paths[1])
    if left is None:
        return _set_state(reviewed, "unreadable", why)
    found = list_open_changes(left.report, right.report, series_of, pending)
    settled = bool(found.settled or pending.corrected or waits)
    return _add_changes(_tell_state(reviewed, found, settled=settled), right, found, left)


def _tell_state(reviewed: Reviewed, found: OpenChanges, *, settled: bool) -> Reviewed:
    """Tell how an output is that is not its golden file; `settled`: what differs may follow from what was accepted."""
    if any(one.origins for one in found.changes):
        return _set_state(reviewed, "changed")
    if found.changes:
        return _set_state(reviewed, "pending")
    if settled:
        return _set_state(reviewed, "same", make_message("reviewing.settled"))
    return _set_state(reviewed, "changed", make_message("reviewing.rewritten"))


def _add_what_waits(report: Report, file: Path) -> Report:
    """Add corrections and waivers that `accept` wrote, and that the next run will read."""
    try:
        return bring_up_to_date(report, read_edition(file))
    except CannotRead:
        return report


def is_of_input(sha256: str, name: str, raw: Path) -> bool:
    """Tell whether an output was read from the input of its name as that is now.

    Args:
        sha256: The sum of the file that the output was read from.
        name: The name of the report.
        raw: The folder of the inputs.

    Returns:
        Whether an input of this name has that sum; True where there is no input of this name.
    """
    inputs = raw.iterdir() if is_folder(raw) else ()
    paths = [path for path in inputs if path.stem == name and path.suffix.lower() in SUFFIXES]
    return not paths or any(hash_if_readable(path) == sha256 for path in paths)


def _add_changes(reviewed: Reviewed, right: Output, found: OpenChanges, left: Output | None = None) -> Reviewed:
    """Add what is open of a report; `left`: its golden file."""
    report, before = right.report, (left or right).report
    comparison = Comparison(
        left=Side.from_report(before.report, before.source),
        right=Side.from_report(report.report, report.source),
        changes=tuple(one.change for one in found.changes),
    )
    if left is not None and any(one.origins for one in found.changes):
        comparison = add_causes(comparison, left.fingerprint, right.fingerprint)
    index = FindingIndex(left.report.findings if left else (), report.findings)
    return reviewed.model_copy(
        update={
            "comparison": comparison,
            "touching": tuple(index.list_related(one.change) for one in found.changes),
            "leaves": tuple(one.leaf for one in found.changes),
            "groups": group_changes(found.changes, report),
        }
    )
