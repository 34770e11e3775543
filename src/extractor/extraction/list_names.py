"""Row names: a programme's name in the list, and the offices that may stand in the same cell."""

import re
from itertools import pairwise

from extractor.document.layout import Cell

_JAPANESE = re.compile("[「」『』\u4e00-\u9fff\u3041-\u3096\u30a1-\u30fa\u30fc々]")


def row_name(cell: Cell) -> str:
    """A programme's name, without a blank where a line of it was broken for looks within Japanese text."""
    name = cell.text
    for before, after in pairwise(cell.paragraphs):
        end, start = before.text[-3:], after.text[:3]
        if _JAPANESE.fullmatch(end[-1:]) and _JAPANESE.fullmatch(start[:1]):
            name = name.replace(f"{end} {start}", end + start, 1)
    return name


def split_offices(text: str, brackets: str) -> tuple[str, str]:
    """The name and the offices of a cell that ends with these in brackets; no offices where it does not.

    >>> split_offices("除雪事業 【道路課】【港湾課】", "【】")
    ('除雪事業', '道路課 港湾課')
    """
    opening, closing = map(re.escape, brackets)
    inside = rf"{opening}([^{opening}{closing}]*){closing}"
    found = re.search(rf"(?:\s*{inside})+$", text)
    if found is None:
        return text, ""
    return text[: found.start()].rstrip(), " ".join(re.findall(inside, found[0]))
