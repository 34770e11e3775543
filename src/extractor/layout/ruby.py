"""Ruby: the readings of words, in small kana right over them."""

import re
from collections.abc import Sequence

from extractor.document.geometry import centre_x, centre_y, gap_x, gap_y
from extractor.document.page import Glyph
from extractor.layout.runs import split_into_runs
from extractor.layout.y_index import ByHeight

# A reading is no larger than this part of its word, and no further above it than this (sizes of the word).
SMALL, ABOVE, WITHIN = 0.65, 0.25, 0.45
# It may reach over its word by so many of its own letters at either side.
OVER = 2.0

_KANA = re.compile("[\u3041-\u309f\u30a1-\u30ff]+")
_IDEOGRAPH = re.compile("[\u3005\u3400-\u9fff\uf900-\ufaff]")


def find_ruby(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Find the readings on a page.

    Args:
        glyphs: Glyphs that stand straight.

    Returns:
        The glyphs of each reading, from left to right.
    """
    words = [glyph for glyph in glyphs if _IDEOGRAPH.fullmatch(glyph.text)]
    largest = max((glyph.size for glyph in words), default=0.0)
    small = [glyph for glyph in glyphs if glyph.size <= SMALL * largest and _KANA.fullmatch(glyph.text)]
    if not small:
        return []
    small.sort(key=lambda glyph: (round(centre_y(glyph)), glyph.x0))
    at = ByHeight(words, lambda word: (word.top, word.bottom))
    every = ByHeight(glyphs, lambda glyph: (glyph.top, glyph.bottom))
    return [run for run in split_into_runs(small, _goes_on) if _stands_over_word(run, at, every)]


def _goes_on(run: list[Glyph], glyph: Glyph) -> bool:
    """Tell whether a glyph is more of a reading; the letters of one may be spread out over its word."""
    last = run[-1]
    is_level = abs(centre_y(last) - centre_y(glyph)) < 0.2 * glyph.size and abs(last.size - glyph.size) < 0.1
    return is_level and -0.5 * glyph.size < gap_x(last, glyph) < 1.5 * glyph.size


def _stands_over_word(run: Sequence[Glyph], words: ByHeight[Glyph], every: ByHeight[Glyph]) -> bool:
    """Tell whether a run stands right over ideographs that reach as far as it does, with nothing else at its height."""
    first, last = run[0], run[-1]
    own = {id(glyph) for glyph in run}
    over = OVER * first.size
    under = [
        word
        for word in words.find_between(first.bottom, first.bottom + 0.5 * first.size)
        if first.size <= SMALL * word.size
        and -WITHIN * word.size <= gap_y(first, word) <= ABOVE * word.size
        and first.x0 - over <= centre_x(word) <= last.x1 + over
    ]
    if not any(first.x0 - 0.5 * word.size <= centre_x(word) <= last.x1 + 0.5 * word.size for word in under):
        return False
    reaches = min(word.x0 for word in under) - over <= first.x0 and last.x1 <= max(word.x1 for word in under) + over
    beside = (
        glyph
        for glyph in every.find_between(centre_y(first), centre_y(first))
        if id(glyph) not in own and not _KANA.fullmatch(glyph.text) and glyph.text.strip()
    )
    return reaches and not any(-first.size < gap_x(last, glyph) < first.size for glyph in beside)
