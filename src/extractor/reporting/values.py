"""Values: what a value of a record says, as text that a reviewer can compare, line by line.

Records come as JSON holds them. Most are told field by field (`_tell_value`); a few have lines of their own.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from extractor.records.comparison import Change
from extractor.records.report import Programme
from extractor.records.spec import UNCOMPARED, spec_of
from extractor.reporting.i18n import Language, say, word, words
from extractor.reporting.original import UNKNOWN, Sizes, describe_originals, is_original


def write_both_values(change: Change, language: Language, sizes: Sizes = UNKNOWN) -> tuple[str, str]:
    """Write both values of a change.

    Where they read the same, it writes all that differs in them.

    Args:
        change: What differs.
        language: The language of the words.
        sizes: How large the files are that a report was read from, as far as they are at hand.

    Returns:
        The text before and the text after; "" where there is nothing on that side, or an empty text.
    """
    if is_original(change):
        return describe_originals(change, language, sizes)
    sides = (change.left_pointer, change.before), (change.right_pointer, change.after)
    before, after = ("" if pointer is None else _write_value(value, change, language) for pointer, value in sides)
    if before == after and change.before != change.after:
        before, after = _write_differing_fields(change, language)
    if before == after and change.kind == "changed":
        # What it says is the same: what its pointer or its facts lead to is another record.
        return before, f"{after}\n{words(language)['leads_elsewhere']}".lstrip()
    return before, after


# Fields of a record that are not told: where it stands, what follows from where, and what is shown beside it.
_SILENT = UNCOMPARED | {"id", "programmes", "facts", "activities", "paragraph", "start", "end", "row"}
_SILENT |= {"note_facts", "note_activities"}


def _write_value(value: Any, change: Change, language: Language) -> str:
    if value is None:
        # Null is no empty cell: the report does not have it.
        return str(words(language)["absent"])
    if change.field is None and isinstance(value, dict):
        return "\n".join(_RECORDS.get(change.record, _tell_fields)(value, language))
    return "\n".join(_tell_value(change.field or "", value, language))


def _tell_value(name: str, value: Any, language: Language) -> Iterator[str]:
    """Yield the lines of a value; of a record, a line a field that is not empty. `name`: the field that it is of."""
    known = words(language)
    if isinstance(value, bool):
        yield known["yes"] if value else known["no"]
    elif isinstance(value, int) and name.endswith("_thousand_yen"):
        yield f"{value:,} {known['thousand_yen']}"
    elif isinstance(value, dict):
        yield from _tell_record(value, language)
    elif isinstance(value, list):
        for element in value:
            yield from _tell_value(name, element, language)
    elif value is not None:
        # Of some fields the contract has English words for the values.
        yield str(known["values"].get(name, {}).get(value, value))


def _tell_record(value: Mapping[str, Any], language: Language) -> Iterator[str]:
    if "division" in value:
        inner = "、".join(filter(None, [*value["groups"], value["bureau"]]))
        yield f"{value['division']}（{inner}）" if inner else str(value["division"])
        return
    for field, inside in value.items():
        if inside not in (None, [], ""):
            yield f"{word(language, 'fields', field)}: {' / '.join(_tell_value(field, inside, language))}"


def _tell_fields(value: Mapping[str, Any], language: Language) -> Iterator[str]:
    return _tell_value("", {name: inside for name, inside in value.items() if name not in _SILENT}, language)


def _tell_observation(value: Mapping[str, Any], language: Language) -> Iterator[str]:
    raw = value["raw"] or words(language)["blank"]
    yield raw if value["status"] in {"read", "blank"} else f"{raw} ({word(language, 'statuses', value['status'])})"
    figures = ", ".join(map(_write_quantity, value["quantities"]))
    years = f"[{'–'.join(map(str, value['spans']))}]" if value["spans"] else ""
    more = " ".join(filter(None, (figures, value["period_edtf"] or value["period"], years)))
    # Said only where it is not what is printed, sign for sign.
    if more and more != raw.replace(" ", ""):
        yield f"{words(language)['read_as']}{more}"


def _write_quantity(value: Mapping[str, Any]) -> str:
    component = f"{value['component']} " if value["component"] else ""
    return f"{component}{''.join(value['qualifiers'])}{value['value']:,}{value['unit'] or ''}"


def _tell_metric(value: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield value["name"]
    for observation in value["observations"]:
        yield f"{observation['fiscal_year']}: {' '.join(_tell_observation(observation, language))}"


def _tell_programme(value: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield " ".join(str(value[name]) for name in ("number", "name") if value[name] not in (None, ""))
    spec = spec_of(Programme)
    for name in spec.fields_of_kind("value", "texts"):
        if name != "number":
            said = " / ".join(_tell_value(name, value[name], language))
            yield f"{word(language, 'fields', name)}: {said or '–'}"
    for name in spec.fields_of_kind("record"):
        for text in (*value[name]["paragraphs"], *value[name]["notes"]):
            yield f"{word(language, 'fields', name)}: {text}"
    yield from map(_write_figures, value["metrics"])


def _write_figures(metric: Mapping[str, Any]) -> str:
    figures = "  ".join(f"{one['fiscal_year']}: {one['raw'] or '–'}" for one in metric["observations"])
    return f"{metric['name']}  {figures}"


def _tell_policy(value: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield from _tell_fields(value, language)
    yield from (f"{programme['number']} {programme['name']}" for programme in value["programmes"])


def _tell_finding(value: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield f"{word(language, 'codes', value['code'])} ({word(language, 'severities', value['severity'])})"
    yield (language == "ja" and value.get("message_ja")) or value["message"]
    if waived := value.get("waived"):
        yield say(language, "finding_list.waived", **waived)


def _tell_correction(value: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield " → ".join(" ".join(_tell_value("", value[name], language)) for name in ("printed", "correct"))
    yield f"{value['reason']} ({value['date']})"


def _tell_fact(value: Mapping[str, Any], _language: Language) -> Iterator[str]:
    found = (value["edtf"] or "") if value["quantity"] is None else _write_quantity(value["quantity"])
    counted = f"({value['counted']})" if value["counted"] else ""
    yield " ".join(filter(None, (value["text"], found and f"→ {found}", counted)))


# Records that are not told field by field, by the name that a change has for them.
_RECORDS: Mapping[str, Callable[[Mapping[str, Any], Language], Iterator[str]]] = {
    "observation": _tell_observation,
    "metric": _tell_metric,
    "programme": _tell_programme,
    "policy": _tell_policy,
    "finding": _tell_finding,
    "correction": _tell_correction,
    "unplaced": lambda value, _language: iter([value["text"]]),
    "fact": _tell_fact,
}


def _write_differing_fields(change: Change, language: Language) -> tuple[str, str]:
    """Write of two values that read the same all that differs in them."""
    before, after = change.before, change.after
    if not isinstance(before, dict) or not isinstance(after, dict):
        field = change.field or ""
        return _write_bare(field, before, language), _write_bare(field, after, language)
    names = [name for name in before if name not in UNCOMPARED and before[name] != after.get(name)]
    one, other = (
        "\n".join(
            f"{word(language, 'fields', name)}: {_write_bare(name, record.get(name), language)}" for name in names
        )
        for record in (before, after)
    )
    return one, other


def _write_bare(name: str, value: Any, language: Language) -> str:
    """Write a value on one line, with a sign where it is null or holds nothing."""
    if value is None:
        return str(words(language)["absent"])
    return " / ".join(_tell_value(name, value, language)) or str(words(language)["blank"])
