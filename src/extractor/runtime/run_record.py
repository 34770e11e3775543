"""Record of a run: `run.json`, beside the outputs, says of each input what became of it and what read it."""

import json
from pathlib import Path
from typing import Any

from extractor.runtime.files import LARGEST_RECORD, read_file

RUN_FILE = "run.json"
# What `accept` keeps as open, beside the golden files.
PENDING_FILE = "pending.lock"
# What a person accepted on the page, beside the golden files.
HANDS_FILE = "hands.lock"


def list_output_files(folder: Path) -> list[Path]:
    """List the outputs, or the golden files, in a folder by their names; none where there is no such folder."""
    return sorted(path for path in folder.glob("*.json") if path.name != RUN_FILE)


def read_run_inputs(path: Path) -> list[dict[str, Any]]:
    """Read what a run recorded of each input; nothing where the record cannot be read.

    Nothing else is checked: whoever takes a value looks at what it is.
    """
    inputs = read_json_object(path).get("inputs")
    return [entry for entry in inputs if isinstance(entry, dict)] if isinstance(inputs, list) else []


def read_json_object(path: Path) -> dict[str, Any]:
    """Read a file that holds one object of JSON; an empty one where it cannot be read."""
    try:
        found = json.loads(read_file(path, LARGEST_RECORD).decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
