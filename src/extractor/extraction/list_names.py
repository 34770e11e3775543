"""Row names: a programme's name in the list.

The offices that may stand in the same cell are read too.
"""

import re
from itertools import pairwise

from extractor.document.layout import Cell

_JAPANESE = re.compile("[「」『』\u4e00-\u9fff\u3041-\u3096\u30a1-\u30fa\u30fc々]")


def read_row_name(cell: Cell) -> str:
    """Read a programme's name.

    A blank is left out where a line was broken for looks within Japanese text.
    """
    name = cell.text
    for before, after in pairwise(cell.paragraphs):
        end, start = before.text[-3:], after.text[:3]
        if _JAPANESE.fullmatch(end[-1:]) and _JAPANESE.fullmatch(start[:1]):
            name = name.replace(f"{end} {start}", end + start, 1)
    return name


def split_offices(text: str, brackets: str) -> tuple[str, str]:
    """Split the offices in brackets from the end of a programme's name.

    Args:
        text: The text of the name's cell.
        brackets: The opening and the closing bracket.

    Returns:
        The name, and the offices with blanks between them; no offices where the cell does not end with a bracket.

    >>> split_offices("除雪事業 【道路課】【港湾課】", "【】")
    ('除雪事業', '道路課 港湾課')
    """
    opening, closing = map(re.escape, brackets)
    inside = rf"{opening}([^{opening}{closing}]*){closing}"
    found = re.search(rf"(?:\s*{inside})+$", text)
    if found is None:
        return text, ""
    return text[: found.start()].rstrip(), " ".join(re.findall(inside, found[0]))
