"""Write: records become JSON, the same bytes for the same records."""

import json
from typing import Any

from extractor.records.comparison import Comparison
from extractor.records.findings import FindingList
from extractor.records.report import Record, Report
from extractor.records.review import Review
from extractor.records.trends import YearsReport


def to_json(value: Any) -> str:
    """Return JSON text as all files of this program hold it.

    It has a two-space indent, keys in their given order, and a final newline.
    """
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def report_json(report: Report) -> str:
    """Return the text of a report as its output file holds it."""
    return to_json(report.model_dump(mode="json"))


def schema_json() -> str:
    """Return the JSON Schema of a report, generated from the records."""
    return _schema_of(Report)


def comparison_json(comparison: Comparison) -> str:
    """Return the text of a comparison as a program reads it."""
    return to_json(comparison.model_dump(mode="json"))


def review_json(review: Review) -> str:
    """Return the text of a review as a program reads it."""
    return to_json(review.model_dump(mode="json"))


def findings_json(found: FindingList) -> str:
    """Return the text of a list of findings as a program reads it."""
    return to_json(found.model_dump(mode="json"))


def findings_schema_json() -> str:
    """Return the JSON Schema of a list of findings, generated from the records."""
    return _schema_of(FindingList)


def review_schema_json() -> str:
    """Return the JSON Schema of a review, generated from the records."""
    return _schema_of(Review)


def comparison_schema_json() -> str:
    """Return the JSON Schema of a comparison, generated from the records."""
    return _schema_of(Comparison)


def years_json(years: YearsReport) -> str:
    """Return the text of what became of programmes over years, as a program reads it."""
    return to_json(years.model_dump(mode="json"))


def years_schema_json() -> str:
    """Return the JSON Schema of what became of programmes over years, generated from the records."""
    return _schema_of(YearsReport)


def _schema_of(record: type[Record]) -> str:
    schema = record.model_json_schema(mode="serialization")
    return to_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
