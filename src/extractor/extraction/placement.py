"""Placement: whether what was given to a programme stands under its title, and not under another's.

In: the outline's chapters. Out: a problem for each part of a block that stands nearer to the title of another one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from extractor.document.geometry import Box
from extractor.document.layout import gather_places
from extractor.document.outline import ChapterBlock, ProgrammeBlock
from extractor.document.parsed import Problem
from extractor.records.messages import make_message
from extractor.records.report import PageBox, Source

# A part may begin so much above its title's upper side (points), as an office at the end of the title's line does.
BESIDE = 6.0

_Titles = dict[int, list[tuple[Box, ProgrammeBlock]]]


def report_misplaced_parts(
    chapters: Sequence[ChapterBlock], gutters: Mapping[int, Sequence[Box]] = MappingProxyType({})
) -> dict[int, list[Problem]]:
    """Report the parts of blocks that stand under the title of another block.

    Args:
        chapters: All chapters of a report.
        gutters: The white between what stands side by side, by page.

    Returns:
        The problems, by `id` of the block; none in a text file, within rules of its own, or of a block without a title
        where few have one.
    """
    titles: _Titles = defaultdict(list)
    blocks = [block for chapter in chapters for block in chapter.blocks if not block.is_ruled]
    titled = [block for block in blocks if block.title is not None]
    # Where most blocks have a title, one without may have lost its own: what stands under another's title is said.
    blocks = blocks if len(titled) * 2 > len(blocks) else titled
    for block in titled:
        for place in block.title.source if block.title else ():
            if isinstance(place, PageBox):
                titles[place.page].append((Box(*place.bbox), block))
    found: dict[int, list[Problem]] = defaultdict(list)
    for block in blocks:
        for path, source in _list_parts(block):
            owners = [owner for place in source if (owner := _find_owner(place, titles, gutters)) is not None]
            other = next((owner for owner in owners if owner is not block), None)
            if other is not None and other.title is not None:
                message = make_message("misplaced-block.part", title=other.title.text)
                found[id(block)].append(Problem(message, source, path))
    return found


def _list_parts(block: ProgrammeBlock) -> Iterator[tuple[str, Source]]:
    """List the parts of a block that its title stands over, with their paths in the programme."""
    for path, paragraphs in (("/overview", block.overview), ("/results", block.results), ("/offices", block.footer)):
        for paragraph in paragraphs or ():
            yield path, paragraph.source
    for section in block.sections:
        yield "/sections", gather_places([section.heading, *section.paragraphs])
    for table in block.tables:
        yield "/metrics", table.table.source


def _find_owner(place: object, titles: _Titles, gutters: Mapping[int, Sequence[Box]]) -> ProgrammeBlock | None:
    """Find the block whose title is the next above a place, of those that reach over it.

    A title reaches to the right up to where another title begins, whose text may stand a little to its left; over a
    gutter only the last one before it does, with which its column ends.
    """
    if not isinstance(place, PageBox):
        return None
    box = Box(*place.bbox)
    ended = [title for gutter in gutters.get(place.page, ()) for title in _list_ended(box, gutter, titles[place.page])]
    here = [(title, block) for title, block in titles[place.page] if title not in ended]
    above = [
        (title, block)
        for title, block in here
        if title.top <= box.top + BESIDE
        and title.x0 < box.x1
        and not any(title.x1 < other.x0 < (box.x0 + box.x1) / 2 for other, _ in here)
    ]
    nearest = max(above, key=lambda found: found[0].top, default=None)
    return None if nearest is None else nearest[1]


def _list_ended(box: Box, gutter: Box, titles: Sequence[tuple[Box, ProgrammeBlock]]) -> list[Box]:
    """List the titles left of a gutter that others follow there before what stands right of it."""
    if box.x0 < gutter.x1 - BESIDE or not gutter.top - BESIDE <= box.top <= gutter.bottom:
        return []
    before = [
        title for title, _ in titles if title.x0 < gutter.x0 and gutter.top - BESIDE <= title.top <= gutter.bottom
    ]
    return sorted(before, key=lambda title: title.top)[:-1]
