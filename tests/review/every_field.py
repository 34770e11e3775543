"""Every field of every record of the contract, each with other values that the contract allows."""

import copy
from collections.abc import Iterator
from typing import Any

from extractor.records.report import Report

# An edit: the record and field, and the report's data with another value there.
Edit = tuple[str, dict[str, Any]]


def edits_of(data: dict[str, Any]) -> Iterator[Edit]:
    """Edit each field of each kind of record once for each shape that its value may have.

    Args:
        data: A report as its output file holds it.

    Yields:
        What was edited, as record, field and the new value, and the edited data.
    """
    schema = Report.model_json_schema(mode="serialization")
    seen: set[tuple[str, str, str]] = set()
    for path, record, name, field in _fields(data, schema, "Report", schema, ()):
        value = _at(data, (*path, name))
        for other in _others(value, field):
            known = (record, name, f"{_shape(value)} to {_shape(other)}")
            if known not in seen:
                seen.add(known)
                edited = copy.deepcopy(data)
                _at(edited, path)[name] = other
                yield f"{record}.{name}: {other!r:.40}", edited


def _shape(value: Any) -> str:
    return type(value).__name__ if value not in ("", [], None) else repr(value)


def _at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


Field = tuple[tuple[Any, ...], str, str, dict[str, Any]]


def _fields(
    value: Any, schema: dict[str, Any], record: str, root: dict[str, Any], path: tuple[Any, ...]
) -> Iterator[Field]:
    """All fields of a record and of those in it: the path to the record, its name, the field and its schema."""
    for name, field in schema["properties"].items():
        if name not in value:
            continue
        yield path, record, name, field
        inner = value[name]
        for at, one in enumerate(inner) if isinstance(inner, list) else [(None, inner)]:
            kind = _record_of(field, one)
            if kind and isinstance(one, dict):
                here = (*path, name) if at is None else (*path, name, at)
                yield from _fields(one, root["$defs"][kind], kind, root, here)


def _record_of(field: dict[str, Any], value: Any) -> str | None:
    """The record that a value of a field is."""
    forms = [field, *field.get("anyOf", ()), field.get("items", {}), *field.get("items", {}).get("anyOf", ())]
    names = [form["$ref"].rpartition("/")[2] for form in forms if "$ref" in form]
    if "PageBox" in names:
        return "PageBox" if isinstance(value, dict) and "bbox" in value else "LineSpan"
    return names[0] if names else None


def _others(value: Any, field: dict[str, Any]) -> Iterator[Any]:
    """Other values that a field may have: of each of its types one, null and nothing among them."""
    for form in field.get("anyOf", [field]):
        kind = form.get("type")
        found: list[Any] = []
        if "enum" in form:
            found = [one for one in form["enum"] if one != value]
        elif kind == "null":
            found = [None]
        elif kind == "string":
            found = ["2031-04-01"] if form.get("format") == "date" else ["", f"{value or ''}<別>"]
        elif kind == "integer":
            found = [(value if isinstance(value, int) else 0) + 1]
        elif kind == "number":
            found = [(value if isinstance(value, int | float) else 0) + 0.5]
        elif kind == "boolean":
            found = [not value]
        elif kind == "array" and isinstance(value, list) and "minItems" not in form:
            found = [[], value[:-1], [*value, *copy.deepcopy(value[-1:])]]
        yield from (one for one in found if one != value)
