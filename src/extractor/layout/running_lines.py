"""Running lines: heads and feet, which stand at one height in the margins of many pages and are no part of the text.

Each chapter, or each programme, may have its own. An office in a foot is none: it is that of the page's programme.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from extractor.document.page import Page
from extractor.grammar.heading_lines import split_title_number, strip_continuation
from extractor.grammar.normalize import comparison_key
from extractor.layout.furniture import FAR, MARGIN, find_outermost_lines, stands_in_columns
from extractor.layout.lines import TextLine, form_lines
from extractor.layout.regions.atoms import split_line
from extractor.layout.runs import split_into_runs
from extractor.profiles.profile import NO_HEADING_WORDS, HeadingWords

# A running line stands on at least this many pages and this part of them, at one height (points).
LEAST_PAGES = 3
LEAST_SHARE = 0.4
SAME_HEIGHT = 3.0
# A title is larger by this (points) than the running line that repeats it.
LARGER = 0.35
# With what a heading is dressed, and a running line is not.
HEADING_SIGNS = frozenset("[【<＜〈《■□●◆")
# How notes begin, which are no running lines at the foot.
_NOTE = re.compile(r"^[※*†‡(（注]")
_OUTER_NUMBERS = re.compile(r"^[\d\s]+|[\d\s]+$")

Side = Literal["head", "foot"]
_Style = tuple[float, str]  # size in points, font


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page: those outside of all boxes and tables, less its number, and those inside."""

    page: Page
    lines: Sequence[TextLine]
    inside: Sequence[TextLine] = ()


@dataclass(frozen=True, slots=True)
class SortedLines:
    """The lines of a page, sorted: those of its text, its heads and feet, and the offices at its foot."""

    body: list[TextLine]
    running: list[TextLine]
    offices: list[TextLine]


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    """A line, or at a page's foot a part of the line `whole`: in which margin it is, and how far from that end."""

    line: TextLine
    whole: TextLine
    page: int
    side: Side | None = None
    height: float = 0.0


def sort_running_lines(pages: Sequence[PageLines], heading_words: HeadingWords = NO_HEADING_WORDS) -> list[SortedLines]:
    """Sort the lines of all pages.

    A running line stands at one height in a margin of many pages. Its text does so on several and nowhere else in its
    type, or it repeats a larger line before it: a title. A heading that happens to open many pages is none: it stands
    elsewhere on others, or below a title, or is bracketed, or known for one by its words.

    Args:
        pages: The pages, each with its lines.
        heading_words: By which words a line is known for a heading, or for an office.

    Returns:
        The lines of each page; one that only begins or ends as a running line comes back in parts.
    """
    entries = [list(_list_entries(at, page)) for at, page in enumerate(pages)]
    every = [entry for own in entries for entry in own]
    letters = _count_letters(every)
    least = max(LEAST_PAGES, LEAST_SHARE * len(pages))
    rows = [row for row in _list_rows(every) if len({entry.page for entry in row}) >= least]
    offices = {one for row in rows for one in row if one.side == "foot" and heading_words.is_office(one.line.text)}
    may_run = {one for one in every if one.side and one not in offices and not _is_no_running_line(one, heading_words)}
    sides: tuple[Side, ...] = get_args(Side)
    found = {one for side in sides for one in _find_repeated(entries, may_run, side, _find_size(letters), least)}
    found |= _find_rows_alike(rows, may_run, found, _find_names(pages, may_run), letters)
    return [_sort_page(page.lines, own, found, offices) for page, own in zip(pages, entries, strict=True)]


def _count_letters(entries: Iterable[_Entry]) -> Counter[_Style]:
    """Count the letters of each size and font."""
    letters = Counter[_Style]()
    for entry in entries:
        letters[entry.line.size, entry.line.font] += len(entry.line.glyphs)
    return letters


def _find_rows_alike(
    rows: Sequence[list[_Entry]],
    may_run: set[_Entry],
    repeated: set[_Entry],
    named: set[_Entry],
    letters: Counter[_Style],
) -> set[_Entry]:
    """Find the rows of which half are running lines for another reason: all that is set alike there is, too.

    Half of them repeat titles; or they are set apart from the text, and half of them are repeated.
    """
    usual = max(letters, key=lambda style: (letters[style], style), default=(0.0, ""))
    found: set[_Entry] = set()
    for row in rows:
        own = {one for one in may_run.intersection(row) if one in repeated or "、" not in one.line.text}
        style = row[0].line.size, row[0].line.font
        is_apart = style != usual and style[0] <= usual[0] + LARGER
        if 2 * len(own & named) >= len(row) or (is_apart and 2 * len(own & repeated) >= len(row)):
            found |= own
    return found


def _find_size(letters: Counter[_Style]) -> float:
    """Find the size of most of the text."""
    sizes = Counter[float]()
    for (size, _), count in letters.items():
        sizes[round(size, 1)] += count
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def _list_entries(at: int, page: PageLines) -> Iterator[_Entry]:
    """List the lines of a page; those at its foot in the parts between wide gaps, unless they are of columns."""
    height = page.page.height
    lowest = {line for line in find_outermost_lines(page.page, page.lines)[:2] if line.top >= height * (1 - MARGIN)}
    for line in page.lines:
        if line in lowest:
            yield from (_Entry(part, line, at, "foot", height - line.bottom) for part in _split_foot(line, page.lines))
        elif line.bottom <= height * MARGIN:
            yield _Entry(line, line, at, "head", line.top)
        else:
            yield _Entry(line, line, at)


def _split_foot(line: TextLine, lines: Sequence[TextLine]) -> list[TextLine]:
    atoms = list(split_line(line, FAR))
    ends = [line.glyphs.index(atom.glyphs[0]) for atom in atoms[1:]]
    if not ends or any(stands_in_columns(line, end, lines) for end in ends):
        return [line]
    return [part for atom in atoms for part in form_lines((*atom.glyphs, *atom.blanks))]


def _list_rows(entries: Iterable[_Entry]) -> Iterator[list[_Entry]]:
    """List the lines in the margins that are set alike at one height."""
    alike: dict[tuple[Side, float, str], list[_Entry]] = defaultdict(list)
    for entry in entries:
        if entry.side:
            alike[entry.side, entry.line.size, entry.line.font].append(entry)
    for same in alike.values():
        ordered = sorted(same, key=lambda entry: entry.height)
        yield from split_into_runs(ordered, lambda run, entry: entry.height - run[0].height <= SAME_HEIGHT)


def _is_no_running_line(entry: _Entry, heading_words: HeadingWords) -> bool:
    """Tell whether a line is a heading or a sentence, or at the foot a note."""
    text = entry.line.text
    # A title whose parts are counted, （1／2）, stands at the top of a page for each of them.
    is_heading = heading_words.is_heading(text) or strip_continuation(text) != text
    if is_heading or text[0] in HEADING_SIGNS or "。" in text:
        return True
    return entry.side == "foot" and _NOTE.match(text) is not None


def _find_repeated(
    pages: Sequence[Sequence[_Entry]], may_run: set[_Entry], side: Side, most: float, least: float
) -> set[_Entry]:
    """Find the lines that stand at one height in a margin of many pages.

    There are two at least of each text, all set alike, and no larger than most of the text where the texts differ: a
    title that goes on over a page's end stands there again in its own size.
    """
    where: dict[tuple[str, float, str], list[_Entry]] = defaultdict(list)
    for own in pages:
        for entry in own:
            where[_look_of(entry.line, side)].append(entry)
    alike: dict[tuple[float, str], list[_Entry]] = defaultdict(list)
    for (text, size, font), here in where.items():
        if text and may_run.issuperset(here) and _is_repeated(here, side):
            alike[size, font] += here
    found = {
        entry
        for (size, _), here in alike.items()
        if size <= most + 0.1 or len({_look_of(other.line, side) for other in here}) == 1
        for entry in here
        if sum(abs(other.height - entry.height) <= SAME_HEIGHT for other in here) >= least
    }
    return _drop_inner(found, pages, side)


def _drop_inner(found: set[_Entry], pages: Sequence[Sequence[_Entry]], side: Side) -> set[_Entry]:
    """Drop the texts that stand somewhere with a line that is none further out: they are of the page's text."""
    inner = {
        _look_of(entry.line, side)
        for own in pages
        for entry in found.intersection(own)
        if any(_is_further_out(other, entry) for other in own if other not in found)
    }
    return {entry for entry in found if _look_of(entry.line, side) not in inner}


def _look_of(line: TextLine, side: Side) -> tuple[str, float, str]:
    """Give a line's text without what may differ from page to page, its size and its font."""
    plain = unicodedata.normalize("NFKC", line.text)
    text = re.sub(r"[\d\s]", "", plain) if side == "head" else _OUTER_NUMBERS.sub("", plain)
    return text, line.size, line.font


def _is_repeated(entries: Sequence[_Entry], side: Side) -> bool:
    """Tell whether a text stands twice or more, always at one height of one margin."""
    heights = [entry.height for entry in entries]
    same = max(heights) - min(heights) <= SAME_HEIGHT and all(entry.side == side for entry in entries)
    return len(entries) > 1 and same


def _is_further_out(other: _Entry, entry: _Entry) -> bool:
    """Tell whether a line stands between another and the end of the page that this is near to."""
    if entry.side == "head":
        return other.line.bottom <= entry.line.top
    return other.line.top >= entry.line.bottom


def _find_names(pages: Sequence[PageLines], may_run: set[_Entry]) -> set[_Entry]:
    """Find the lines whose text is that of a larger line on their page or before it: the title of a part."""
    sizes: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, page in enumerate(pages):
        for line in (*page.lines, *page.inside):
            sizes[_name_of(line)].append((at, line.size))
    return {
        entry
        for entry in may_run
        if any(at <= entry.page and size > entry.line.size + LARGER for at, size in sizes[_name_of(entry.line)])
    }


def _name_of(line: TextLine) -> str:
    return comparison_key(split_title_number(line.text)[1])


def _sort_page(
    lines: Sequence[TextLine], entries: Sequence[_Entry], running: set[_Entry], offices: set[_Entry]
) -> SortedLines:
    """Sort the lines of one page; a line of which no part is set apart stays whole."""
    apart = {entry.whole for entry in entries if entry in running or entry in offices}
    rest = [entry.line for entry in entries if entry.whole in apart and entry not in running and entry not in offices]
    return SortedLines(
        sorted([*(line for line in lines if line not in apart), *rest], key=lambda line: line.top),
        [entry.line for entry in entries if entry in running],
        [entry.line for entry in entries if entry in offices],
    )
