"""Unwrap a text: take out the line ends and blanks that typesetting put into its sentences and numbers.

In: a text as it came. Out: the text to be analysed, and where each of its characters stands in the first one. Blanks
that part words are left alone.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

_BLANK = "[ \u3000\u00a0]"
_DIGIT = "[0-9０-９]"
_NUMBER = re.compile(
    rf"(?<![0-9０-９])(?<![0-9０-９][.,，．]){_DIGIT}(?:{_DIGIT}|[,，.．](?={_BLANK}?{_DIGIT})|{_BLANK}(?={_DIGIT}))*"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
# Blanks beside the parts of a date, between powers of ten, and before a comma.
_WITHIN_DATE = re.compile(
    rf"(?<=令和|平成|昭和){_BLANK}(?={_DIGIT}|元)|(?<={_DIGIT}){_BLANK}(?=年|月|日(?!本))"
    rf"|(?<=[0-9０-９][年月]){_BLANK}(?={_DIGIT})|(?<=年度){_BLANK}(?=[まかにの])"
    rf"|(?<={_DIGIT}[億万兆千百]){_BLANK}(?={_DIGIT})|{_BLANK}+(?=[,，、。])"
)
_BREAK = re.compile(rf"{_BLANK}*\r?\n{_BLANK}*")
_ENDS = ("。", "！", "？", "!", "?", "：", ":")
_BULLETS = re.compile(r"[・○●◎◆◇■□※①-⑳＊*-]|[(（]?[0-9０-９一二三四五六七八九十アイウエオ]{1,2}[)）.．]")
# A line of a wrapped text but its last has about as many characters as the longest.
_LEAST_WIDTH, _FULL = 10, 0.75
# Of so many blanks between single characters, a text is spread out.
_SPREAD = re.compile(rf"(?<!\S)\S(?:{_BLANK}\S){{5,}}(?!\S)")


@dataclass(frozen=True, slots=True)
class UnwrappedText:
    """A text to be analysed; `places[i]` is where its character `i` stands in the text as it came."""

    text: str
    places: tuple[int, ...]

    def find_place(self, start: int, end: int) -> tuple[int, int]:
        """Find where a half-open stretch of the text stands in the text as it came."""
        return self.places[start], self.places[end - 1] + 1


def unwrap_text(text: str) -> UnwrappedText:
    r"""Take out the line ends and blanks within the sentences and numbers of a text.

    Args:
        text: A text, perhaps with lines of one width, with blanks within its numbers and dates, or spread out.

    Returns:
        The text without them, and the places of its characters.

    >>> unwrap_text("参加者は延べ1,0 28人で，８ 月に終えた。").text
    '参加者は延べ1,028人で，８月に終えた。'
    >>> unwrap_text("開催を通じて、広く理解を得\nた。参加者は、延べで1\n20人であった。").text
    '開催を通じて、広く理解を得た。参加者は、延べで120人であった。'
    >>> unwrap_text("12 34名を加えた。 3件 8名").text
    '12 34名を加えた。 3件 8名'
    """
    dropped = {place for found in _SPREAD.finditer(text) for place in _list_blanks(text, *found.span())}
    dropped |= _find_breaks(text)
    kept = [place for place in range(len(text)) if place not in dropped]
    joined = "".join(text[place] for place in kept)
    within = _find_blanks_in_numbers(joined)
    within |= {place for found in _WITHIN_DATE.finditer(joined) for place in range(*found.span())}
    kept = [place for index, place in enumerate(kept) if index not in within]
    return UnwrappedText("".join(text[place] for place in kept), tuple(kept))


def _list_blanks(text: str, start: int, end: int) -> list[int]:
    return [place for place in range(start, end) if re.match(_BLANK, text[place])]


def _find_breaks(text: str) -> set[int]:
    """Find the line ends within sentences, with the blanks beside them: those of prose in lines of one width."""
    breaks = [found.span() for found in _BREAK.finditer(text)]
    if not breaks or not re.search("[。、，]", text):
        return set()
    starts = [0, *(end for _, end in breaks)]
    lines = [text[start:end] for start, (end, _) in zip(starts, [*breaks, (len(text), 0)], strict=True)]
    width = max(map(len, lines))
    return {
        place
        for (start, end), line, following in zip(breaks, lines, lines[1:], strict=False)
        if width >= _LEAST_WIDTH
        and len(line) >= _FULL * width
        and not line.endswith(_ENDS)
        and not _BULLETS.match(following.lstrip())
        for place in range(start, end)
    }


def _find_blanks_in_numbers(text: str) -> set[int]:
    """Find the blanks within numbers that are none without them: 1,0 28; １ ０ ４; not 12 34, which may be two."""
    found: set[int] = set()
    for run in _NUMBER.finditer(text):
        blanks = _list_blanks(text, *run.span())
        before = text[: run.start()].rstrip(" \u3000\u00a0")
        begins = not before or before[-1] in "。\n・"
        if not blanks or begins:
            continue
        pieces = [unicodedata.normalize("NFKC", piece) for piece in re.split(_BLANK, run[0])]
        whole = "".join(pieces)
        is_spread = all(len(left) == 1 or len(right) == 1 for left, right in pairwise(pieces))
        if _GROUPED.fullmatch(whole) or (is_spread and whole.isdigit()) or _is_pointed_date(whole):
            found.update(blanks)
    return found


def _is_pointed_date(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)[0-9]{2}\.[0-9]{1,2}\.[0-9]{1,2}", text) is not None
