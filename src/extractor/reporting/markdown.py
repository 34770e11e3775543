"""Markdown: a review as a comment on a pull request: counts, what weighs most, and the rest folded away."""

from collections.abc import Iterable, Iterator, Sequence

from extractor.records.comparison import Change
from extractor.records.report import Finding
from extractor.records.review import Review, Reviewed
from extractor.reporting.i18n import Language, say, word
from extractor.reporting.original import UNKNOWN, Sizes
from extractor.reporting.severity import weigh_change
from extractor.reporting.terminal import (
    KINDS,
    count_changes,
    cut_text,
    name_causes,
    name_passage_and_year,
    name_what_differs,
    shorten_pair,
)
from extractor.reporting.values import write_both_values

# So many changes are shown; the others are folded away, up to so many characters in all: a comment holds 65,536.
SHOWN, LONGEST = 30, 60_000
# Characters of that which the reports may take, and which are kept for what ends the folded changes.
SUMMARY, FOLD_END = 10_000, 200
# Characters of each text, and of each name in a place.
WIDTH, NAME = 80, 30
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
    summary = list(_take_what_fits(_tabulate_reports(review, language), SUMMARY))
    parts = [_write_heading(review, language), "", *summary]
    if left := len(review.reports) - _count_rows(summary):
        parts += ["", say(language, "markdown.more_reports", count=left)]
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


def _write_heading(review: Review, language: Language) -> str:
    if not review.differs:
        return f"**{say(language, 'markdown.as_golden')}**"
    reports = sum(reviewed.state != "same" for reviewed in review.reports)
    places = say(language, "markdown.places", count=review.places) if review.places else ""
    pending = say(language, "markdown.pending", count=review.pending) if review.pending else ""
    return f"**{say(language, 'markdown.differs', places=places, reports=reports)}{pending}**"


def _tabulate_reports(review: Review, language: Language) -> Iterator[str]:
    kinds = " | ".join(word(language, "kinds", kind) for kind in KINDS)
    yield f"| {say(language, 'terminal.report')} | | {kinds} | {say(language, 'terminal.cause')} |"
    yield f"| --- | --- |{' --: |' * len(KINDS)} --- |"
    for reviewed in review.reports:
        counts = count_changes(reviewed.comparison)
        numbers = " | ".join(str(counts[kind] or "") for kind in KINDS)
        causes = name_causes(reviewed.comparison, language)
        state = say(language, f"markdown.{'pending_state' if reviewed.state == 'pending' else reviewed.state}")
        why = _say_why(reviewed, language) if reviewed.state == "unreadable" else ""
        yield f"| {_quote_text(reviewed.report)} | {state}{why} | {numbers} | {causes} |"


def _say_why(reviewed: Reviewed, language: Language) -> str:
    why = (language == "ja" and reviewed.why_ja) or reviewed.why
    return f": {_quote_text(why, 2 * WIDTH)}" if why else ""


def _tabulate_changes(rows: Sequence[_Row], language: Language, sizes: Sizes) -> Iterator[str]:
    heads = [say(language, f"terminal.{name}") for name in ("kind", "where", "what", "before", "after", "findings")]
    yield f"| {' | '.join(heads)} |"
    yield "| --- | --- | --- | --- | --- | --- |"
    yield from (_write_row(row, language, sizes) for row in rows)


def _write_row(row: _Row, language: Language, sizes: Sizes) -> str:
    reviewed, change, findings = row
    labels = change.labels
    passage, year = name_passage_and_year(labels, language)
    outer = labels.programme or labels.case_study or labels.policy
    inner = (outer, passage, labels.metric, year, labels.subject)
    where = " › ".join(cut_text(label, NAME) for label in inner if label) or cut_text(reviewed.report, WIDTH)
    texts = shorten_pair(*write_both_values(change, language, sizes), WIDTH)
    codes = ", ".join(dict.fromkeys(_name_finding(finding, language) for finding in findings))
    values = [_quote_text(text, None) for text in (where, *texts, cut_text(codes, WIDTH))]
    kind, what = word(language, "kinds", change.kind), name_what_differs(change, language)
    return f"| {kind} | {values[0]} | {what} | {' | '.join(values[1:])} |"


def _name_finding(finding: Finding, language: Language) -> str:
    name = word(language, "codes", finding.code)
    return say(language, "finding_list.waived_name", name=name) if finding.waived else name


def _fold_changes(rows: Sequence[_Row], language: Language, sizes: Sizes, room: int) -> Iterator[str]:
    yield f"<details><summary>{say(language, 'markdown.more_changes', count=len(rows))}</summary>"
    yield ""
    lines = list(_take_what_fits(_tabulate_changes(rows, language, sizes), room - FOLD_END))
    yield from lines
    if left := len(rows) - _count_rows(lines):
        yield ""
        yield say(language, "markdown.only_on_page", count=left)
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
