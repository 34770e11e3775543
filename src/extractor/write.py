"""Write: records become JSON, the same bytes for the same records."""

import json
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
