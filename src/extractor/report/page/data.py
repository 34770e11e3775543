"""Data: what the page shows, as the JSON that stands in it. All texts of reports are data there, never markup."""

import base64
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.model.comparison import Change
from extractor.model.record import Finding, PageBox, Source
from extractor.model.review import Review, Reviewed
from extractor.report.marks import marked
from extractor.report.severity import SEVERITIES
from extractor.report.values import place, texts_of
from extractor.report.words import Language, word, words
from extractor.show.sheets import around_lines, documents, lines_of, sheets

# All pictures together have no more bytes than this; base64 makes a third more of them.
MOST_BYTES = 12_000_000
# Of the places of one value so many are shown, and so many lines of a transcript round the ones meant.
MOST_PLACES, LINES_AROUND = 4, 2
# What in JSON could end the script that it stands in, or its line.
_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def script_json(data: Any) -> str:
    """JSON that may stand in a script element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def page_data(review: Review, raw: Path, language: Language) -> dict[str, Any]:
    """All that the page shows."""
    wanted: dict[str, Counter[int]] = defaultdict(Counter)
    reports = [_report(one, wanted, language) for one in review.reports]
    return {
        "words": words(language),
        "language": language,
        "reports": reports,
        "sheets": dict(_sheets(wanted, raw)),
        "documents": sorted(documents(raw, set(wanted))),
    }


def _report(reviewed: Reviewed, wanted: dict[str, Counter[int]], language: Language) -> dict[str, Any]:
    comparison = reviewed.comparison
    shas = ("", "") if comparison is None else (comparison.left.sha256, comparison.right.sha256)
    changes = []
    for change, findings in zip(comparison.changes if comparison else (), reviewed.touching, strict=True):
        for sha, source in zip(shas, (change.before_source, change.after_source), strict=True):
            wanted[sha].update(_numbers(source[:MOST_PLACES]))
        changes.append(_change(change, findings, language))
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


def _numbers(source: Source) -> Iterator[int]:
    for one in source:
        if isinstance(one, PageBox):
            yield one.page
        else:
            yield from range(one.line, one.end_line + 1)


def _change(change: Change, findings: Sequence[Finding], language: Language) -> dict[str, Any]:
    before, after = marked(*texts_of(change, language))
    what = word(language, "records", change.record)
    return {
        "key": key_of(change),
        "kind": change.kind,
        "record": change.record,
        "what": what if change.field is None else f"{what} {word(language, 'fields', change.field)}",
        "chapter": change.labels.policy,
        "where": _where(change, language),
        "year": None if change.labels.fiscal_year is None else str(change.labels.fiscal_year),
        "left": change.left_pointer,
        "right": change.right_pointer,
        "before": None if change.left_pointer is None else before,
        "after": None if change.right_pointer is None else after,
        "sources": [_places(one, language) for one in (change.before_source, change.after_source)],
        "cause": change.cause,
        "severity": min((one.severity for one in findings), key=SEVERITIES.index, default=None),
        "findings": [_finding(one, language) for one in findings],
    }


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    title = word(language, "codes", finding.code)
    return {"code": finding.code, "title": title, "severity": finding.severity, "message": finding.message}


def key_of(change: Change) -> str:
    """What names a change in the browser: another value at the same place is another change."""
    told = change.model_dump(mode="json", exclude={"cause", "labels"})
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:20]


def _where(change: Change, language: Language) -> list[str]:
    """The place in the chapter, from outside in."""
    labels = change.labels
    passage = words(language)[labels.passage] if labels.passage else None
    year = None if labels.fiscal_year is None else str(labels.fiscal_year)
    inner = (labels.initiative, labels.programme, passage, labels.metric, year, labels.case_study, labels.subject)
    return [one for one in inner if one]


def _places(source: Source, language: Language) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for one in source[:MOST_PLACES]:
        said = place(one.model_dump(mode="json"), language).split(": ")[0]
        if isinstance(one, PageBox):
            found.append({"said": said, "page": one.page, "box": one.bbox})
        else:
            found.append({"said": said, "lines": [one.line, one.end_line]})
    return found


def _sheets(wanted: Mapping[str, Counter[int]], raw: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each page and line that is looked at, once: by the SHA-256 of its document and its number."""
    left = MOST_BYTES
    for sha, path in sorted(documents(raw, set(wanted)).items()):
        if path.suffix.lower() == ".txt":
            yield from _lines(sha, path, sorted(wanted[sha]))
            continue
        # Those that most changes are on come first, if there is not room for all.
        numbers = sorted(wanted[sha], key=lambda number: (-wanted[sha][number], number))
        for number, sheet in sorted(sheets(path, numbers, left).items()):
            left -= len(sheet.png)
            png = base64.b64encode(sheet.png).decode("ascii")
            yield f"{sha}:{number}", {"png": png, "width": round(sheet.width, 2), "height": round(sheet.height, 2)}


def _lines(sha: str, path: Path, numbers: Sequence[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    lines = lines_of(path)
    seen: set[int] = set()
    for number in numbers:
        for near, text in around_lines(lines, number, number, LINES_AROUND):
            if near not in seen:
                seen.add(near)
                yield f"{sha}:{near}", {"text": text}
