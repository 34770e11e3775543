"""Whether a run's outputs are the accepted files, byte by byte: most runs end so, and then nothing need be opened."""

from collections.abc import Sequence
from pathlib import Path

from extractor.batch.inputs import Outcome
from extractor.runtime.files import LARGEST_RECORD, hash_file
from extractor.runtime.run_record import RUN_FILE


def has_same_bytes(outcomes: Sequence[Outcome], golden: Path, *, alone: bool) -> bool:
    """Tell whether each input was read, and its output is its golden file.

    Args:
        outcomes: What became of the inputs of a run, all in one folder of outputs.
        golden: The folder of the accepted files.
        alone: Nothing else is compared; otherwise neither folder may hold another report.

    Returns:
        True where it is so; otherwise the reports must be opened to tell.
    """
    outputs = {outcome.output: outcome.reading for outcome in outcomes}
    folders = {path.parent for path in outputs if path}
    if len(folders) != 1 or None in outputs.values():
        return False
    names = {path.name for path in outputs if path}
    for folder in () if alone else (*folders, golden):
        if {path.name for path in folder.glob("*.json")} - {RUN_FILE} != names:
            return False
    return all(path and reading and _hash(golden / path.name) == reading.sha256 for path, reading in outputs.items())


def _hash(path: Path) -> str | None:
    try:
        return hash_file(path, LARGEST_RECORD)
    except OSError:
        return None
