"""Write: records become JSON, the same bytes for the same records.

The records themselves are imported only where their schemas are made: a file of JSON is often all that is needed.
"""

import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.records.comparison import Comparison
    from extractor.records.findings import FindingList
    from extractor.records.report import Report
    from extractor.records.review import Review
    from extractor.records.trends import YearsReport

# The record that each schema is of: its module in this package, and its class.
SCHEMAS = {
    "report": ("report", "Report"),
    "comparison": ("comparison", "Comparison"),
    "years": ("trends", "YearsReport"),
    "review": ("review", "Review"),
    "findings": ("findings", "FindingList"),
}


def to_json(value: Any) -> str:
    """Return JSON text as all files of this program hold it.

    It has a two-space indent, keys in their given order, and a final newline.
    """
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def report_json(report: "Report") -> str:
    """Return the text of a report as its output file holds it."""
    return to_json(report.model_dump(mode="json"))


def comparison_json(comparison: "Comparison") -> str:
    """Return the text of a comparison as a program reads it."""
    return to_json(comparison.model_dump(mode="json"))


def review_json(review: "Review") -> str:
    """Return the text of a review as a program reads it."""
    return to_json(review.model_dump(mode="json"))


def findings_json(found: "FindingList") -> str:
    """Return the text of a list of findings as a program reads it."""
    return to_json(found.model_dump(mode="json"))


def years_json(years: "YearsReport") -> str:
    """Return the text of what became of programmes over years, as a program reads it."""
    return to_json(years.model_dump(mode="json"))


def schema_json(name: str = "report") -> str:
    """Return one of the JSON Schemas of SCHEMAS, generated from the records."""
    module, record = SCHEMAS[name]
    schema = getattr(import_module(f"extractor.records.{module}"), record).model_json_schema(mode="serialization")
    return to_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


def find_schema_file(name: str) -> Path:
    """Find the file of this package that holds a schema of SCHEMAS, as `make schema` wrote it."""
    return Path(__file__).with_name(f"{name}.schema.json")


def write_schema_files() -> None:
    """Write the files of all schemas anew."""
    for name in SCHEMAS:
        find_schema_file(name).write_text(schema_json(name), encoding="utf-8")


if __name__ == "__main__":
    write_schema_files()
