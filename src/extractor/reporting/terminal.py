"""Terminal: a comparison as a table of one line a change."""

from collections import Counter
from typing import Any

from rich.table import Table
from rich.text import Text

from extractor.records.comparison import Change, ChangeKind, Comparison, Labels
from extractor.records.review import Review
from extractor.reporting.i18n import Language, words
from extractor.reporting.original import UNKNOWN, Sizes, describe_originals, is_original, sentence_of

# So much of a value is shown, so much of what is the same before the first difference, and so much of each name.
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


def review_table(review: Review) -> Table:
    """A line a report: what became of it, and how many changes of each kind."""
    table = Table(box=None, pad_edge=False)
    table.add_column("report", overflow="fold")
    table.add_column("", no_wrap=True)
    for kind in KINDS:
        table.add_column(kind, justify="right")
    table.add_column("cause", no_wrap=True)
    for one in review.reports:
        counts = counts_of(one.comparison)
        causes = ", ".join(one.comparison.causes) if one.comparison else ""
        numbers = (str(counts[kind]) if counts[kind] else "" for kind in KINDS)
        table.add_row(Text(printable(one.report)), one.state, *numbers, causes)
    return table


def difference_line(review: Review) -> str:
    """One line: whether the output is as golden, and how to see where it is not."""
    if not review.differs:
        return "output is as golden"
    # Reports without a comparison differ as a whole: one of their files is missing, or cannot be read.
    whole = sum(one.state != "same" and one.comparison is None for one in review.reports)
    places = [_counted(review.places, "place")] if review.places or not whole else []
    reports = [_counted(whole, "whole report")] if whole else []
    return f"output differs from golden in {' and '.join(places + reports)}: extractor review --html review.html"


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def counts_of(comparison: Comparison | None) -> Counter[ChangeKind]:
    """How many changes of each kind there are."""
    return Counter(change.kind for change in (comparison.changes if comparison else ()))


def table_of(comparison: Comparison, sizes: Sizes = UNKNOWN) -> Table:
    """Lay out a line a change: kind, where, what it was and what it is.

    Args:
        comparison: What differs.
        sizes: How large the files are that the reports were read from, as far as they are at hand.

    Returns:
        The table.
    """
    table = Table(box=None, pad_edge=False)
    table.add_column("kind", no_wrap=True)
    table.add_column("where", overflow="fold")
    table.add_column("what", overflow="fold")
    table.add_column("before", overflow="fold")
    table.add_column("after", overflow="fold")
    for change in comparison.changes:
        before, after = _values(change, sizes)
        table.add_row(
            Text(change.kind, _COLOURS[change.kind]), Text(where(change.labels)), what_differs(change), before, after
        )
    return table


def summary_of(comparison: Comparison) -> str:
    """How many changes of each kind there are, and why."""
    if not comparison.changes:
        return "no differences"
    counts = counts_of(comparison)
    total = "1 change" if len(comparison.changes) == 1 else f"{len(comparison.changes)} changes"
    kinds = ", ".join(f"{counts[kind]} {kind}" for kind in _COLOURS if counts[kind])
    why = f"; cause: {', '.join(comparison.causes)}" if comparison.causes else ""
    return f"{total}: {kinds}{why}"


def what_differs(change: Change, language: Language = "en") -> str:
    """Name the record and the field that a change is of; of the file that was read, also what became of it."""
    what = change.record if change.field is None else f"{change.record} {change.field}"
    return f"{what}: {sentence_of(change, language)}" if is_original(change) else what


def where(labels: Labels) -> str:
    """The place of a change, from the programme or case study inwards; the chapter where it is in none."""
    year = None if labels.fiscal_year is None else str(labels.fiscal_year)
    inner = (labels.programme, labels.passage, labels.metric, year, labels.case_study, labels.subject)
    named = [one for one in inner if one is not None]
    if not named:
        named = [one for one in (labels.policy, labels.initiative) if one is not None]
    return printable(" › ".join(one if len(one) <= NAME else f"{one[: NAME - 1]}…" for one in named)) or "report"


def printable(text: str) -> str:
    """A text on one line without signs that would steer a terminal."""
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else f"\\x{ord(sign):02x}" for sign in text)


def _values(change: Change, sizes: Sizes) -> tuple[Text, Text]:
    if is_original(change):
        before, after = map(printable, describe_originals(change, "en", sizes))
        return Text(before), Text(after)
    if change.kind == "moved":
        # The values are the same: what differs is where they stand.
        return Text(change.left_pointer or ""), Text(change.right_pointer or "")
    before, after = shown(change.before), shown(change.after)
    if change.kind == "changed" and before == after:
        before, after = _differing(change.before, change.after)
    if change.kind == "changed" and before == after:
        return Text(before), Text(words("en")["leads_elsewhere"])
    before, after = shortened(before, after)
    return Text(before), Text(after)


def shown(value: Any) -> str:
    """A value in few words: of a record its name, or what is printed."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if value.get("raw") == "":
            return f"({value.get('status')})"
        return next((shown(value[name]) for name in _NAMES if value.get(name) is not None), _fields(value))
    return printable(", ".join(map(shown, value)) if isinstance(value, list) else str(value))


def _fields(record: dict[str, Any]) -> str:
    return ", ".join(f"{name} {shown(value)}" for name, value in record.items() if value is not None)


def _differing(before: Any, after: Any) -> tuple[str, str]:
    """Two records of one name: the fields in which they differ."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return shown(before), shown(after)
    names = [name for name in before if name != "source" and before[name] != after.get(name)]
    one, other = ({name: _plain(record.get(name)) for name in names} for record in (before, after))
    return _said(one), _said(other)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    if isinstance(value, dict):
        return _fields({name: one for name, one in value.items() if one != []})
    return shown(value)


def _said(fields: dict[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in fields.items())


def shortened(before: str, after: str, width: int = WIDTH) -> tuple[str, str]:
    """Two texts so that what differs in them can be seen: both from the same sign on, near the first difference."""
    if max(len(before), len(after)) <= width:
        return before, after
    # Of two of which one goes on where the other ends, the difference is there.
    ends = min(len(before), len(after))
    same = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), ends)
    start = max(0, same - BEFORE)
    return _cut(before, start, width), _cut(after, start, width)


def _cut(text: str, start: int, width: int) -> str:
    opening = "…" if start else ""
    rest = text[start:]
    return opening + (rest if len(rest) <= width else rest[: width - 1] + "…")
