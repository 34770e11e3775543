"""Accept: outputs that a person has looked at and accepted.

Only `accept` writes them; a test compares.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.baseline.partial_accept import InOutput
from extractor.batch.runner import LEFT_OUT, READ, SUFFIXES
from extractor.diff.compare import SeriesOf, compare_reports, log_changes
from extractor.diff.merge import merge_changes
from extractor.diff.new_records import compare_new
from extractor.errors import CannotTake, Refused
from extractor.records.comparison import Change, Comparison
from extractor.records.report import Report
from extractor.records.to_json import report_json, to_json
from extractor.runtime.atomic_write import write_atomically
from extractor.runtime.file_names import path_to_text, text_to_file_name
from extractor.runtime.files import LARGEST_RECORD, hash_file, is_file, is_folder, read_file
from extractor.runtime.fingerprint import make_fingerprint
from extractor.runtime.input_bytes import EDITION
from extractor.runtime.output_files import (
    FINGERPRINTS,
    NotAnOutput,
    accepted_with,
    open_output,
    output_path,
)
from extractor.runtime.run_record import RUN_FILE
from extractor.trends.series_ids import make_series_lookup
from extractor.trends.series_toml import SERIES_FILE, keep_series, read_series


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one report.

    `what` is `new`, `changed`, `same`, `nothing` (nothing of it was chosen), or `refused` with the reason; or
    `partly`, with the changes that were taken and how many are left.
    `current`: what was chosen is there to be chosen, in an output of the input that is there; it may be refused still.
    """

    report: str
    what: str
    why: str = ""
    changes: tuple[Change, ...] = ()
    left: int = 0
    current: bool = True


# Chooses what of a comparison is taken: its changes; it is also told where in the output the golden file's records are.
# Raises Refused where none can be.
Choose = Callable[[Comparison, InOutput], list[Change]]


def accept_reports(
    reports: Sequence[str], output: Path, golden: Path, choose: Choose | None = None, raw: Path | None = None
) -> list[Taken]:
    """Take outputs of the last run into `golden`.

    Refused is an output that is not what the last run wrote, or that other code than the present wrote, or whose input
    could not be read or (looked for in `raw`) has changed since. What read each golden file is kept beside them, and so
    are the identities of its programmes.

    Args:
        reports: The reports, by any of their files' names; none: all of the last run.
        output: The folder of the last run.
        golden: The folder of the accepted files.
        choose: Chooses what of a report is taken; None: the whole.
        raw: The folder of the inputs; None: they are not looked at.

    Returns:
        What became of each report.

    Raises:
        NotSeries: The identities that are there cannot be read; nothing is taken then.
    """
    identities = read_series(golden / SERIES_FILE)
    inputs = index_last_run(output)
    names = [report_name_of(report) for report in reports] or list(inputs)
    series_of = make_series_lookup(identities)
    taken = [_take_report(name, inputs.get(name), (output, golden, raw), choose, series_of) for name in names]
    as_chosen = [one for one in taken if one.what not in {"refused", "nothing"}]
    _keep_fingerprints({one.report: inputs[one.report] for one in as_chosen}, golden)
    if as_chosen:
        keep_series(identities, golden)
    return taken


def _keep_fingerprints(taken: dict[str, dict[str, Any]], golden: Path) -> None:
    """Note what read the golden files that were taken; forget those that are gone."""
    if not taken:
        return
    path = golden / FINGERPRINTS
    # Of a golden file of which a part was taken, nothing read the whole: it is not known what did.
    kept = {name: one for name, one in accepted_with(path).items() if name not in taken} | {
        name: {"sha256": last["output_sha256"], "fingerprint": last["fingerprint"]}
        for name, last in taken.items()
        if _hash_if_there(output_path(golden, name)) == last["output_sha256"]
    }
    here = {name: kept[name] for name in sorted(kept) if is_file(output_path(golden, name))}
    write_atomically(path, to_json({"reports": here}))


def index_last_run(output: Path) -> dict[str, dict[str, Any]]:
    """Read the inputs of the last run, by the name of their output; none where there is no record of it."""
    try:
        record = json.loads(read_file(output / RUN_FILE, LARGEST_RECORD).decode("utf-8"))
        # Of two inputs with one name at most one was read.
        ordered = sorted(record["inputs"], key=lambda one: bool(one["status"] == READ))
        names = list(dict.fromkeys(report_name_of(one["file"]) for one in record["inputs"]))
        by_name = {report_name_of(one["file"]): one for one in ordered}
        return {name: by_name[name] for name in names}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def report_name_of(report: str) -> str:
    """Tell a report's name, whichever of its files is named.

    Its files are its input, its output and its golden file.
    """
    path = Path(path_to_text(report))
    return path.stem if path.suffix.lower() in {*SUFFIXES, ".json"} else path.name


def _find_refusal(name: str, last: dict[str, Any] | None, text: bytes | None) -> str | None:
    """Say why an output cannot be accepted."""
    if last is None:
        return "the last run did not read it; run `extractor run` first"
    if last.get("status") != READ:
        return f"the last run could not read it: {last.get('message')}"
    if text is None or hashlib.sha256(text).hexdigest() != last.get("output_sha256"):
        return f"{name}.json is not what the last run wrote; run `extractor run` again"
    if last.get("language") == LEFT_OUT:
        return "its facts and activities were left out; run `extractor run` without --no-language"
    if last.get("fingerprint") != make_fingerprint(_profile_id(last)):
        return "the program or a library has changed since the last run; run `extractor run` again"
    return None


def _profile_id(last: dict[str, Any]) -> str | None:
    """Return the id of the profile with which the last run read a file, where its record says one."""
    try:
        profile_id = last["fingerprint"]["profile"]["id"]
    except (KeyError, TypeError):
        return None
    return profile_id if isinstance(profile_id, str) else None


def _take_report(
    name: str,
    last: dict[str, Any] | None,
    folders: tuple[Path, Path, Path | None],
    choose: Choose | None,
    series_of: SeriesOf,
) -> Taken:
    output, golden, raw = folders
    source, target = output_path(output, name), output_path(golden, name)
    text = read_file(source, LARGEST_RECORD) if is_file(source) else None
    why = _find_refusal(name, last, text) or _find_changed_input(last, raw)
    if why is not None or text is None:
        return Taken(name, "refused", why or "", current=False)
    before = read_file(target, LARGEST_RECORD) if is_file(target) else None
    if before == text:
        return Taken(name, "same")
    if choose is not None:
        return _take_part(name, source, target, choose, series_of)
    write_atomically(target, text.decode("utf-8"))
    return Taken(name, "new" if before is None else "changed")


def _find_changed_input(last: dict[str, Any] | None, raw: Path | None) -> str | None:
    """Say that the input or its corrections, where they can be looked at, have changed since they were read."""
    path = raw / text_to_file_name(str(last["file"])) if raw is not None and last is not None else None
    if path is None or last is None or last.get("sha256") is None or not is_file(path):
        return None
    corrections = path.with_suffix(EDITION)
    read = {path: last["sha256"], corrections: last.get("corrections_sha256")}
    other = [one.name for one, sha256 in read.items() if _hash_if_there(one) != sha256]
    return f"{other[0]} has changed since the last run; run `extractor run` again" if other else None


def _take_part(name: str, source: Path, target: Path, choose: Choose, series_of: SeriesOf) -> Taken:
    """Take what is chosen of the output; of a report that is new, all or nothing."""
    try:
        right = open_output(source).report
        left = open_output(target).report if is_file(target) else None
        comparison = compare_new(right) if left is None else compare_reports(left, right, series_of)
        chosen = choose(comparison, _lead_to_output(left, right, series_of))
    except (NotAnOutput, Refused) as error:
        return Taken(name, "refused", str(error), current=False)
    if not chosen:
        return Taken(name, "nothing", "nothing of it is chosen")
    try:
        if left is None and len(chosen) < len(comparison.changes):
            raise Refused("it has no golden file yet: it is taken whole or not at all")
        result = merge_changes(left or right, right, comparison.changes, chosen, series_of)
    except (Refused, CannotTake) as error:
        return Taken(name, "refused", str(error))
    whole = len(chosen) == len(comparison.changes)
    write_atomically(target, read_file(source, LARGEST_RECORD) if whole else report_json(result))
    return Taken(name, "partly", changes=tuple(chosen), left=len(comparison.changes) - len(chosen))


def _lead_to_output(left: Report | None, right: Report, series_of: SeriesOf) -> InOutput:
    if left is None:
        return str
    log = log_changes(left, right, series_of)
    return lambda pointer: log.name_target(pointer, left=True)


def _hash_if_there(path: Path) -> str | None:
    return hash_file(path, LARGEST_RECORD) if is_file(path) else None


def list_orphans(raw: Path, golden: Path) -> list[Path]:
    """List the golden files to which no input belongs.

    Args:
        raw: The folder of the inputs.
        golden: The folder of the accepted files.

    Returns:
        The files; none where there is no folder of inputs to tell by.
    """
    inputs = list_stems(raw)
    return (
        []
        if inputs is None
        else [path for path in sorted(golden.glob("*.json")) if path_to_text(path.stem) not in inputs]
    )


def list_stems(raw: Path) -> set[str] | None:
    """List the names of the inputs in `raw`; None where there is no such folder."""
    if not is_folder(raw):
        return None
    return {path_to_text(path.stem) for path in raw.iterdir() if path.suffix.lower() in SUFFIXES}
