"""Paragraphs: which lines of running text belong together.

An indent opens a paragraph and a line that ends short closes one; so does a change of size or weight, a mark that opens
a note or point after a full stop, and a gap. No space where two lines join.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from statistics import median_low

from extractor.document.geometry import centre_y, width_of
from extractor.document.layout import Paragraph
from extractor.grammar.block_lines import find_line_kind, gives_unit, split_run_in_section
from extractor.grammar.normalize import normalize_printed
from extractor.grammar.office_names import is_contact
from extractor.layout.line_wrap import NON_STARTERS, find_joint, was_broken_on_purpose
from extractor.layout.lines import TextLine, name_type
from extractor.layout.place import LabelledPage
from extractor.layout.runs import split_into_runs
from extractor.profiles.profile import NO_HEADING_WORDS, HeadingWords
from extractor.records.report import Source

# An indent is at least this much of the size deeper than the margin.
INDENT = 0.6
# Lines of one paragraph stand no further apart than this, in sizes, from top to top; where the lines of a style
# usually stand further apart, than this many times their usual distance.
LEADING = 2.4
LOOSER = 1.6
SAME_SIZE = 0.35
SENTENCE_ENDS = frozenset("。｡.．)）】」』｣>＞:：")
# What may not begin a line may hang over the end of the one before, so a line that ends so tells nothing of the margin.
LINE_ENDS = SENTENCE_ENDS | NON_STARTERS
MARKS = frozenset("※○◯〇●■□◆◇▼・･‧•【＜<〔《①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
# What opens a line for itself wherever it stands: a heading's mark, a line that is all in a heading's brackets, or a
# number that a blank sets apart, as in titles.
_NUMBERED = re.compile(r"^(?:[（(][0-9０-９]{1,3}[）)]|[0-9０-９]{1,3}[.．]?)\s")
# In signs: no label at the head of a line is shorter, marks apart, or longer.
LEAST_LABEL, LABEL_LENGTH = 2, 16
HEADING_MARKS = frozenset("■●◆▼")
# A line of a table of contents, which ends with its page.
_LEADER = re.compile(r"[・･…‥.．]{4,}\s*[0-9０-９]+$")
_BRACKETED = re.compile(r"^(?:【[^【】]+】|[＜<《〈][^＜＞<>《》〈〉]+[＞>》〉]|［[^［］]+］|〔[^〔〕]+〕)$")


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A line of text with the page it stands on."""

    line: TextLine
    on: LabelledPage


@dataclass(frozen=True, slots=True)
class Measure:
    """Left and right edge of the text of one size on one kind of page.

    There is also how far apart its lines may stand.
    """

    left: float
    right: float
    reach: float


Style = tuple[float, float, float]


def _style_of(item: BodyLine) -> Style:
    """Return the sides of the page or column, which tell kinds of pages apart, and the size of the letters."""
    x0, x1 = item.on.get_sides()
    return round(x0), round(x1), round(item.line.size * 2) / 2


def measure_styles(items: Sequence[BodyLine]) -> dict[Style, Measure]:
    """Measure the text's edges by kind of page, column and size."""
    by_style: dict[Style, list[BodyLine]] = defaultdict(list)
    for item in items:
        by_style[_style_of(item)].append(item)
    return {style: _measure_text(group, *style) for style, group in by_style.items()}


def _measure_text(items: Sequence[BodyLine], x0: float, x1: float, size: float) -> Measure:
    """Measure the left and the right end of the text of these lines, and their reach from line to line.

    Left: the leftmost x that a tenth of the lines begin near. Right: the furthest that two lines, and a tenth of all,
    come near to without ending in a mark (which may hang); else the margin that the left one has, mirrored.
    """
    group = [item.line for item in items]
    reach = max(LEADING * size, LOOSER * _measure_pitch(items))
    lefts = sorted(line.x0 for line in group)
    left = _find_crowded(lefts, 0.3 * size, max(1.0, len(group) / 10))
    rights = sorted(-line.x1 for line in group if line.text[-1] not in LINE_ENDS)
    right = _find_crowded(rights, size, max(2.0, len(rights) / 10))
    return Measure(lefts[0] if left is None else left, x0 + x1 - lefts[0] if right is None else -right, reach)


def _measure_pitch(items: Sequence[BodyLine]) -> float:
    """Measure how far lines usually stand apart, from top to top; 0 where no two stand on one page."""
    pairs = [(before.line, after.line) for before, after in pairwise(items) if before.on is after.on]
    return median_low([b.top - a.top for a, b in pairs if b.top > a.top] or [0.0])


def _find_crowded(values: list[float], reach: float, need: float) -> float | None:
    """Find the first sorted value with at least `need` of them, itself included, within `reach` behind it; or None."""
    return next((one for at, one in enumerate(values) if bisect_right(values, one + reach) - at >= need), None)


def find_body_font(items: Sequence[BodyLine]) -> tuple[str, float]:
    """Find font and size in which most of the running text is set."""
    counts = Counter[tuple[str, float]]()
    for item in items:
        counts[(item.line.font, item.line.size)] += len(item.line.glyphs)
    return max(counts, key=lambda style: (counts[style], style)) if counts else ("", 0.0)


def is_strong(item: BodyLine, body: tuple[str, float]) -> bool:
    """Tell whether a line is set in another font, or larger, than the body.

    Args:
        item: The line.
        body: Font and size of the body.

    Returns:
        False for smaller text in another font, too.
    """
    return item.line.size > body[1] + SAME_SIZE or (item.line.font != body[0] and item.line.size >= body[1] - SAME_SIZE)


def _opens_paragraph(
    before: BodyLine,
    after: BodyLine,
    first: BodyLine,
    measure: Measure,
    heading_words: HeadingWords,
    shift: float = 0.0,
) -> bool:
    """Tell whether `after` opens a paragraph behind `before`, whose paragraph began with `first`.

    `shift`: how far right of the column of `before` that of `after` stands.
    """
    a, b = before.line, after.line
    begin = a.x0 + shift
    if _looks_apart(before, after, measure) or _reads_apart(a, b, heading_words):
        return True
    if first is before and find_line_kind(a.text) == "section":
        return True
    # The text beside a label begins where it does behind the label.
    label = split_label(a, heading_words) if first is before else None
    # The text under a mark begins where it does behind the mark; under an indented line it begins left of it.
    under = b.x0 - (label.rest + shift if label else begin)
    hangs = first is before and a.glyphs[0].text in MARKS and INDENT * b.size < under <= 2.5 * b.size
    # A line set to the right begins far from the next one's beginning, and was not full.
    start = begin if hangs or -INDENT * a.size <= -under <= 2.5 * a.size else measure.left
    if was_broken_on_purpose(a, b, measure.right - start):
        return True
    if hangs or (first is before and INDENT * b.size < -under <= 1.5 * b.size):
        return False
    indent = b.x0 - measure.left
    hanging = abs(under) < INDENT * b.size and (first is not before or indent > 1.5 * b.size)
    return indent > INDENT * b.size and not hanging


@dataclass(frozen=True, slots=True)
class LineLabel:
    """A label at the head of a line, before a gap; `rest`: the x at which the text behind it begins."""

    text: str
    rest: float


def split_label(line: TextLine, heading_words: HeadingWords = NO_HEADING_WORDS) -> LineLabel | None:
    """Split a label from the text behind it on one line.

    Args:
        line: The line.
        heading_words: By which words one is known.

    Returns:
        What stands before a gap and is a heading by its words, or in other type than all behind it and no number; None
        where the line begins with no such label.
    """
    for gap in re.finditer(" ", line.text):
        text = line.text[: gap.start()]
        if len(text) > LABEL_LENGTH:
            return None
        at = _count_glyphs(line, text)
        if heading_words.is_heading(text) or _is_label(line, text, at):
            return LineLabel(text, line.glyphs[at].x0)
    return None


def find_label(line: TextLine) -> str:
    """Find the text, as it is kept, of the label in other type at a line's head; empty for none."""
    label = split_label(line)
    return normalize_printed(label.text) if label else ""


def _count_glyphs(line: TextLine, text: str) -> int:
    """Count the glyphs whose signs a text at the line's head has, blanks apart."""
    ends = accumulate(len(glyph.text) for glyph in line.glyphs)
    return bisect_left(list(ends), len(text.replace(" ", ""))) + 1


def _is_label(line: TextLine, text: str, at: int) -> bool:
    """Tell whether the glyphs up to one are a label by their type: words and no number, in type that is not the rest's.

    Marks and Latin signs may be of any font.
    """
    if re.search(r"[0-9０-９。、]", text) or len(re.findall(r"\w", text)) < LEAST_LABEL:
        return False
    own, rest = (
        {name_type(glyph) for glyph in part if not glyph.text.isascii() and glyph.text not in MARKS}
        for part in (line.glyphs[:at], line.glyphs[at:])
    )
    return len(own) == 1 and bool(rest) and not own & rest


def _looks_apart(before: BodyLine, after: BodyLine, measure: Measure) -> bool:
    """Tell whether two lines are set in different type, or with a gap between them."""
    a, b = before.line, after.line
    gap = before.on is after.on and b.top - a.top > measure.reach
    if before.on is after.on and b.top < centre_y(a) and b.x0 > a.x1:
        return True
    return abs(a.size - b.size) > SAME_SIZE or a.font != b.font or gap


def _reads_apart(a: TextLine, b: TextLine, heading_words: HeadingWords) -> bool:
    """Tell whether the words of two lines say that the second opens a paragraph, wherever it stands."""
    mark = b.glyphs[0].text
    if split_label(b, heading_words) is not None or is_contact(b.text) or gives_unit(b.text):
        return True
    if a.text[-1] in SENTENCE_ENDS and (find_line_kind(b.text) == "section" or split_run_in_section(b.text)):
        return True
    if mark in HEADING_MARKS or _BRACKETED.match(b.text) or _NUMBERED.match(b.text) or _LEADER.search(a.text):
        return True
    if (mark in MARKS and a.text[-1] in SENTENCE_ENDS) or (mark in "(（" and a.text[-1] in "。．"):
        return True
    return heading_words.is_heading(b.text) or heading_words.is_heading(a.text)


def form_paragraphs(
    items: Sequence[BodyLine],
    edges: Mapping[Style, Measure],
    heading_words: HeadingWords = NO_HEADING_WORDS,
) -> list[list[BodyLine]]:
    """Group the lines of one run into paragraphs.

    Args:
        items: The lines in reading order, over page ends too.
        edges: The text's edges by style, in the whole file.
        heading_words: By which words a line is known for a heading, and so for a paragraph of its own.

    Returns:
        The lines of each paragraph, in order.
    """

    def goes_on(group: list[BodyLine], item: BodyLine) -> bool:
        measure, other = edges.get(_style_of(item)), edges.get(_style_of(group[-1]))
        if measure is None:
            return False
        beside = other is not None and group[-1].on.get_sides() != item.on.get_sides()
        shift = measure.left - other.left if beside and other else 0.0
        return not _opens_paragraph(group[-1], item, group[0], measure, heading_words, shift)

    return split_into_runs(items, goes_on)


def form_cell_paragraphs(items: Sequence[BodyLine], x0: float, x1: float) -> list[list[BodyLine]]:
    """Group the lines of a cell into paragraphs.

    Its text begins where its leftmost line does, and ends as far from the other side, or where a line reaches further.

    Args:
        items: The lines; at least one.
        x0: The cell's left side, in points.
        x1: Its right side.

    Returns:
        The lines of each paragraph, in order.
    """
    left = min(item.line.x0 for item in items)
    right = max([x1 - (left - x0), *(item.line.x1 for item in items if item.line.text[-1] not in LINE_ENDS)])
    styles = {style: _measure_text(items, *style) for style in dict.fromkeys(_style_of(item) for item in items)}
    return form_paragraphs(items, {style: Measure(left, right, own.reach) for style, own in styles.items()})


def join_paragraph(group: Sequence[BodyLine], *, strong: bool = False, is_foot: bool = False) -> Paragraph:
    """Join the lines of a paragraph.

    They were wrapped, so only Latin words are parted by a space.

    Args:
        group: The lines; at least one.
        strong: Whether they are set as a heading.
        is_foot: Whether they are an office at the page's foot.

    Returns:
        The paragraph.
    """
    text = group[0].line.text
    for before, after in pairwise(item.line for item in group):
        text += find_joint(before, after, width_of(before)) + after.text
    return Paragraph(normalize_printed(text), locate_lines(group), strong, find_label(group[0].line), is_foot)


def locate_lines(items: Sequence[BodyLine]) -> Source:
    """Return where lines of one or several pages stand: one box a page, in page order."""
    ordered = sorted(items, key=lambda item: item.on.page.number)
    return tuple(on.locate(item.line for item in group) for on, group in groupby(ordered, key=lambda item: item.on))
