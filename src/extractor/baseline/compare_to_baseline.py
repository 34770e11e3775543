"""Review: the last run's outputs against the golden files, report by report."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extractor.assembly.corrections import read_edition
from extractor.baseline.accept import list_stems, report_name_of
from extractor.baseline.change_groups import group_changes
from extractor.baseline.open_changes import NOTHING_PENDING, list_open_changes
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
from extractor.runtime.files import LARGEST_RECORD, hash_file, is_folder
from extractor.runtime.output_files import NotAnOutput, Output, open_output, output_path
from extractor.runtime.run_record import RUN_FILE
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
    known = sorted({*_list_names(output), *(path_to_text(path.stem) for path in golden.glob("*.json"))})
    names = list(dict.fromkeys(report_name_of(one) for one in reports)) or known
    unknown = [name for name in names if name not in known]
    if unknown:
        raise CannotReview(make_message("reviewing.unknown", name=unknown[0], output=str(output), golden=str(golden)))
    if not names:
        raise CannotReview(make_message("reviewing.nothing", output=str(output), golden=str(golden)))
    inputs = list_stems(raw)
    try:
        series_of = make_series_lookup(read_series(golden / SERIES_FILE))
    except NotSeries as error:
        raise CannotReview(make_message("reviewing.file", file=str(golden / SERIES_FILE), why=error)) from None
    try:
        pending = read_pending(golden)
    except NotPending as error:
        raise CannotReview(error) from None
    folders = (output, golden, raw)
    return Review(reports=tuple(_review_report(name, folders, inputs, series_of, pending) for name in names))


def _say_why(why: Message) -> dict[str, str]:
    return {"why": why.render("en"), "why_ja": why.render("ja")}


def _open_or_explain(path: Path) -> tuple[Output | None, Message | None]:
    """Open an output file; None, and why, where it cannot be had."""
    try:
        return open_output(path), None
    except NotAnOutput as error:
        said = {"file": path_to_text(path.name), "folder": path_to_text(path.parent.name), "why": error}
        return None, make_message("reviewing.unreadable", **said)


def _list_names(output: Path) -> list[str]:
    return [path_to_text(path.stem) for path in output.glob("*.json") if path.name != RUN_FILE]


def _review_report(
    name: str, folders: tuple[Path, Path, Path], inputs: set[str] | None, series_of: SeriesOf, pending: Pending
) -> Reviewed:
    output, golden, raw = folders
    paths = output_path(output, name), output_path(golden, name)
    fresh, accepted = (_hash_if_there(path) for path in paths)

    def make_review(state: State, why: Message | None = None) -> Reviewed:
        made = Reviewed(report=name, state=state, output_sha256=fresh, golden_sha256=accepted)
        return made if why is None else made.model_copy(update=_say_why(why))

    if accepted is not None and inputs is not None and name not in inputs:
        return make_review("orphan", make_message("reviewing.orphan"))
    if fresh is None:
        return make_review("missing", make_message("reviewing.missing"))
    right, why = _open_or_explain(paths[0])
    if right is None:
        return make_review("unreadable", why)
    if not is_of_input(right.report.source.sha256, name, raw):
        return make_review("missing", make_message("reviewing.other-input"))
    of_report = pending.reports.get(name, NOTHING_PENDING)
    right = replace(right, report=_add_what_waits(right.report, raw / text_to_file_name(f"{name}.toml"), of_report))
    if fresh == accepted and not of_report.leaves:
        return make_review("same")
    if accepted is None:
        new = make_review("new", make_message("reviewing.new"))
        return _add_changes(new, None, right, series_of, of_report)
    left, why = _open_or_explain(paths[1])
    if left is None:
        return make_review("unreadable", why)
    return _add_changes(make_review("changed"), left, right, series_of, of_report)


def _add_what_waits(report: Report, file: Path, pending: PendingReport) -> Report:
    """Add corrections and waivers that `accept` wrote, and that the next run will read."""
    if pending.edition is None or _hash_if_there(file) != pending.edition[1]:
        return report
    try:
        return bring_up_to_date(report, read_edition(file))
    except CannotRead:
        return report


def is_of_input(sha256: str, name: str, raw: Path) -> bool:
    """Tell whether an output was read from the input that is there.

    Args:
        sha256: Of what the output was read from.
        name: The name of the report.
        raw: The folder of the inputs.

    Returns:
        Whether an input of this name is that file; also where there is none to tell by.
    """
    inputs = raw.iterdir() if is_folder(raw) else ()
    paths = [path for path in inputs if path.stem == name and path.suffix.lower() in SUFFIXES]
    return not paths or any(_hash_if_there(path) == sha256 for path in paths)


def _add_changes(
    reviewed: Reviewed, left: Output | None, right: Output, series_of: SeriesOf, pending: PendingReport
) -> Reviewed:
    """Add what is open of a report, and say what it is by that."""
    report, before = right.report, (left or right).report
    found = list_open_changes(left.report if left else None, report, series_of, pending)
    comparison = Comparison(
        left=Side.from_report(before.report, before.source),
        right=Side.from_report(report.report, report.source),
        changes=tuple(one.change for one in found.changes),
    )
    update: dict[str, object] = {}
    if left is not None:
        if not found.changes:
            settled = found.settled or pending.edition is not None
            why = make_message("reviewing.settled" if settled else "reviewing.rewritten")
            update |= {"state": "same" if settled else "changed", **_say_why(why)}
        elif all(not one.origins for one in found.changes):
            update |= {"state": "pending"}
        else:
            comparison = add_causes(comparison, left.fingerprint, right.fingerprint)
    index = FindingIndex(before.findings if left is not None else (), report.findings)
    return reviewed.model_copy(
        update=update
        | {
            "comparison": comparison,
            "touching": tuple(index.list_related(one.change) for one in found.changes),
            "leaves": tuple(one.leaf for one in found.changes),
            "groups": group_changes(found.changes, report),
        }
    )


def _hash_if_there(path: Path) -> str | None:
    try:
        return hash_file(path, LARGEST_RECORD)
    except OSError:
        return None
