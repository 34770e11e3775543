"""Values: what a value of a report says, as text that a reviewer can compare, line by line."""

from collections.abc import Iterator, Mapping
from typing import Any

from extractor.records.comparison import Change
from extractor.records.report import Programme
from extractor.records.spec import spec_of
from extractor.reporting.i18n import Language, word, words
from extractor.reporting.original import UNKNOWN, Sizes, describe_originals, is_original


def texts_of(change: Change, language: Language, sizes: Sizes = UNKNOWN) -> tuple[str, str]:
    """Both values of a change; where they read the same, all that differs in them.

    Args:
        change: What differs.
        language: The language of the words.
        sizes: How large the files are that a report was read from, as far as they are at hand.

    Returns:
        The text before and the text after; "" where there is nothing on that side, or an empty text.
    """
    if is_original(change):
        return describe_originals(change, language, sizes)
    before, after = (
        "" if pointer is None else _text(value, change, language)
        for pointer, value in ((change.left_pointer, change.before), (change.right_pointer, change.after))
    )
    if before == after and change.before != change.after:
        before, after = _differing(change, language)
    if before == after and change.kind == "changed":
        # What it says is the same: what its pointer or its facts lead to is another record.
        return before, f"{after}\n{words(language)['leads_elsewhere']}".lstrip()
    return before, after


def _text(value: Any, change: Change, language: Language) -> str:
    if value is None:
        # Null is no empty cell: the report does not have it.
        return str(words(language)["absent"])
    if change.field in {"source", "sources"}:
        return "\n".join(_places(value, language))
    whole = change.field is None and isinstance(value, dict)
    return "\n".join(_record(change.record, value, language) if whole else _plain(change.field or "", value, language))


def _plain(name: str, value: Any, language: Language) -> Iterator[str]:
    """A field's value."""
    known = words(language)
    if isinstance(value, bool):
        yield known["yes"] if value else known["no"]
    elif isinstance(value, int) and name.endswith("_thousand_yen"):
        yield f"{value:,} {known['thousand_yen']}"
    elif isinstance(value, dict) and "division" in value:
        yield _office(value)
    elif isinstance(value, dict):
        for one, other in value.items():
            if other not in (None, [], ""):
                yield f"{word(language, 'fields', one)}: {' / '.join(_plain(one, other, language))}"
    elif isinstance(value, list):
        for one in value:
            yield from _plain(name, one, language)
    elif value is not None:
        yield str(value)


def _office(office: Mapping[str, Any]) -> str:
    inner = "、".join([*office["groups"], *([office["bureau"]] if office["bureau"] else [])])
    return f"{office['division']}（{inner}）" if inner else str(office["division"])


def _record(record: str, value: dict[str, Any], language: Language) -> Iterator[str]:
    if record == "observation":
        yield from _observation(value, language)
    elif record == "metric":
        yield value["name"]
        yield from (f"{one['fiscal_year']}: {' '.join(_observation(one, language))}" for one in value["observations"])
    elif record == "programme":
        yield from _programme(value, language)
    elif record == "finding":
        yield f"{word(language, 'codes', value['code'])} ({word(language, 'severities', value['severity'])})"
        yield value["message"]
    elif record == "correction":
        yield " → ".join(" ".join(_plain("", value[name], language)) for name in ("printed", "correct"))
        yield f"{value['reason']} ({value['date']})"
    elif record == "unplaced":
        yield value["text"]
    elif record == "fact":
        found = (value["edtf"] or "") if value["quantity"] is None else _quantity(value["quantity"])
        counted = f"({value['counted']})" if value["counted"] else ""
        yield " ".join(one for one in (value["text"], found and f"→ {found}", counted) if one)
    elif record == "policy":
        yield from _plain("", {name: one for name, one in value.items() if name not in _SILENT}, language)
        yield from (f"{one['number']} {one['name']}" for one in value["programmes"])
    else:
        yield from _plain("", {name: one for name, one in value.items() if name not in _SILENT}, language)


# Where something stands, and what follows from where.
_SILENT = {"id", "source", "sources", "programmes", "facts", "activities", "paragraph", "start", "end", "row"}


def _observation(value: Mapping[str, Any], language: Language) -> Iterator[str]:
    raw = value["raw"] or words(language)["blank"]
    yield raw if value["status"] in {"read", "blank"} else f"{raw} ({word(language, 'statuses', value['status'])})"
    figures = ", ".join(map(_quantity, value["quantities"]))
    years = f"[{'–'.join(map(str, value['spans']))}]" if value["spans"] else ""
    period = value["period_edtf"] or value["period"] or ""
    more = " ".join(one for one in (figures, period, years) if one)
    # Said only where it is not what is printed, sign for sign.
    if more and more != raw.replace(" ", ""):
        yield f"= {more}"


def _quantity(value: Mapping[str, Any]) -> str:
    component = f"{value['component']} " if value["component"] else ""
    return f"{component}{''.join(value['qualifiers'])}{value['value']:,}{value['unit'] or ''}"


def _programme(value: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield f"{'' if value['number'] is None else value['number']} {value['name'] or ''}".strip()
    spec = spec_of(Programme)
    for name in spec.fields_of_kind("value", "texts"):
        if name == "number":
            continue
        said = " / ".join(_plain(name, value[name], language))
        yield f"{word(language, 'fields', name)}: {said or '–'}"
    for name in spec.fields_of_kind("record"):
        yield from (f"{word(language, 'fields', name)}: {text}" for text in value[name]["paragraphs"])
        yield from (f"{word(language, 'fields', name)}: {text}" for text in value[name]["notes"])
    for metric in value["metrics"]:
        figures = "  ".join(f"{one['fiscal_year']}: {one['raw'] or '–'}" for one in metric["observations"])
        yield f"{metric['name']}  {figures}"


def _places(value: Any, language: Language) -> Iterator[str]:
    if isinstance(value, dict) and ("bbox" in value or "line" in value):
        yield place(value, language)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield f"{word(language, 'fields', name)}: {'; '.join(_places(one, language))}"
    else:
        for one in value:
            yield from _places(one, language)


def place(value: Mapping[str, Any], language: Language) -> str:
    """Where something stands, in words."""
    known = words(language)
    if "line" in value:
        lines = str(value["line"]) if value["line"] == value["end_line"] else f"{value['line']}–{value['end_line']}"
        return f"{known['line']} {lines}"
    label = f" ({known['label']} {value['page_label']})" if value["page_label"] else ""
    return f"{known['page']} {value['page']}{label}: {', '.join(f'{side:g}' for side in value['bbox'])}"


def _differing(change: Change, language: Language) -> tuple[str, str]:
    """Two values that read the same: their fields that differ."""
    before, after = change.before, change.after
    if not isinstance(before, dict) or not isinstance(after, dict):
        return _bare(change.field or "", before, language), _bare(change.field or "", after, language)
    names = [name for name in before if before[name] != after.get(name)]
    one, other = (
        "\n".join(f"{word(language, 'fields', name)}: {_bare(name, record.get(name), language)}" for name in names)
        for record in (before, after)
    )
    return one, other


def _bare(name: str, value: Any, language: Language) -> str:
    """A value for which a sign is shown where it is null, or holds nothing."""
    if value is None:
        return str(words(language)["absent"])
    lines = _places(value, language) if name in {"source", "sources"} else _plain(name, value, language)
    return " / ".join(lines) or str(words(language)["blank"])
