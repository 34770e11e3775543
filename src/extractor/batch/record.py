"""What `run.json` says of each input, and for which inputs its output still holds.

Nothing that reads PDFs or prose is imported here: to find that nothing has changed must take no time.
"""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from extractor.batch.inputs import Outcome, OutputFile, RunOptions
from extractor.language import render_text
from extractor.runtime.file_names import path_to_text
from extractor.runtime.files import LARGEST_BY_HAND, LARGEST_RECORD, hash_file
from extractor.runtime.fingerprint import make_fingerprint
from extractor.runtime.input_bytes import EDITION, LARGEST_PDF
from extractor.runtime.run_record import RUN_FILE, read_run_inputs

READ = "read"
# What became of the prose: facts and activities left out, found by the model, or known from an earlier run.
LEFT_OUT, ANALYSED, CACHED = "left-out", "analysed", "cached"
# Raised when the fields of an entry change: one that an older program wrote is not taken up.
_FORM = 3
_COUNTS = ("chapters", "programmes", "metrics", "findings", "doubts", "proofs", "language")
# What is of one run alone, and is not under the seal.
_OF_THE_RUN = {"path", "unchanged", "seal"}


def hash_input(outcome: Outcome) -> bool:
    """Note the SHA-256 of an input and of the corrections beside it.

    Args:
        outcome: The input; its hashes are None for a file that cannot be read.

    Returns:
        Whether they are known: a file beside it that is there and cannot be read is not the same as none.
    """
    outcome.sha256 = outcome.corrections_sha256 = None
    try:
        outcome.sha256 = hash_file(outcome.path, LARGEST_PDF)
        with suppress(FileNotFoundError):
            outcome.corrections_sha256 = hash_file(outcome.path.with_suffix(EDITION), LARGEST_BY_HAND)
    except OSError:
        return False
    return True


def describe_outcome(outcome: Outcome, options: RunOptions) -> dict[str, Any]:
    """Describe an input as `run.json` does.

    Args:
        outcome: The input.
        options: How it was read.

    Returns:
        The entry. `seal` is a hash of all in it that another run may rely on; None where none may.
    """
    reading = outcome.reading
    with_language = reading is None or reading.language != LEFT_OUT
    entry = {
        "file": path_to_text(outcome.path.name),
        "path": path_to_text(outcome.path),
        "sha256": outcome.sha256,
        "corrections_sha256": outcome.corrections_sha256,
        "status": outcome.status,
        "message": path_to_text(str(outcome.message)) or None,
        "message_ja": path_to_text(render_text(outcome.message, "ja")) or None,
        "page": outcome.page,
        "seconds": getattr(reading, "seconds", None),
        "output": path_to_text(outcome.output.name) if outcome.output else None,
        "output_sha256": getattr(reading, "sha256", None),
        "stale": outcome.stale,
        "unchanged": outcome.unchanged,
        **{name: getattr(reading, name, None) for name in _COUNTS},
        "options": _describe_options(options),
        "fingerprint": make_fingerprint(reading.profile if reading else None, language=with_language),
    }
    return entry | {"seal": _hash_entry(entry) if outcome.settled and outcome.status == READ else None}


def recall_readings(outcomes: Sequence[Outcome], options: RunOptions, out: Path) -> None:
    """Find the inputs of which the output is there, and nothing that decides it has changed since it was written.

    What was read of them then is noted in them. All others are left to be read.

    Args:
        outcomes: The inputs; those with a status are left as they are.
        options: How they are to be read.
        out: The folder of the outputs, and of the record of an earlier run.
    """
    entries = {str(entry.get("output")): entry for entry in read_run_inputs(out / RUN_FILE)}
    for outcome in outcomes:
        target = name_output(outcome, out)
        entry = entries.get(path_to_text(target.name))
        if not outcome.status and entry and hash_input(outcome) and _still_holds(entry, outcome, options, target):
            _take_up(outcome, entry, target)


def name_output(outcome: Outcome, out: Path) -> Path:
    """Name the output of an input: as the input, with the ending `.json`.

    Args:
        outcome: The input.
        out: The folder of the outputs.

    Returns:
        The path; whether a file is there is not looked at.
    """
    return out / f"{outcome.path.stem}.json"


def _describe_options(options: RunOptions) -> dict[str, Any]:
    return {name: value for name, value in asdict(options).items() if name != "cache"}


def _still_holds(entry: dict[str, Any], outcome: Outcome, options: RunOptions, target: Path) -> bool:
    """Tell whether reading the input now would give the output that is there, and the entry with it."""
    profile = entry["fingerprint"].get("profile") if isinstance(entry.get("fingerprint"), dict) else None
    if entry.get("seal") != _hash_entry(entry) or not isinstance(profile, dict):
        return False
    expected = {
        "file": path_to_text(outcome.path.name),
        "sha256": outcome.sha256,
        "corrections_sha256": outcome.corrections_sha256,
        "status": READ,
        "options": _describe_options(options),
        "fingerprint": make_fingerprint(str(profile.get("id")), language=options.language),
    }
    if any(entry.get(name) != value for name, value in expected.items()):
        return False
    with suppress(OSError):
        return hash_file(target, LARGEST_RECORD) == entry.get("output_sha256")
    return False


def _take_up(outcome: Outcome, entry: dict[str, Any], target: Path) -> None:
    outcome.status, outcome.output, outcome.unchanged, outcome.settled = READ, target, True, True
    outcome.reading = OutputFile(
        text="",
        sha256=entry["output_sha256"],
        profile=entry["fingerprint"]["profile"]["id"],
        seconds=entry["seconds"],
        **{name: entry[name] for name in _COUNTS},
    )


def _hash_entry(entry: dict[str, Any]) -> str | None:
    """Hash an entry, so that one that was damaged or changed by hand is not relied on."""
    try:
        content = json.dumps([_FORM, sorted((name, entry[name]) for name in entry.keys() - _OF_THE_RUN)])
    except (ValueError, RecursionError):
        return None
    return hashlib.sha256(content.encode()).hexdigest()
