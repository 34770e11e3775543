"""Markdown: a review as a comment on a pull request: counts, what weighs most, and the rest folded away."""

from collections.abc import Iterator

from extractor.model.comparison import Change
from extractor.model.record import Finding
from extractor.model.review import Review, Reviewed
from extractor.report.severity import weight
from extractor.report.terminal import KINDS, counts_of, shortened
from extractor.report.values import texts_of
from extractor.report.words import Language, word

# So many changes are shown; the others are folded away, up to so many characters in all: a comment holds 65,536.
SHOWN, LONGEST = 30, 60_000
# Of each text so many signs.
WIDTH = 80
_STATES = {
    "same": "as accepted",
    "changed": "differs",
    "new": "new, nothing of it was accepted",
    "missing": "no output",
    "orphan": "no input",
    "unreadable": "cannot be read",
}
_Row = tuple[Reviewed, Change, tuple[Finding, ...]]


def markdown_of(review: Review, language: Language = "en") -> str:
    """The review as Markdown. What comes from a document is written so that it can be no markup, link or mention."""
    rows = sorted(_rows(review), key=lambda row: weight(row[1], row[2]))
    parts = [_heading(review), "", *_summary(review)]
    if rows:
        # One change takes no more than a few hundred characters: those shown are always within the bounds.
        parts += ["", *_table(rows[:SHOWN], language)]
    if len(rows) > SHOWN:
        used = sum(len(line) + 1 for line in parts)
        parts += ["", *_folded(rows[SHOWN:], language, LONGEST - used)]
    return "\n".join(parts) + "\n"


def _heading(review: Review) -> str:
    if not review.differs:
        return "**The output is as golden.**"
    count = sum(one.state != "same" for one in review.reports)
    reports = "1 report" if count == 1 else f"{count} reports"
    return f"**The output differs from golden in {review.places} places of {reports}.**"


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
        why = f": {plain(one.why)}" if one.why and one.state == "unreadable" else ""
        yield f"| {plain(one.report)} | {_STATES[one.state]}{why} | {numbers} | {causes} |"


def _table(rows: list[_Row], language: Language) -> Iterator[str]:
    yield "| kind | where | what | before | after | findings |"
    yield "| --- | --- | --- | --- | --- | --- |"
    yield from (_line(row, language) for row in rows)


def _line(row: _Row, language: Language) -> str:
    reviewed, change, findings = row
    labels = change.labels
    year = None if labels.fiscal_year is None else str(labels.fiscal_year)
    outer = labels.programme or labels.case_study or labels.policy
    inner = (outer, labels.passage, labels.metric, year, labels.subject)
    where = " › ".join(one for one in inner if one) or reviewed.report
    what = change.record if change.field is None else f"{change.record} {change.field}"
    before, after = shortened(*texts_of(change, language), WIDTH)
    codes = ", ".join(dict.fromkeys(word(language, "codes", one.code) for one in findings))
    cells = (change.kind, plain(where[:WIDTH]), what, _value(before), _value(after), plain(codes[:WIDTH]))
    return f"| {' | '.join(cells)} |"


def _folded(rows: list[_Row], language: Language, room: int) -> Iterator[str]:
    yield f"<details><summary>{len(rows)} more changes</summary>"
    yield ""
    room -= 200  # for what ends it
    left = len(rows) + 2  # the head's two lines
    for line in _table(rows, language):
        room -= len(line) + 1
        if room < 0:
            break
        yield line
        left -= 1
    if left:
        yield ""
        yield f"{left} of them are only on the page: `extractor review --html review.html`"
    yield ""
    yield "</details>"


def _value(text: str) -> str:
    return f"<code>{plain(text)}</code>" if text else ""


def plain(text: str) -> str:
    """A text that Markdown and HTML show as it is: every sign of ASCII that is no letter or figure as a number."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return "".join(
        sign if sign in " ,-" or not sign.isascii() or sign.isalnum() else f"&#{ord(sign)};" for sign in line
    )
