"""Findings as CSV, for a spreadsheet: a line for each, with its place in columns that can be filtered."""

import csv
import io
from collections.abc import Iterator

from extractor.records.findings import FindingGroup, FindingList, LocatedFinding
from extractor.reporting.i18n import Language, message_in, word, words

# Excel on a Japanese Windows takes a file of UTF-8 without this mark for Shift_JIS.
BYTE_ORDER_MARK = "\ufeff"
# With these a spreadsheet begins a formula; texts of a report must not be one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_findings_csv(found: FindingList, language: Language) -> str:
    """Write findings as CSV as RFC 4180 describes it.

    Args:
        found: The findings.
        language: The language of the heads and the sentences.

    Returns:
        The text, with a byte order mark before it.
    """
    columns = words(language)["finding_list"]["columns"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns.values())
    for group in found.groups:
        for one in group.findings:
            cells = dict(_list_cells(group, one, language))
            writer.writerow([_disarm_formula(str(cells[name])) for name in columns])
    return BYTE_ORDER_MARK + text.getvalue()


def _list_cells(group: FindingGroup, one: LocatedFinding, language: Language) -> Iterator[tuple[str, object]]:
    """Yield the cells of a finding by the names of their columns; of several places, the first."""
    finding, waived = one.finding, one.finding.waived
    labels = one.labels.model_dump() | {"passage": one.labels.passage and words(language)[one.labels.passage]}
    place = finding.source[0] if finding.source else None
    page = place.model_dump(include={"page", "page_label", "line"}) if place else {}
    for name in ("report", "programme_number", "programme_id"):
        yield name, _blank(getattr(one, name))
    for name in ("policy", "programme", "passage", "metric", "fiscal_year", "case_study"):
        yield name, _blank(labels[name])
    for name in ("page_label", "page", "line"):
        yield name, _blank(page.get(name))
    yield "severity", word(language, "severities", finding.severity)
    yield "code", finding.code
    yield "title", group.title
    yield "message", message_in(finding, language)
    yield "meaning", getattr(group.meaning, language).replace("`", "")
    yield "action", getattr(group.action, language).replace("`", "")
    yield "waived_date", waived.date.isoformat() if waived else ""
    yield "waived_reason", waived.reason if waived else ""
    yield "pointer", finding.pointer


def _blank(value: object) -> object:
    return "" if value is None else value


def _disarm_formula(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would calculate.

    >>> _disarm_formula("=1+1"), _disarm_formula("12名")
    ("'=1+1", '12名')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
