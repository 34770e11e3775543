"""Page data: what the review page shows, as the JSON that stands in it.

All texts of reports are data there, never markup.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractor.records.comparison import Change
from extractor.records.report import Finding
from extractor.records.review import Review, Reviewed
from extractor.reporting.finding_places import describe_waiver
from extractor.reporting.html.cutouts import Cutouts
from extractor.reporting.i18n import Language, message_in, word, words
from extractor.reporting.original import Sizes, describe_change_of_original, find_sizes, is_original
from extractor.reporting.severity import find_worst
from extractor.reporting.text_diff import mark_differences
from extractor.reporting.values import write_both_values


def build_page_data(review: Review, raw: Path, language: Language) -> dict[str, Any]:
    """Build all that the page shows.

    Args:
        review: What differs.
        raw: The folder of the inputs.
        language: The language of the words.

    Returns:
        Data that JSON can hold.
    """
    cutouts = Cutouts(language)
    sizes = find_sizes((reviewed.comparison for reviewed in review.reports), raw)
    reports = [_show_report(reviewed, cutouts, language, sizes) for reviewed in review.reports]
    # The words of the other page are left out.
    own = {name: said for name, said in words(language).items() if name != "years"}
    return {"words": own, "language": language, "reports": reports, **cutouts.data(raw)}


def _show_report(reviewed: Reviewed, cutouts: Cutouts, language: Language, sizes: Sizes) -> dict[str, Any]:
    comparison = reviewed.comparison
    shas = ("", "") if comparison is None else (comparison.left.sha256, comparison.right.sha256)
    changes = []
    for change, findings in zip(comparison.changes if comparison else (), reviewed.touching, strict=True):
        sources = zip(shas, (change.before_source, change.after_source), strict=True)
        places = [cutouts.places(sha, source) for sha, source in sources]
        changes.append(_show_change(change, places, findings, language, sizes))
    return {
        **reviewed.model_dump(include={"report", "state", "why", "output_sha256", "golden_sha256"}),
        "documents": shas,
        "causes": list(comparison.causes) if comparison else [],
        "changes": changes,
    }


def _show_change(
    change: Change, places: list[Any], findings: Sequence[Finding], language: Language, sizes: Sizes
) -> dict[str, Any]:
    before, after = mark_differences(*write_both_values(change, language, sizes))
    return {
        "key": make_key(change),
        "kind": change.kind,
        "record": change.record,
        "what": _name_what_differs(change, language),
        "chapter": change.labels.policy,
        "where": _name_place(change, language),
        "year": None if change.labels.fiscal_year is None else str(change.labels.fiscal_year),
        "left": change.left_pointer,
        "right": change.right_pointer,
        "before": None if change.left_pointer is None else before,
        "after": None if change.right_pointer is None else after,
        "sources": places,
        "cause": change.cause,
        "severity": find_worst(findings),
        "findings": [_show_finding(one, language) for one in findings],
    }


def _name_what_differs(change: Change, language: Language) -> str:
    """Name the record and its field.

    The file that was read has a field's name that says a place of all other records.
    """
    record = word(language, "records", change.record)
    if change.field is None:
        return record
    field = words(language)["originals"]["name"] if is_original(change) else word(language, "fields", change.field)
    return f"{record} {field}"


def _show_finding(finding: Finding, language: Language) -> dict[str, Any]:
    title = word(language, "codes", finding.code)
    waived = describe_waiver(finding.model_dump(mode="json", include={"waived"}), language)
    message = f"{message_in(finding, language)} {waived}".rstrip()
    return {
        "code": finding.code,
        "title": title,
        "severity": finding.severity,
        "message": message,
        "waived": bool(waived),
    }


def make_key(change: Change) -> str:
    """Make what names a change in the browser.

    Another value at the same place is another change.
    """
    told = change.model_dump(mode="json", exclude={"cause", "labels"})
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:20]


def _name_place(change: Change, language: Language) -> list[str]:
    """Name the place in the chapter, from outside in; of the file that was read, say what became of it."""
    if is_original(change):
        return [describe_change_of_original(change, language)]
    labels = change.labels
    passage = words(language)[labels.passage] if labels.passage else None
    year = None if labels.fiscal_year is None else str(labels.fiscal_year)
    inner = (labels.initiative, labels.programme, passage, labels.metric, year, labels.case_study, labels.subject)
    return [label for label in inner if label]
