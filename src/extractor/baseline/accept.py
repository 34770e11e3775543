"""Accept: outputs that a person has looked at and accepted.

Only `accept` writes them; a test compares.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.assembly.corrections import append_tables, is_continued, read_edition, write_table
from extractor.baseline.choices import Choice, Choose, Desk, NotApplied
from extractor.baseline.kept_originals import keep_originals
from extractor.baseline.known_proofs import keep_hands
from extractor.baseline.open_changes import NOTHING_PENDING, OpenChanges, list_open_changes
from extractor.baseline.partial_accept import Made, check_edition, take_choice
from extractor.baseline.pending_file import read_pending, write_pending
from extractor.baseline.up_to_date import bring_up_to_date
from extractor.batch.runner import LEFT_OUT, READ, SUFFIXES
from extractor.diff.compare import SeriesOf
from extractor.errors import CannotRead, Refused
from extractor.language import Translatable
from extractor.records.edition import NOTHING_KNOWN, Edition
from extractor.records.messages import Message, make_message
from extractor.records.pending import Pending, PendingReport
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
from extractor.runtime.run_record import RUN_FILE, list_output_files
from extractor.trends.series_ids import make_series_lookup
from extractor.trends.series_toml import SERIES_FILE, keep_series, read_series


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one report.

    `what` is `new`, `changed`, `same` (all of it is as it was accepted), `partly`, `nothing` (the golden file stays as
    it is), or `refused` with the reason.

    Attributes:
        accepted: How many changes were accepted, besides those of the report as a whole that came with them.
        corrected: How many values were corrected; the next run applies that.
        waived: How many findings were waived.
        pending: The changes that are pending now, and how many of them were refused.
        done: How many decisions had been carried out before.
        problems: The decisions that could not be applied.
    """

    report: str
    what: str
    why: str | Translatable = ""
    accepted: int = 0
    corrected: int = 0
    waived: int = 0
    pending: int = 0
    refused: int = 0
    done: int = 0
    problems: tuple[NotApplied, ...] = ()


@dataclass(frozen=True, slots=True)
class Folders:
    """The folder of the last run, that of the accepted files, and that of the inputs; None: they are not looked at."""

    output: Path
    golden: Path
    raw: Path | None


def accept_reports(
    reports: Sequence[str], output: Path, golden: Path, choose: Choose | None = None, raw: Path | None = None
) -> list[Taken]:
    """Take outputs of the last run into `golden`, whole or what is chosen of them.

    Refused is an output that is not what the last run wrote, or that other code than the present wrote, or whose input
    could not be read or (looked for in `raw`) has changed since. What read each golden file is kept beside them, and so
    are the identities of its programmes.

    Args:
        reports: The reports, by any of their files' names; none: all of the last run.
        output: The folder of the last run.
        golden: The folder of the accepted files.
        choose: Chooses what of a report is taken; None: the whole. What is not taken is kept as pending.
        raw: The folder of the inputs; None: they are not looked at.

    Returns:
        What became of each report.

    Raises:
        NotSeries: The identities that are there cannot be read; nothing is taken then.
        NotPending: What is pending cannot be read; nothing is taken then.
    """
    identities = read_series(golden / SERIES_FILE)
    inputs = index_last_run(output)
    names = [report_name_of(report) for report in reports] or list(inputs)
    series_of = make_series_lookup(identities)
    pending = read_pending(golden)
    taken = []
    for name in names:
        outcome, pending = _take_report(
            name, inputs.get(name), Folders(output, golden, raw), choose, series_of, pending
        )
        taken.append(outcome)
    as_chosen = [one for one in taken if one.what not in {"refused", "nothing"}]
    _keep_fingerprints({one.report: inputs[one.report] for one in as_chosen}, golden)
    if any(is_file(output_path(golden, one.report)) for one in as_chosen):
        keep_series(identities, golden)
        if raw is not None:
            keep_originals(golden, raw)
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


def _find_refusal(name: str, last: dict[str, Any] | None, text: bytes | None) -> Message | None:
    """Say why an output cannot be accepted."""
    if last is None:
        return make_message("accepting.not-run")
    if last.get("status") != READ:
        english = str(last.get("message"))
        why = make_message("quoted.finding", en=english, ja=str(last.get("message_ja") or english))
        return make_message("accepting.not-read", why=why)
    if text is None or hashlib.sha256(text).hexdigest() != last.get("output_sha256"):
        return make_message("accepting.other-output", file=f"{name}.json")
    if last.get("language") == LEFT_OUT:
        return make_message("accepting.left-out")
    if last.get("fingerprint") != make_fingerprint(_profile_id(last)):
        return make_message("accepting.other-program")
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
    folders: Folders,
    choose: Choose | None,
    series_of: SeriesOf,
    pending: Pending,
) -> tuple[Taken, Pending]:
    """Take one report, and return with what became of it all that is pending now."""
    source = output_path(folders.output, name)
    text = read_file(source, LARGEST_RECORD) if is_file(source) else None
    why = _find_refusal(name, last, text) or _find_changed_input(last, folders.raw, whole=choose is None)
    if why is not None or text is None or last is None:
        return Taken(name, "refused", why or ""), pending
    if choose is None:
        return _take_whole(name, text, folders.golden, pending)
    try:
        return _take_part(name, last, folders, choose, series_of, pending)
    except (NotAnOutput, Refused, CannotRead) as error:
        return Taken(name, "refused", error), pending


def _take_whole(name: str, text: bytes, golden: Path, pending: Pending) -> tuple[Taken, Pending]:
    target, had_pending = output_path(golden, name), bool(pending.reports.get(name, NOTHING_PENDING).leaves)
    before = read_file(target, LARGEST_RECORD) if is_file(target) else None
    if before != text:
        write_atomically(target, text.decode("utf-8"))
    what = "new" if before is None else "same" if before == text and not had_pending else "changed"
    return Taken(name, what), write_pending(golden, pending, name, NOTHING_PENDING)


def _find_changed_input(last: dict[str, Any] | None, raw: Path | None, *, whole: bool) -> Message | None:
    """Say that the input or what is known of it, where they can be looked at, have changed since they were read.

    Corrections and waivers that were added since, as `accept` adds them, can be applied to the output; the whole of an
    output is taken when it has them.
    """
    if raw is None or last is None or last.get("sha256") is None or not is_file(path := _find_input(last, raw)):
        return None
    beside = path.with_suffix(EDITION)
    read, now = last.get("corrections_sha256"), _hash_if_there(beside)
    if _hash_if_there(path) != last["sha256"]:
        changed = path
    elif now != read and (whole or now is None or not is_continued(beside, read)):
        changed = beside
    else:
        return None
    return make_message("accepting.changed-input", file=path_to_text(changed.name))


def _find_input(last: dict[str, Any], raw: Path) -> Path:
    return raw / text_to_file_name(str(last["file"]))


def _take_part(
    name: str,
    last: dict[str, Any],
    folders: Folders,
    choose: Choose,
    series_of: SeriesOf,
    pending: Pending,
) -> tuple[Taken, Pending]:
    """Take what is chosen of an output; the rest is kept as pending."""
    source, target = output_path(folders.output, name), output_path(folders.golden, name)
    of_report = pending.reports.get(name, NOTHING_PENDING)
    beside = _find_input(last, folders.raw).with_suffix(EDITION) if folders.raw is not None else None
    edition = NOTHING_KNOWN if beside is None else read_edition(beside)
    read = open_output(source).report
    right = bring_up_to_date(read, edition)
    left = open_output(target).report if is_file(target) else None
    found = list_open_changes(left, right, series_of, of_report)
    desk = Desk(found.changes, right, edition, str(last["output_sha256"]), _hash_if_there(target))
    choice = choose(desk)
    wanted = NOTHING_KNOWN if beside is None else check_edition(desk, choice)
    made = take_choice(left, right, found, choice, wanted, series_of)
    additions = _append_known(beside, wanted)
    # What is pending is known first, and golden is the last: decisions that were broken off can be taken again.
    kept_places = {*made.corrected, *(of_report.corrected if made.report is None else ())}
    now = PendingReport(corrected=tuple(sorted(kept_places)), leaves=made.pending)
    kept = write_pending(folders.golden, pending, name, now)
    for path, text in additions.items():
        write_atomically(path, text)
    if made.report is not None:
        content = read_file(source, LARGEST_RECORD) if made.report == read else report_json(made.report)
        write_atomically(target, content)
        by_hand = (found.changes[index].change.right_pointer for index in sorted(choice.by_hand))
        keep_hands(folders.golden, name, right, list(filter(None, by_hand)))
    return _describe_taken(name, left, found, choice, wanted, made), kept


def _append_known(beside: Path | None, wanted: Edition) -> dict[Path, str]:
    """Append corrections and waivers to the file beside an input: its new text, by its path; empty without any."""
    tables = [write_table(name, one) for name in ("correction", "waiver") for one in getattr(wanted, name)]
    return {beside: append_tables(beside, tables)} if beside is not None and tables else {}


def _describe_taken(
    name: str, left: Report | None, found: OpenChanges, choice: Choice, wanted: Edition, made: Made
) -> Taken:
    if made.report is None:
        what = "nothing"
    elif not found.changes:
        what = "same"
    else:
        what = "partly" if made.pending else "new" if left is None else "changed"
    return Taken(
        name,
        what,
        accepted=len(choice.accepted),
        corrected=len(wanted.correction),
        waived=len(wanted.waiver),
        pending=len(made.pending),
        refused=sum(leaf.state == "refused" for leaf in made.pending),
        done=choice.done,
        problems=tuple(choice.problems),
    )


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
    if inputs is None:
        return []
    return [path for path in list_output_files(golden) if path_to_text(path.stem) not in inputs]


def list_stems(raw: Path) -> set[str] | None:
    """List the names of the inputs in `raw`; None where there is no such folder."""
    if not is_folder(raw):
        return None
    return {path_to_text(path.stem) for path in raw.iterdir() if path.suffix.lower() in SUFFIXES}
