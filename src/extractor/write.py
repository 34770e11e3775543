"""Write: records become JSON, the same bytes for the same records, and never half a file."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from extractor.model.record import Report


def to_json(value: Any) -> str:
    """JSON text as all files of this program hold it: two-space indent, keys in their given order, final newline."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def report_json(report: Report) -> str:
    """A report as its output file holds it."""
    return to_json(report.model_dump(mode="json"))


def schema_json() -> str:
    """The JSON Schema of a report, generated from the records."""
    schema = Report.model_json_schema(mode="serialization")
    return to_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file, text as UTF-8, so that a reader sees the old bytes or the new ones, never some of them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
