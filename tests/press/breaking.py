"""Line breaking as Japanese typesetters do it (JIS X 4051, in short)."""

from collections.abc import Callable
from dataclasses import dataclass

OPENERS = frozenset("（［｛「『【〔〈《＜([{")
NON_STARTERS = frozenset(
    "）］｝」』】〕〉》＞)]}、。，．,.・：；:;？！?!ー々％%～…ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
# These may stand beyond the margin at a line's end.
HANGING = frozenset("。、")
BLANKS = " \u3000"
# What a sum of widths may be off by, in points.
NEARLY = 0.01


@dataclass(frozen=True)
class SetLine:
    """A line: its text, whether the paragraph ends with it, and whether its last mark hangs over the margin."""

    text: str
    last: bool
    hangs: bool = False


def _in_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in ".,/&'-")


def units(text: str) -> list[str]:
    """The pieces of a text that a typesetter does not part: Latin words and figures, marks with what they belong to.

    A blank ends the unit that it stands behind.
    """
    found: list[str] = []
    for character in text:
        last = found[-1][-1] if found else ""
        joins = last and (
            character in NON_STARTERS
            or character in BLANKS
            or last in OPENERS
            or (_in_word(character) and _in_word(last))
        )
        if joins and not (last in BLANKS and character not in BLANKS):
            found[-1] += character
        else:
            found.append(character)
    return found


def broken(
    text: str, room: float, width: Callable[[str], float], *, indent: float = 0.0, hanging: bool = False
) -> list[SetLine]:
    """The lines of a paragraph in `room`, its first line indented. A unit longer than the room is parted anywhere.

    `hanging`: a full stop or comma for which there is no room stands beyond it.
    """
    lines: list[SetLine] = []
    line, left = "", room - indent
    waiting = units(text)[::-1]
    while waiting:
        unit = waiting.pop()
        plain = unit.rstrip(BLANKS)
        if width(plain) <= left + NEARLY:
            line += unit
            left -= width(unit)
        elif hanging and plain[-1] in HANGING and width(plain[:-1]) <= left + NEARLY:
            lines.append(SetLine(line + plain, False, True))
            line, left = "", room
        elif line.strip(BLANKS):
            lines.append(SetLine(line.rstrip(BLANKS), False))
            line, left = "", room
            waiting.append(unit)
        else:
            fits = next((n for n in range(len(unit), 0, -1) if width(unit[:n]) <= left + NEARLY), 1)
            lines.append(SetLine(unit[:fits], False))
            line, left = "", room
            waiting.extend([unit[fits:]] if unit[fits:] else [])
    if line.strip(BLANKS):
        lines.append(SetLine(line.rstrip(BLANKS), True))
    elif lines:
        lines[-1] = SetLine(lines[-1].text, True, lines[-1].hangs)
    return lines
