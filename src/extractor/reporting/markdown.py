"""Markdown: a review as a comment on a pull request: counts, what weighs most, and the rest folded away."""

from collections.abc import Iterable, Iterator, Sequence

from extractor.records.comparison import Change
from extractor.records.report import Finding
from extractor.records.review import Review, Reviewed
from extractor.reporting.i18n import Language, say, word
from extractor.reporting.original import UNKNOWN, Sizes
from extractor.reporting.severity import weigh_change
from extractor.reporting.terminal import KINDS, count_changes, count_things, cut_text, name_what_differs, shorten_pair
from extractor.reporting.values import write_both_values

# So many changes are shown; the others are folded away, up to so many characters in all: a comment holds 65,536.
SHOWN, LONGEST = 30, 60_000
# Characters of that which the reports may take, and which are kept for what ends the folded changes.
SUMMARY, FOLD_END = 10_000, 200
# Characters of each text, and of each name in a place.
WIDTH, NAME = 80, 30
_STATES = {
    "same": "as accepted",
    "changed": "differs",
    "new": "new, nothing of it was accepted",
    "pending": "accepted, but for what is pending",
    "missing": "not read yet",
    "orphan": "no input",
    "unreadable": "cannot be read",
}
# Lines of a table's heading and the rule below it.
HEAD = 2
_Row = tuple[Reviewed, Change, tuple[Finding, ...]]


def render_markdown(review: Review, language: Language = "en", sizes: Sizes = UNKNOWN) -> str:
    """Write the review as Markdown.

    What comes from a document is written so that it can be no markup, link or mention.

    Args:
        review: What was reviewed.
        language: The language of the values.
        sizes: How large the files are that the reports were read from, as far as they are at hand.

    Returns:
        The text, short enough for a comment.
    """
    rows = [
        (reviewed, change, findings)
        for reviewed in review.reports
        for change, findings in zip(
            reviewed.comparison.changes if reviewed.comparison else (), reviewed.touching, strict=True
        )
    ]
    rows.sort(key=lambda row: weigh_change(row[1], row[2]))
    summary = list(_take_what_fits(_tabulate_reports(review), SUMMARY))
    parts = [_write_heading(review), "", *summary]
    if left := len(review.reports) - _count_rows(summary):
        parts += ["", f"{left} more reports are only on the page."]
    shown = 0
    if rows:
        lines = list(_take_what_fits(_tabulate_changes(rows[:SHOWN], language, sizes), LONGEST - _measure_lines(parts)))
        parts += ["", *lines]
        shown = _count_rows(lines)
    if len(rows) > shown:
        parts += ["", *_fold_changes(rows[shown:], language, sizes, LONGEST - _measure_lines(parts))]
    return "\n".join(parts) + "\n"


def _measure_lines(lines: Iterable[str]) -> int:
    return sum(len(line) + 1 for line in lines)


def _count_rows(table: Sequence[str]) -> int:
    return max(0, len(table) - HEAD)


def _take_what_fits(lines: Iterable[str], room: int) -> Iterator[str]:
    """Yield as many of the lines as there is room for, in characters."""
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            return
        yield line


def _write_heading(review: Review) -> str:
    if not review.differs:
        return "**The output is as golden.**"
    reports = count_things(sum(reviewed.state != "same" for reviewed in review.reports), "report")
    places = f"{review.places} places of " if review.places else ""
    pending = f" {review.pending} of them are pending." if review.pending else ""
    return f"**The output differs from golden in {places}{reports}.{pending}**"


def _tabulate_reports(review: Review) -> Iterator[str]:
    yield f"| report | | {' | '.join(KINDS)} | cause |"
    yield f"| --- | --- |{' --: |' * len(KINDS)} --- |"
    for reviewed in review.reports:
        counts = count_changes(reviewed.comparison)
        numbers = " | ".join(str(counts[kind] or "") for kind in KINDS)
        causes = ", ".join(reviewed.comparison.causes) if reviewed.comparison else ""
        unreadable = reviewed.why and reviewed.state == "unreadable"
        why = f": {_quote_text(reviewed.why or '', 2 * WIDTH)}" if unreadable else ""
        yield f"| {_quote_text(reviewed.report)} | {_STATES[reviewed.state]}{why} | {numbers} | {causes} |"


def _tabulate_changes(rows: Sequence[_Row], language: Language, sizes: Sizes) -> Iterator[str]:
    yield "| kind | where | what | before | after | findings |"
    yield "| --- | --- | --- | --- | --- | --- |"
    yield from (_write_row(row, language, sizes) for row in rows)


def _write_row(row: _Row, language: Language, sizes: Sizes) -> str:
    reviewed, change, findings = row
    labels = change.labels
    year = None if labels.fiscal_year is None else str(labels.fiscal_year)
    outer = labels.programme or labels.case_study or labels.policy
    inner = (outer, labels.passage, labels.metric, year, labels.subject)
    where = " › ".join(cut_text(label, NAME) for label in inner if label) or cut_text(reviewed.report, WIDTH)
    texts = shorten_pair(*write_both_values(change, language, sizes), WIDTH)
    codes = ", ".join(dict.fromkeys(_name_finding(finding, language) for finding in findings))
    values = [_quote_text(text, None) for text in (where, *texts, cut_text(codes, WIDTH))]
    return f"| {change.kind} | {values[0]} | {name_what_differs(change, language)} | {' | '.join(values[1:])} |"


def _name_finding(finding: Finding, language: Language) -> str:
    name = word(language, "codes", finding.code)
    return say(language, "finding_list.waived_name", name=name) if finding.waived else name


def _fold_changes(rows: Sequence[_Row], language: Language, sizes: Sizes, room: int) -> Iterator[str]:
    yield f"<details><summary>{len(rows)} more changes</summary>"
    yield ""
    lines = list(_take_what_fits(_tabulate_changes(rows, language, sizes), room - FOLD_END))
    yield from lines
    if left := len(rows) - _count_rows(lines):
        yield ""
        yield f"{left} of them are only on the page: `extractor review --html review.html`"
    yield ""
    yield "</details>"


def _quote_text(text: str, width: int | None = WIDTH) -> str:
    """Write what comes from a document as code, cut to a number of characters where one is given.

    References (@team, #1, GH-1, a commit) are looked for in what was made of the Markdown, so that no way of writing a
    character prevents them; but not in code.
    """
    cut = text if width is None else cut_text(text, width)
    return f"<code>{escape_markdown(cut)}</code>" if cut else ""


def escape_markdown(text: str) -> str:
    """Write a text so that Markdown and HTML show it as it is.

    Every ASCII character that is no letter or figure is written by its number.

    >>> escape_markdown("a*b")
    'a&#42;b'
    """
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return "".join(
        sign if sign in " ,-" or not sign.isascii() or sign.isalnum() else f"&#{ord(sign)};" for sign in line
    )
