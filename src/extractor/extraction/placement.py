"""Placement: whether what was given to a programme stands under its title, and not under another's.

In: the outline's chapters. Out: a problem for each part of a block that stands nearer to the title of another one.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractor.document.geometry import Box
from extractor.document.outline import ChapterBlock, ProgrammeBlock
from extractor.document.parsed import Problem
from extractor.records.messages import make_message
from extractor.records.report import PageBox, Source

# A part may begin so much above its title's upper side (points), as an office at the end of the title's line does.
BESIDE = 6.0

_Titles = dict[int, list[tuple[Box, ProgrammeBlock]]]


def report_misplaced_parts(chapters: Sequence[ChapterBlock]) -> dict[int, list[Problem]]:
    """Report the parts of blocks that stand under the title of another block.

    Args:
        chapters: All chapters of a report.

    Returns:
        The problems, by `id` of the block; none of a block without a title, or in a text file.
    """
    titles: _Titles = defaultdict(list)
    blocks = [block for chapter in chapters for block in chapter.blocks if block.title is not None]
    for block in blocks:
        for place in block.title.source if block.title else ():
            if isinstance(place, PageBox):
                titles[place.page].append((Box(*place.bbox), block))
    found: dict[int, list[Problem]] = defaultdict(list)
    for block in blocks:
        for path, source in _list_parts(block):
            owners = [owner for place in source if (owner := _find_owner(place, titles)) is not None]
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
    for table in block.tables:
        yield "/metrics", table.table.source


def _find_owner(place: object, titles: _Titles) -> ProgrammeBlock | None:
    """Find the block whose title is the next above a place, of those that reach over it.

    A title reaches to the right up to where another title begins.
    """
    if not isinstance(place, PageBox):
        return None
    box, here = Box(*place.bbox), titles[place.page]
    above = [
        (title, block)
        for title, block in here
        if title.top <= box.top + BESIDE
        and title.x0 < box.x1
        and not any(title.x1 < other.x0 <= box.x0 for other, _ in here)
    ]
    nearest = max(above, key=lambda found: found[0].top, default=None)
    return None if nearest is None else nearest[1]
