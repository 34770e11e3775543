"""Labels: what a reader calls the place of a record."""

from typing import Any

from extractor.records.comparison import Labels

# Of the lists and fields that a pointer goes through: the label that each gives, and where its text is.
_NAMED = {"initiatives": ("initiative", "heading"), "metrics": ("metric", "name"), "subjects": ("subject", "name")}


def chapter_labels(chapter: Any) -> Labels:
    """Those of a chapter."""
    return Labels(policy=chapter["title"] or str(chapter["number"]))


def programme_labels(chapter: Labels, programme: Any) -> Labels:
    """Those of a programme in its chapter."""
    return chapter.model_copy(update={"programme": programme["name"] or programme["id"]})


def labels_at(report: Any, pointer: str) -> Labels:
    """Those of what a pointer into a report points to, as far as it leads."""
    labels, value, field = Labels(), report, ""
    for part in pointer.split("/")[1:]:
        if isinstance(value, dict) and part in value:
            value, field = value[part], part
            if part in ("overview", "results") and isinstance(value, dict):
                labels = labels.model_copy(update={"passage": part})
        elif isinstance(value, list) and part.isdecimal() and part.isascii() and int(part) < len(value):
            value = value[int(part)]
            labels = _inner(labels, field, value)
        else:
            break
    return labels


def _inner(labels: Labels, field: str, value: Any) -> Labels:
    """The labels of an element of a list."""
    if field == "policies":
        return chapter_labels(value)
    if field == "programmes":
        return programme_labels(labels, value)
    if field == "observations":
        return labels.model_copy(update={"fiscal_year": value["fiscal_year"]})
    if field == "case_studies":
        return Labels(case_study=value["title"])
    if field in _NAMED:
        label, name = _NAMED[field]
        return labels.model_copy(update={label: value[name]})
    return labels
