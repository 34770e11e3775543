"""Data: what the page shows, as the JSON that stands in it. All texts of reports are data there, never markup."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractor.records.comparison import Change
from extractor.records.report import Finding
from extractor.records.review import Review, Reviewed
from extractor.reporting.html.cutouts import Cutouts
from extractor.reporting.i18n import Language, message_in, word, words
from extractor.reporting.original import Sizes, find_sizes, is_original, sentence_of
from extractor.reporting.severity import SEVERITIES
from extractor.reporting.text_diff import marked
from extractor.reporting.values import texts_of


def page_data(review: Review, raw: Path, language: Language) -> dict[str, Any]:
    """All that the page shows."""
    cutouts = Cutouts(language)
    sizes = find_sizes((one.comparison for one in review.reports), raw)
    reports = [_report(one, cutouts, language, sizes) for one in review.reports]
    return {"words": _words(language), "language": language, "reports": reports, **cutouts.data(raw)}


def _words(language: Language) -> dict[str, Any]:
    """Those that are not another page's."""
    return {name: one for name, one in words(language).items() if name != "years"}


def _report(reviewed: Reviewed, cutouts: Cutouts, language: Language, sizes: Sizes) -> dict[str, Any]:
    comparison = reviewed.comparison
    shas = ("", "") if comparison is None else (comparison.left.sha256, comparison.right.sha256)
    changes = []
    for change, findings in zip(comparison.changes if comparison else (), reviewed.touching, strict=True):
        sources = zip(shas, (change.before_source, change.after_source), strict=True)
        places = [cutouts.places(sha, source) for sha, source in sources]
        changes.append(_change(change, places, findings, language, sizes))
    return {
        "report": reviewed.report,
        "state": reviewed.state,
        "why": reviewed.why,
        "output_sha256": reviewed.output_sha256,
        "golden_sha256": reviewed.golden_sha256,
        "documents": shas,
        "causes": list(comparison.causes) if comparison else [],
        "changes": changes,
    }


def _change(
    change: Change, places: list[Any], findings: Sequence[Finding], language: Language, sizes: Sizes
) -> dict[str, Any]:
    before, after = marked(*texts_of(change, language, sizes))
    return {
        "key": key_of(change),
        "kind": change.kind,
        "record": change.record,
        "what": _what(change, language),
        "chapter": change.labels.policy,
        "where": _where(change, language),
        "year": None if change.labels.fiscal_year is None else str(change.labels.fiscal_year),
        "left": change.left_pointer,
        "right": change.right_pointer,
        "before": None if change.left_pointer is None else before,
        "after": None if change.right_pointer is None else after,
        "sources": places,
        "cause": change.cause,
        "severity": min((one.severity for one in findings), key=SEVERITIES.index, default=None),
        "findings": [_finding(one, language) for one in findings],
    }


def _what(change: Change, language: Language) -> str:
    """The record and its field. The file that was read has a field's name that says a place of all other records."""
    what = word(language, "records", change.record)
    if change.field is None:
        return what
    field = words(language)["originals"]["name"] if is_original(change) else word(language, "fields", change.field)
    return f"{what} {field}"


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    title = word(language, "codes", finding.code)
    message = message_in(finding, language)
    return {"code": finding.code, "title": title, "severity": finding.severity, "message": message}


def key_of(change: Change) -> str:
    """What names a change in the browser: another value at the same place is another change."""
    told = change.model_dump(mode="json", exclude={"cause", "labels"})
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:20]


def _where(change: Change, language: Language) -> list[str]:
    """The place in the chapter, from outside in; of the file that was read, which has none, what became of it."""
    if is_original(change):
        return [sentence_of(change, language)]
    labels = change.labels
    passage = words(language)[labels.passage] if labels.passage else None
    year = None if labels.fiscal_year is None else str(labels.fiscal_year)
    inner = (labels.initiative, labels.programme, passage, labels.metric, year, labels.case_study, labels.subject)
    return [one for one in inner if one]
