"""Whether a run's outputs are the accepted files, byte by byte: most runs end so, and then nothing need be opened."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from extractor import __version__
from extractor.batch.inputs import Outcome
from extractor.runtime.files import hash_if_readable, is_file
from extractor.runtime.fingerprint import make_fingerprint
from extractor.runtime.run_record import PENDING_FILE, RUN_FILE, list_output_files


def has_same_bytes(outcomes: Sequence[Outcome], golden: Path, *, alone: bool) -> bool:
    """Tell whether each input was read, its output is its golden file, and nothing is pending.

    Args:
        outcomes: What became of the inputs of a run, all in one folder of outputs.
        golden: The folder of the accepted files.
        alone: Nothing else is compared; otherwise neither folder may hold another report.

    Returns:
        True where it is so; otherwise the reports must be opened to tell.
    """
    hashes = _index_hashes(outcomes)
    folders = {path.parent for path in hashes}
    if len(folders) != 1 or is_file(golden / PENDING_FILE):
        return False
    names = [path.name for path in sorted(hashes)]
    for folder in () if alone else (*folders, golden):
        if [path.name for path in list_output_files(folder)] != names:
            return False
    return all(hash_if_readable(golden / path.name) == sha256 for path, sha256 in hashes.items())


def _index_hashes(outcomes: Sequence[Outcome]) -> dict[Path, str]:
    """Index the hashes of outputs by their paths; empty where an input was not read."""
    outputs = {outcome.output: outcome.reading for outcome in outcomes}
    hashes = {path: reading.sha256 for path, reading in outputs.items() if path and reading}
    return hashes if len(hashes) == len(outputs) else {}


def hash_compared(outcomes: Sequence[Outcome], folders: Sequence[Path]) -> str:
    """Make one hash of all that decides how a run's outputs differ from the accepted files.

    Args:
        outcomes: What became of the inputs of the run.
        folders: The folder of the outputs, and that of the accepted files.

    Returns:
        A SHA-256 of the inputs and of all files in the folders but the record of the run.
    """
    parts: list[object] = [__version__, make_fingerprint(None)["rules"]]
    parts += [(str(outcome.path), outcome.status, outcome.sha256) for outcome in outcomes]
    for folder in folders:
        with suppress(OSError):
            parts += [(str(path), hash_if_readable(path)) for path in sorted(folder.iterdir()) if path.name != RUN_FILE]
    return hashlib.sha256(repr(parts).encode()).hexdigest()
