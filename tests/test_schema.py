"""The output contract: the schema in the package, what it accepts, and the order of the keys."""

import copy
import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from extractor.records import report as record
from extractor.records.to_json import schema_json
from reports import INPUTS, report_of, report_text

REPORT = "aomori-sme-2023.pdf"
EACH_INPUT = pytest.mark.parametrize("path", INPUTS, ids=[path.name for path in INPUTS])

# The keys of each record in their order, and the record that stands under a key (None: no record).
# Other programs rely on this. It is written out here so that a change of the records alone is noticed.
CONTRACT: dict[str, dict[str, str | None]] = {
    "Report": {
        "schema_version": None,
        "source": "InputFile",
        "report": "ReportHead",
        "policies": "Policy",
        "case_studies": "CaseStudy",
        "findings": "Finding",
        "unplaced": "Unplaced",
        "corrections": "AppliedCorrection",
    },
    "InputFile": dict.fromkeys(("file", "sha256", "kind", "pages")),
    "ReportHead": {
        "id": None,
        "title": None,
        "jurisdiction": "Jurisdiction",
        "fiscal_year": None,
        "fiscal_year_label": None,
    },
    "Jurisdiction": dict.fromkeys(("code", "name")),
    "Policy": {
        **dict.fromkeys(("id", "number", "title", "overview")),
        "initiatives": "Initiative",
        "subtotal_thousand_yen": None,
        "programmes": "Programme",
        "source": "Place",
    },
    "Initiative": dict.fromkeys(("heading", "paragraphs")),
    "Programme": {
        **dict.fromkeys(("id", "number", "name", "budget_thousand_yen", "is_new", "page_label")),
        "listed_offices": "Office",
        "offices": "Office",
        "overview": "Passage",
        "results": "Passage",
        "metrics": "Metric",
        "source": "Place",
        "sources": "ProgrammeSources",
        "sections": "Section",
        "attributes": "Attribute",
        "figures": None,
        "notes": "Note",
        "previous_budget_thousand_yen": None,
        "budget_proofs": None,
    },
    "Attribute": {"label": None, "text": None, "source": "Place"},
    "Note": {"mark": None, "text": None, "source": "Place"},
    "Section": {"heading": None, "paragraphs": None, "source": "Place"},
    "ProgrammeSources": dict.fromkeys(
        ("name", "budget_thousand_yen", "is_new", "page_label", "listed_offices", "offices"), "Place"
    ),
    "Office": dict.fromkeys(("division", "groups", "bureau", "contact")),
    "Passage": {
        **{"paragraphs": None, "notes": None, "facts": "Fact", "activities": "Activity", "source": "Place"},
        **{"note_facts": "Fact", "note_activities": "Activity"},
    },
    "Fact": {
        **dict.fromkeys(("kind", "paragraph", "start", "end", "text")),
        "quantity": "Quantity",
        "edtf": None,
        "counted": None,
        "range_with": None,
        "part_of": None,
    },
    "Activity": dict.fromkeys(
        # Those of the second row are no part of the contract, which may grow at its ends.
        [
            *("paragraph", "start", "end", "predicate", "object", "recipients", "means", "purpose", "facts"),
            *("aspect", "voice", "negative", "agent", "places"),
        ]
    ),
    "Metric": {
        **dict.fromkeys(("id", "name", "label", "note", "part_of", "row", "is_total")),
        "observations": "Observation",
        "source": "Place",
        "unit": None,
        "group": None,
        "others": "OtherValue",
        "notes": "Note",
    },
    "OtherValue": {"head": None, "raw": None, "source": "Place"},
    "Observation": {
        **dict.fromkeys(("fiscal_year", "spans", "raw", "status")),
        "quantities": "Quantity",
        "period": None,
        "period_edtf": None,
        "source": "Place",
        "measure": None,
        "part": None,
        "struck": None,
        "notes": "Note",
        "proofs": None,
    },
    "Quantity": dict.fromkeys(("value", "unit", "qualifiers", "component", "lower", "upper")),
    "CaseStudy": {
        "title": None,
        "programme_id": None,
        "subjects": "Subject",
        "figures": None,
        "source": "Place",
    },
    "Subject": dict.fromkeys(("name", "municipality", "profile", "story")),
    "Finding": {
        **dict.fromkeys(("code", "severity", "message", "pointer")),
        "source": "Place",
        "message_ja": None,
        "waived": "AppliedWaiver",
    },
    "AppliedWaiver": dict.fromkeys(("reason", "date")),
    "AppliedCorrection": {
        **dict.fromkeys(("pointer", "printed", "correct", "reason", "date")),
        "source": "Place",
    },
    "Unplaced": {"text": None, "source": "Place"},
    "PageBox": dict.fromkeys(("page", "page_label", "bbox", "recognised")),
    "LineSpan": dict.fromkeys(("line", "end_line")),
}
# Keys that are written only where they say something.
OPTIONAL = {("PageBox", "recognised"), ("Report", "corrections")}


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema_json()))


def records(value: Any, kind: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """All records below a value, each with its name in the contract."""
    if kind is None or value is None:
        return
    if isinstance(value, list):
        for one in value:
            yield from records(one, kind)
        return
    if kind == "Place":
        kind = "PageBox" if "page" in value else "LineSpan"
    yield kind, value
    for name, inner in value.items():
        yield from records(inner, CONTRACT[kind].get(name))


@cache
def small() -> dict[str, Any]:
    """A report cut to its first programmes: quick to validate, and still with a record of every kind to spoil."""
    report = report_of(REPORT)
    for policy in report["policies"]:
        del policy["programmes"][3:]
    return report


def test_schema_file_is_generated_from_the_records() -> None:
    file = Path(str(resources.files("extractor.records"))) / "report.schema.json"
    assert file.is_file(), "make it with: extractor schema > src/extractor/report.schema.json"
    assert file.read_bytes() == schema_json().encode(), "the records have changed: make the file anew, look at its diff"


def test_schema_is_a_valid_schema() -> None:
    schema = json.loads(schema_json())
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@EACH_INPUT
def test_output_validates(path: Path) -> None:
    errors = validator().iter_errors(json.loads(report_text(path)))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@pytest.mark.parametrize(
    "kind",
    # The small report holds none of the others.
    [
        kind
        for kind in CONTRACT
        if kind
        not in {"Fact", "Activity", "LineSpan", "Unplaced", "AppliedCorrection", "OtherValue", "Section"}
        | {"Attribute", "Note"}
    ],
)
def test_record_with_an_unknown_key_does_not_validate(kind: str) -> None:
    report = copy.deepcopy(small())
    assert validator().is_valid(report)
    next(record for name, record in records(report, "Report") if name == kind)["unknown"] = 1
    assert not validator().is_valid(report)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("InputFile", "pages"),
        ("ReportHead", "fiscal_year"),
        ("Policy", "number"),
        ("Policy", "subtotal_thousand_yen"),
        ("Programme", "number"),
        ("Programme", "budget_thousand_yen"),
        ("Metric", "row"),
        ("Observation", "fiscal_year"),
        ("Quantity", "value"),
        ("PageBox", "page"),
    ],
)
def test_string_in_place_of_a_number_does_not_validate(kind: str, key: str) -> None:
    report = copy.deepcopy(small())
    record = next(one for name, one in records(report, "Report") if name == kind and one[key] is not None)
    record[key] = str(record[key])
    assert not validator().is_valid(report)


@EACH_INPUT
def test_keys_of_the_output_stand_in_the_order_of_the_contract(path: Path) -> None:
    found = list(records(json.loads(report_text(path)), "Report"))
    assert {kind for kind, _ in found} >= {"Report", "Policy", "Programme", "Metric", "Observation", "Quantity"}
    wrong = {
        (kind, tuple(one))
        for kind, one in found
        if list(one) != [key for key in CONTRACT[kind] if (kind, key) not in OPTIONAL or key in one]
    }
    assert wrong == set()


@pytest.mark.parametrize("kind", CONTRACT)
def test_record_class_has_the_keys_of_the_contract(kind: str) -> None:
    # Covers the records that no output of raw/ holds.
    assert list(getattr(record, kind).model_fields) == list(CONTRACT[kind])


def test_every_record_class_is_in_the_contract() -> None:
    classes = {cls.__name__ for cls in record.Record.__subclasses__() if cls.__module__ == record.__name__}
    assert classes == set(CONTRACT)


def test_decimals_are_json_numbers() -> None:
    found = [one for kind, one in records(report_of(REPORT), "Report") if kind == "Quantity"]
    assert {type(one["value"]) for one in found} == {int, float}
    assert [one["unit"] for one in found if one["value"] == 77.4] == ["%"]
    # No 77.40 and no 77.4000000001: the figure as printed.
    assert '"value": 77.4,\n' in report_text(next(path for path in INPUTS if path.name == REPORT))
