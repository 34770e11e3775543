"""Terminal: a review as a line a report, and a comparison as a line a change."""

from collections import Counter
from typing import Any

from rich.table import Table
from rich.text import Text

from extractor.records.comparison import Change, ChangeKind, Comparison, Labels
from extractor.records.review import Review
from extractor.records.spec import UNCOMPARED
from extractor.reporting.i18n import Language, say, word, words
from extractor.reporting.original import UNKNOWN, Sizes, describe_change_of_original, describe_originals, is_original

# Characters: so much of a value is shown, so much of what is the same before the first difference, so much of a name.
WIDTH, BEFORE, NAME = 40, 6, 24
_COLOURS: dict[ChangeKind, str] = {
    "added": "green",
    "removed": "red",
    "changed": "yellow",
    "renamed": "cyan",
    "moved": "blue",
}
KINDS = tuple(_COLOURS)
# What a record is shown by: the first of these that it has; and of an observation that says the same, its quantities.
_NAMES = ("raw", "name", "title", "heading", "text", "message", "division", "predicate", "file", "correct")


def tabulate_review(review: Review, language: Language = "en") -> Table:
    """Lay out a line a report: what became of it, and how many changes of each kind.

    Args:
        review: What was reviewed.
        language: The language of the words.

    Returns:
        The table.
    """
    table = Table(box=None, pad_edge=False)
    table.add_column(say(language, "terminal.report"), overflow="fold")
    table.add_column("", no_wrap=True)
    for kind in KINDS:
        table.add_column(word(language, "kinds", kind), justify="right")
    table.add_column(say(language, "terminal.pending"), justify="right")
    table.add_column(say(language, "terminal.cause"), no_wrap=True)
    for reviewed in review.reports:
        counts = count_changes(reviewed.comparison)
        causes = name_causes(reviewed.comparison, language)
        numbers = (str(counts[kind] or "") for kind in KINDS)
        state = word(language, "states", reviewed.state)
        table.add_row(Text(make_printable(reviewed.report)), state, *numbers, str(reviewed.pending or ""), causes)
    return table


def name_causes(comparison: Comparison | None, language: Language) -> str:
    """Name the causes of what differs.

    Args:
        comparison: What differs; None: nothing could be compared.
        language: The language of the names.

    Returns:
        The names, in one text.
    """
    causes = tuple(word(language, "causes", cause) for cause in comparison.causes) if comparison else ()
    return say(language, "terminal.list", words=causes)


def describe_difference(review: Review, language: Language = "en") -> str:
    """Say on one line whether the output is as golden, and how to see where it is not.

    Args:
        review: What was reviewed.
        language: The language of the line.

    Returns:
        The line.
    """
    if not review.differs:
        return say(language, "terminal.as_golden")
    # Reports without a comparison differ as a whole: one of their files is missing, or cannot be read.
    whole = sum(reviewed.state != "same" and reviewed.comparison is None for reviewed in review.reports)
    rewritten = sum(reviewed.is_rewritten for reviewed in review.reports)
    counts = {"places": review.places, "whole_reports": whole, "rewritten": rewritten}
    where = tuple(say(language, f"terminal.{name}", count=count) for name, count in counts.items() if count)
    which = tuple(f"{make_printable(one.report)} {one.pending}" for one in review.reports if one.pending)
    pending = say(language, "terminal.of_them_pending", count=review.pending, which=which) if which else ""
    return say(language, "terminal.differs", where=where, pending=pending)


def count_changes(comparison: Comparison | None) -> Counter[ChangeKind]:
    """Count the changes of each kind."""
    return Counter(change.kind for change in (comparison.changes if comparison else ()))


def tabulate_changes(comparison: Comparison, sizes: Sizes = UNKNOWN, language: Language = "en") -> Table:
    """Lay out a line a change: kind, where, what it was and what it is.

    Args:
        comparison: What differs.
        sizes: How large the files are that the reports were read from, as far as they are at hand.
        language: The language of the words.

    Returns:
        The table.
    """
    table = Table(box=None, pad_edge=False)
    table.add_column(say(language, "terminal.kind"), no_wrap=True)
    for heading in ("where", "what", "before", "after"):
        table.add_column(say(language, f"terminal.{heading}"), overflow="fold")
    for change in comparison.changes:
        before, after = map(Text, _write_sides(change, sizes, language))
        table.add_row(
            Text(word(language, "kinds", change.kind), _COLOURS[change.kind]),
            Text(name_place(change.labels, language)),
            name_what_differs(change, language),
            before,
            after,
        )
    return table


def summarize_comparison(comparison: Comparison, language: Language = "en") -> str:
    """Say how many changes of each kind there are, and why.

    Args:
        comparison: What differs.
        language: The language of the line.

    Returns:
        The line.
    """
    if not comparison.changes:
        return say(language, "terminal.no_differences")
    counts = count_changes(comparison)
    kinds = tuple(
        say(language, "terminal.count", count=counts[kind], name=word(language, "kinds", kind))
        for kind in KINDS
        if counts[kind]
    )
    causes = name_causes(comparison, language)
    why = say(language, "terminal.why", causes=causes) if causes else ""
    return say(language, "terminal.total", count=len(comparison.changes), kinds=kinds, why=why)


def name_what_differs(change: Change, language: Language = "en") -> str:
    """Name the record and the field that a change is of.

    Args:
        change: What differs.
        language: The language of the names; in English they are those of the contract.

    Returns:
        The names; of the file that was read, also what became of it.
    """
    record = call_by_name(language, "records", change.record)
    if language == "ja" and is_original(change):
        return describe_change_of_original(change, language)
    what = record if change.field is None else f"{record} {call_by_name(language, 'fields', change.field)}"
    return f"{what}: {describe_change_of_original(change, language)}" if is_original(change) else what


def call_by_name(language: Language, group: str, name: str) -> str:
    """Call a record or a field by its name in the contract, or by the word for it in Japanese.

    Args:
        language: The language.
        group: `records` or `fields`.
        name: The name in the contract.

    Returns:
        The name or the word.
    """
    return word(language, group, name) if language == "ja" else name


def name_place(labels: Labels, language: Language = "en") -> str:
    """Name the place of a change, from the programme or case study inwards.

    Args:
        labels: What the places are called.
        language: The language of what is no text of the report.

    Returns:
        The names; that of the chapter where the change is in neither.
    """
    passage, year = name_passage_and_year(labels, language)
    inner = (labels.programme, passage, labels.metric, year, labels.case_study, labels.subject)
    named = [label for label in inner if label is not None]
    if not named:
        named = [label for label in (labels.policy, labels.initiative) if label is not None]
    names = make_printable(" › ".join(cut_text(label, NAME) for label in named))
    return names or call_by_name(language, "records", "report")


def name_passage_and_year(labels: Labels, language: Language) -> tuple[str | None, str | None]:
    """Name the passage and the fiscal year in which a change is.

    Args:
        labels: What its places are called.
        language: The language of the names.

    Returns:
        Both names; None for one in which it is not.
    """
    passage = None if labels.passage is None else word(language, "passages", labels.passage)
    return passage, None if labels.fiscal_year is None else say(language, "terminal.year", year=labels.fiscal_year)


def make_printable(text: str) -> str:
    r"""Write a text on one line without characters that would steer a terminal.

    >>> make_printable("a\tb\x1b[2J")
    'a b\\x1b[2J'
    """
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else f"\\x{ord(sign):02x}" for sign in text)


def cut_text(text: str, width: int) -> str:
    """Cut a text to a number of characters.

    Args:
        text: The text.
        width: The number of characters.

    Returns:
        The text, or its beginning with an ellipsis.
    """
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _write_sides(change: Change, sizes: Sizes, language: Language) -> tuple[str, str]:
    if is_original(change):
        before, after = map(make_printable, describe_originals(change, language, sizes))
        return before, after
    if change.kind == "moved":
        # The values are the same: what differs is where they stand.
        if language == "ja":
            return "", say(language, "terminal.moved")
        return change.left_pointer or "", change.right_pointer or ""
    before, after = show_value(change.before, language), show_value(change.after, language)
    if change.kind == "changed" and before == after:
        before, after = _write_differing_fields(change.before, change.after, language)
        if before == after:
            return before, words(language)["leads_elsewhere"]
    return shorten_pair(before, after)


def show_value(value: Any, language: Language = "en") -> str:
    """Show a value in few words: of a record its name, or what is printed.

    Args:
        value: The value, as JSON holds it.
        language: The language of what is no text of the report.

    Returns:
        The words, on one line.
    """
    if value is None:
        return "–"
    if isinstance(value, bool):
        return word(language, "terminal", "yes" if value else "no")
    if isinstance(value, dict):
        return _show_record(value, language)
    if isinstance(value, list):
        return make_printable(", ".join(show_value(one, language) for one in value))
    return make_printable(str(value))


def _show_record(record: dict[str, Any], language: Language) -> str:
    if record.get("raw") == "":
        return f"({word(language, 'statuses', str(record.get('status')))})"
    if language == "ja" and record.get("message_ja"):
        return make_printable(record["message_ja"])
    named = (show_value(record[name], language) for name in _NAMES if record.get(name) is not None)
    return next(named, _join_fields(record, language))


def _join_fields(record: dict[str, Any], language: Language) -> str:
    return ", ".join(
        f"{call_by_name(language, 'fields', name)} {show_value(value, language)}"
        for name, value in record.items()
        if value is not None
    )


def _write_differing_fields(before: Any, after: Any, language: Language) -> tuple[str, str]:
    """Write of two records of one name the fields in which they differ."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return show_value(before, language), show_value(after, language)
    names = [name for name in before if name not in UNCOMPARED and before[name] != after.get(name)]
    one, other = (
        "; ".join(
            f"{call_by_name(language, 'fields', name)}: {_write_in_full(record.get(name), language)}" for name in names
        )
        for record in (before, after)
    )
    return one, other


def _write_in_full(value: Any, language: Language) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_write_in_full(one, language) for one in value) + "]"
    if isinstance(value, dict):
        return _join_fields({name: inside for name, inside in value.items() if inside != []}, language)
    return show_value(value, language)


def shorten_pair(before: str, after: str, width: int = WIDTH) -> tuple[str, str]:
    """Shorten two texts so that what differs in them can be seen.

    Args:
        before: A text.
        after: Another one.
        width: The number of characters that each may have.

    Returns:
        Both texts from the same character on, near the first difference.
    """
    if max(len(before), len(after)) <= width:
        return before, after
    # Of two of which one goes on where the other ends, the difference is there.
    ends = min(len(before), len(after))
    same = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), ends)
    start = max(0, same - BEFORE)
    opening = "…" if start else ""
    return opening + cut_text(before[start:], width), opening + cut_text(after[start:], width)
