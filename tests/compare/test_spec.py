"""Records are described once: what the specs say is true of the records, and a new field needs no line of its own."""

import pickle
from dataclasses import replace
from typing import Any

import pytest

from compare.test_edits import base
from extractor.diff.change_log import ChangeLog, MatchedRecords
from extractor.diff.record_comparison import compare_record
from extractor.diff.record_view import RecordView, report_to_data
from extractor.records.comparison import Labels
from extractor.records.pointer import resolve_pointer, split_pointer
from extractor.records.report import Fact, Initiative, Metric, Observation, Office, Passage, Policy, Programme
from extractor.records.spec import SPECS, spec_of
from extractor.records.walk import list_programmes, walk_records


class DatedProgramme(Programme):
    """A programme with fields that there are not yet: 事業期間 and the bodies that take part."""

    term: str | None
    partners: tuple[str, ...]
    consulted: tuple[Office, ...]


def dated(**fields: Any) -> dict[str, Any]:
    programme: dict[str, Any] = base("golden").policies[0].programmes[0].model_dump(mode="json")
    return {**programme, "term": "R5～R7", "partners": ["商工会"], "consulted": [], **fields}


def compared(left: dict[str, Any], right: dict[str, Any]) -> ChangeLog:
    spec, log = replace(spec_of(Programme), model=DatedProgramme), ChangeLog(same_document=False)
    compare_record(log, MatchedRecords(spec, Labels(), RecordView(left), RecordView(right)))
    return log


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("term", "R5～R8", "changed"),
        ("term", None, "changed"),
        ("partners", ["商工会", "農協"], "added"),
        ("partners", [], "removed"),
        ("consulted", [{"division": "港湾課", "groups": [], "bureau": None}], "added"),
    ],
)
def test_a_new_field_is_compared_by_its_type(field: str, value: Any, kind: str) -> None:
    left, right = dated(), dated(**{field: value})
    log = compared(left, right)
    (change,) = log.changes
    assert (change.kind, change.record, change.field) == (kind, "programme", field)


def test_specs_name_fields_that_the_records_have() -> None:
    for spec in SPECS.values():
        parts = [part.field for key in spec.keys for part in key if not part.field.startswith("@")]
        named = [*parts, *spec.same_values, *spec.made_of_name, *(spec.id_made_of or ()), *spec.references]
        named += [name for measure in spec.measures for name in (measure.field, *measure.also)]
        named += [name for name in (spec.name, spec.label_fallback) if name]
        assert set(named) <= set(spec.model.model_fields), spec.record
        assert spec.label is None or spec.label in Labels.model_fields


def test_records_are_walked_with_their_pointers() -> None:
    report = base("golden")
    data = report_to_data(report)
    for model in (Policy, Initiative, Programme, Passage, Metric, Observation, Fact):
        for pointer, record in walk_records(report, model):
            assert resolve_pointer(data, pointer) == record.model_dump(mode="json")
    programmes = [programme for policy in report.policies for programme in policy.programmes]
    assert list_programmes(report) == programmes
    metrics = [metric for programme in programmes for metric in programme.metrics]
    assert [metric for _, metric in walk_records(report, Metric)] == metrics
    assert len(list(walk_records(report, Observation))) == sum(len(metric.observations) for metric in metrics) > 0
    assert len(list(walk_records(report, Passage))) == 2 * len(programmes)


def test_a_pointer_is_followed_by_its_unescaped_parts() -> None:
    assert split_pointer("/a~1b/m~0n/0") == ["a/b", "m~n", "0"]
    assert resolve_pointer({"a/b": {"m~n": [7]}}, "/a~1b/m~0n/0") == 7
    for nothing in ("/x", "/a~1b/m~0n/1", "/a~1b/m~0n/-1", "/a~1b/m~0n/0/0", "a", "/~2"):
        with pytest.raises(LookupError):
            resolve_pointer({"a/b": {"m~n": [7]}}, nothing)


def test_a_report_can_be_pickled() -> None:
    assert pickle.loads(pickle.dumps(base("golden"))) == base("golden")
