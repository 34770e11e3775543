"""Markdown: a review as a comment on a pull request: counts, what weighs most, and the rest folded away."""

from collections.abc import Iterable, Iterator, Sequence

from extractor.records.comparison import Change
from extractor.records.report import Finding
from extractor.records.review import Review, Reviewed
from extractor.reporting.i18n import Language, word
from extractor.reporting.original import UNKNOWN, Sizes
from extractor.reporting.severity import weight
from extractor.reporting.terminal import KINDS, counts_of, shortened, what_differs
from extractor.reporting.values import texts_of

# So many changes are shown; the others are folded away, up to so many characters in all: a comment holds 65,536.
SHOWN, LONGEST = 30, 60_000
# Of that the reports take no more than so many.
SUMMARY = 10_000
# Of each text so many signs, and of each name in a place.
WIDTH, NAME = 80, 30
_STATES = {
    "same": "as accepted",
    "changed": "differs",
    "new": "new, nothing of it was accepted",
    "missing": "not read yet",
    "orphan": "no input",
    "unreadable": "cannot be read",
}
# A table's heading and the rule below it.
HEAD = 2
_Row = tuple[Reviewed, Change, tuple[Finding, ...]]


def markdown_of(review: Review, language: Language = "en", sizes: Sizes = UNKNOWN) -> str:
    """Write the review as Markdown.

    What comes from a document is written so that it can be no markup, link or mention.

    Args:
        review: What was reviewed.
        language: The language of the values.
        sizes: How large the files are that the reports were read from, as far as they are at hand.

    Returns:
        The text, short enough for a comment.
    """
    rows = sorted(_rows(review), key=lambda row: weight(row[1], row[2]))
    summary = list(_within(_summary(review), SUMMARY))
    parts = [_heading(review), "", *summary]
    if left := len(review.reports) - _rows_of(summary):
        parts += ["", f"{left} more reports are only on the page."]
    shown = 0
    if rows:
        lines = list(_within(_table(rows[:SHOWN], language, sizes), LONGEST - _length(parts)))
        parts += ["", *lines]
        shown = _rows_of(lines)
    if len(rows) > shown:
        parts += ["", *_folded(rows[shown:], language, sizes, LONGEST - _length(parts))]
    return "\n".join(parts) + "\n"


def _length(lines: Iterable[str]) -> int:
    return sum(len(line) + 1 for line in lines)


def _rows_of(table: Sequence[str]) -> int:
    return max(0, len(table) - HEAD)


def _within(lines: Iterable[str], room: int) -> Iterator[str]:
    """As many of the lines as there is room for."""
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            return
        yield line


def _heading(review: Review) -> str:
    if not review.differs:
        return "**The output is as golden.**"
    count = sum(one.state != "same" for one in review.reports)
    reports = "1 report" if count == 1 else f"{count} reports"
    places = f"{review.places} places of " if review.places else ""
    return f"**The output differs from golden in {places}{reports}.**"


def _rows(review: Review) -> Iterator[_Row]:
    for one in review.reports:
        for change, findings in zip(one.comparison.changes if one.comparison else (), one.touching, strict=True):
            yield one, change, findings


def _summary(review: Review) -> Iterator[str]:
    yield f"| report | | {' | '.join(KINDS)} | cause |"
    yield f"| --- | --- |{' --: |' * len(KINDS)} --- |"
    for one in review.reports:
        counts = counts_of(one.comparison)
        numbers = " | ".join(str(counts[kind] or "") for kind in KINDS)
        causes = ", ".join(one.comparison.causes) if one.comparison else ""
        why = f": {_value(_short(one.why, 2 * WIDTH))}" if one.why and one.state == "unreadable" else ""
        yield f"| {_value(_short(one.report, WIDTH))} | {_STATES[one.state]}{why} | {numbers} | {causes} |"


def _table(rows: list[_Row], language: Language, sizes: Sizes) -> Iterator[str]:
    yield "| kind | where | what | before | after | findings |"
    yield "| --- | --- | --- | --- | --- | --- |"
    yield from (_line(row, language, sizes) for row in rows)


def _line(row: _Row, language: Language, sizes: Sizes) -> str:
    reviewed, change, findings = row
    labels = change.labels
    year = None if labels.fiscal_year is None else str(labels.fiscal_year)
    outer = labels.programme or labels.case_study or labels.policy
    inner = (outer, labels.passage, labels.metric, year, labels.subject)
    where = " › ".join(_short(one, NAME) for one in inner if one) or _short(reviewed.report, WIDTH)
    before, after = shortened(*texts_of(change, language, sizes), WIDTH)
    codes = ", ".join(dict.fromkeys(word(language, "codes", one.code) for one in findings))
    cells = (
        change.kind,
        _value(where),
        what_differs(change, language),
        _value(before),
        _value(after),
        _value(_short(codes, WIDTH)),
    )
    return f"| {' | '.join(cells)} |"


def _folded(rows: list[_Row], language: Language, sizes: Sizes, room: int) -> Iterator[str]:
    yield f"<details><summary>{len(rows)} more changes</summary>"
    yield ""
    lines = list(_within(_table(rows, language, sizes), room - 200))  # for what ends it
    yield from lines
    if left := len(rows) - _rows_of(lines):
        yield ""
        yield f"{left} of them are only on the page: `extractor review --html review.html`"
    yield ""
    yield "</details>"


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _value(text: str) -> str:
    """What comes from a document. References (@team, #1, GH-1, a commit) are looked for in what was made of the
    Markdown, so that no way of writing a sign prevents them; but not in code."""
    return f"<code>{plain(text)}</code>" if text else ""


def plain(text: str) -> str:
    """A text that Markdown and HTML show as it is: every sign of ASCII that is no letter or figure as a number."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return "".join(
        sign if sign in " ,-" or not sign.isascii() or sign.isalnum() else f"&#{ord(sign)};" for sign in line
    )
