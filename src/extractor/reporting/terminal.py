"""Terminal: a review as a line a report, and a comparison as a line a change."""

from collections import Counter
from typing import Any

from rich.table import Table
from rich.text import Text

from extractor.records.comparison import Change, ChangeKind, Comparison, Labels
from extractor.records.review import Review
from extractor.reporting.i18n import Language, words
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


def tabulate_review(review: Review) -> Table:
    """Lay out a line a report: what became of it, and how many changes of each kind."""
    table = Table(box=None, pad_edge=False)
    table.add_column("report", overflow="fold")
    table.add_column("", no_wrap=True)
    for kind in KINDS:
        table.add_column(kind, justify="right")
    table.add_column("pending", justify="right")
    table.add_column("cause", no_wrap=True)
    for reviewed in review.reports:
        counts = count_changes(reviewed.comparison)
        causes = ", ".join(reviewed.comparison.causes) if reviewed.comparison else ""
        numbers = (str(counts[kind] or "") for kind in KINDS)
        table.add_row(
            Text(make_printable(reviewed.report)), reviewed.state, *numbers, str(reviewed.pending or ""), causes
        )
    return table


def describe_difference(review: Review) -> str:
    """Say on one line whether the output is as golden, and how to see where it is not."""
    if not review.differs:
        return "output is as golden"
    # Reports without a comparison differ as a whole: one of their files is missing, or cannot be read.
    whole = sum(reviewed.state != "same" and reviewed.comparison is None for reviewed in review.reports)
    places = [count_things(review.places, "place")] if review.places or not whole else []
    reports = [count_things(whole, "whole report")] if whole else []
    pending = f" ({review.pending} of them pending)" if review.pending else ""
    where = " and ".join(places + reports)
    return f"output differs from golden in {where}{pending}: extractor review --html review.html"


def count_things(count: int, name: str) -> str:
    """Write a number of things.

    Args:
        count: How many there are.
        name: What one of them is called.

    Returns:
        The number and the name, which has an s where there is not one of them.

    >>> count_things(1, "place"), count_things(2, "place")
    ('1 place', '2 places')
    """
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def count_changes(comparison: Comparison | None) -> Counter[ChangeKind]:
    """Count the changes of each kind."""
    return Counter(change.kind for change in (comparison.changes if comparison else ()))


def tabulate_changes(comparison: Comparison, sizes: Sizes = UNKNOWN) -> Table:
    """Lay out a line a change: kind, where, what it was and what it is.

    Args:
        comparison: What differs.
        sizes: How large the files are that the reports were read from, as far as they are at hand.

    Returns:
        The table.
    """
    table = Table(box=None, pad_edge=False)
    table.add_column("kind", no_wrap=True)
    for heading in ("where", "what", "before", "after"):
        table.add_column(heading, overflow="fold")
    for change in comparison.changes:
        before, after = map(Text, _write_sides(change, sizes))
        table.add_row(
            Text(change.kind, _COLOURS[change.kind]),
            Text(name_place(change.labels)),
            name_what_differs(change),
            before,
            after,
        )
    return table


def summarize_comparison(comparison: Comparison) -> str:
    """Say how many changes of each kind there are, and why."""
    if not comparison.changes:
        return "no differences"
    counts = count_changes(comparison)
    total = count_things(len(comparison.changes), "change")
    kinds = ", ".join(f"{counts[kind]} {kind}" for kind in _COLOURS if counts[kind])
    why = f"; cause: {', '.join(comparison.causes)}" if comparison.causes else ""
    return f"{total}: {kinds}{why}"


def name_what_differs(change: Change, language: Language = "en") -> str:
    """Name the record and the field that a change is of.

    Args:
        change: What differs.
        language: The language in which it is said what became of the file that was read.

    Returns:
        The names of the contract; of the file that was read, also what became of it.
    """
    what = change.record if change.field is None else f"{change.record} {change.field}"
    return f"{what}: {describe_change_of_original(change, language)}" if is_original(change) else what


def name_place(labels: Labels) -> str:
    """Name the place of a change, from the programme or case study inwards.

    It names the chapter where the change is in none.
    """
    year = None if labels.fiscal_year is None else str(labels.fiscal_year)
    inner = (labels.programme, labels.passage, labels.metric, year, labels.case_study, labels.subject)
    named = [label for label in inner if label is not None]
    if not named:
        named = [label for label in (labels.policy, labels.initiative) if label is not None]
    return make_printable(" › ".join(cut_text(label, NAME) for label in named)) or "report"


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


def _write_sides(change: Change, sizes: Sizes) -> tuple[str, str]:
    if is_original(change):
        before, after = map(make_printable, describe_originals(change, "en", sizes))
        return before, after
    if change.kind == "moved":
        # The values are the same: what differs is where they stand.
        return change.left_pointer or "", change.right_pointer or ""
    before, after = show_value(change.before), show_value(change.after)
    if change.kind == "changed" and before == after:
        before, after = _write_differing_fields(change.before, change.after)
        if before == after:
            return before, words("en")["leads_elsewhere"]
    return shorten_pair(before, after)


def show_value(value: Any) -> str:
    """Show a value in few words: of a record its name, or what is printed."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if value.get("raw") == "":
            return f"({value.get('status')})"
        return next((show_value(value[name]) for name in _NAMES if value.get(name) is not None), _join_fields(value))
    return make_printable(", ".join(map(show_value, value)) if isinstance(value, list) else str(value))


def _join_fields(record: dict[str, Any]) -> str:
    return ", ".join(f"{name} {show_value(value)}" for name, value in record.items() if value is not None)


def _write_differing_fields(before: Any, after: Any) -> tuple[str, str]:
    """Write of two records of one name the fields in which they differ."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return show_value(before), show_value(after)
    names = [name for name in before if name != "source" and before[name] != after.get(name)]
    one, other = (
        "; ".join(f"{name}: {_write_in_full(record.get(name))}" for name in names) for record in (before, after)
    )
    return one, other


def _write_in_full(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_write_in_full, value)) + "]"
    if isinstance(value, dict):
        return _join_fields({name: inside for name, inside in value.items() if inside != []})
    return show_value(value)


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
