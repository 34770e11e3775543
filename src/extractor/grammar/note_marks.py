"""Note marks: signs beside a word or figure that name a foot note, and the lines that are such notes.

A raised figure comes as a raised sign (423¹⁾), whatever the file called it.
"""

import re
import unicodedata
from collections.abc import Sequence

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LETTERS = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖ"
_SIGNS = "※*＊†‡"
# Words that end with 注 (受注).
_NO_NOTE = "(?<![発受外脚傍特誤頭補])"
_NUMBER = rf"[{_RAISED}]{{1,2}}(?:[,、・][{_RAISED}]{{1,2}})*"
# A raised figure alone is a power behind m, and may be one behind a lone 10.
_RAISED_MARK = re.compile(
    rf"[⁽(]?(?:{_NO_NOTE}注|[{_SIGNS}])\s?{_NUMBER}[⁾)]?|[⁽(]?(?:{_NUMBER}|[{_LETTERS}])[⁾)]"
    rf"|(?<![mM{_RAISED}])(?<!(?<![0-9.,])10)(?:{_NUMBER}|[{_LETTERS}])(?![{_RAISED}{_LETTERS}])"
)
# As large as what they stand at, marks are known by their word or sign.
_PLAIN_MARK = re.compile(
    rf"(?<=[^\s(（])\s?(?:[(（]\s?(?:注|[{_SIGNS}])\s?[0-9０-９]{{0,2}}\s?[)）]"
    rf"|(?:{_NO_NOTE}注|[{_SIGNS}])[0-9０-９]{{1,2}}[)）]?|[{_SIGNS}])$"
)
# In prose they are marks where a foot note has them; a sign without a number is left there.
_PROSE_MARK = re.compile(
    rf"(?<=[^\s(（])(?:[(（]?(?:{_NO_NOTE}注|[{_SIGNS}])\s?[0-9０-９]{{1,2}}[)）]?"
    r"|[(（]?[0-9０-９]{1,2}[)）])"
)
_EITHER_MARK = re.compile(f"{_RAISED_MARK.pattern}|{_PROSE_MARK.pattern}")
_BARE_MARK = re.compile(rf"[(（⁽]?(?:(?:注|[{_SIGNS}])\s?[0-9０-９{_RAISED}]{{0,2}}|{_NUMBER})[)）⁾]?")
_LEADING_MARK = re.compile(
    rf"^(?:[(（](?:注|[{_SIGNS}])\s?[0-9]{{1,2}}[)）]\s?|(?:注|[{_SIGNS}])[0-9]{{1,2}}\s+)(?=\S)"
)
_NOTE_LINE = re.compile(
    rf"[(（]?(?P<mark>(?:注|[{_SIGNS}])\s?[0-9０-９{_RAISED}]{{0,2}}|[{_RAISED}]{{1,2}})[⁾)）]?[\s:：.．、]*(?P<text>\S.*)"
    r"|[(（]?(?P<number>[0-9０-９]{1,2})[)）]\s*(?P<numbered>\S.*)",
    re.DOTALL,
)


def split_off_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """Split the marks of foot notes off a word or figure.

    Args:
        text: What a cell or title holds.

    Returns:
        The text without the marks, and these as they are printed, from left to right. A mark of which it is not
        certain that it is one stays in the text.

    >>> split_off_marks("¹423名"), split_off_marks("5¹⁾校"), split_off_marks("延べ76注¹")
    (('423名', ('1',)), ('5校', ('1)',)), ('延べ76', ('注1',)))
    >>> split_off_marks("聴講者数※1"), split_off_marks("参加者数(注2)")
    (('聴講者数', ('※1',)), ('参加者数', ('(注2)',)))
    >>> split_off_marks("120m²"), split_off_marks("10³"), split_off_marks("4¹23"), split_off_marks("※別日程")
    (('120m²', ()), ('10³', ()), ('4¹23', ()), ('※別日程', ()))
    """
    marks: list[str] = []

    def take(found: re.Match[str]) -> str:
        before, behind = text[: found.start()][-1:], text[found.end() :][:1]
        if before.isascii() and before.isdigit() and behind.isascii() and behind.isdigit():
            return found[0]
        marks.append(_make_plain(found[0]))
        return ""

    rest = _RAISED_MARK.sub(take, text)
    for pattern in (_PLAIN_MARK, _LEADING_MARK):
        if found := pattern.search(rest):
            marks.append(_make_plain(found[0]))
            rest = rest[: found.start()] + rest[found.end() :]
    return (rest.strip(), tuple(marks)) if marks else (text, ())


def split_off_prose_marks(text: str, notes: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Split the marks of foot notes off prose.

    Args:
        text: A paragraph that is no foot note.
        notes: The marks of the foot notes that may be named in it. Raised marks need none.

    Returns:
        The text without the marks, and these as they are printed. A mark of which it is not certain that it is one
        stays in the text.

    >>> split_off_prose_marks("423名¹⁾が参加し、12社※1が出展した。", ["※1"])
    ('423名が参加し、12社が出展した。', ('1)', '※1'))
    >>> split_off_prose_marks("(1)の研修会を10m²で開催した（延べ12)。", ["※1"])
    ('(1)の研修会を10m²で開催した（延べ12)。', ())
    """
    marks: list[str] = []

    def take(found: re.Match[str]) -> str:
        before, mark = text[: found.start()], _make_plain(found[0])
        is_raised = any(char in _RAISED + _LETTERS for char in found[0])
        is_power = before[-1:].isascii() and before[-1:].isalpha()
        # A bracket that was opened further ahead closes more than a figure.
        is_closing = found[0][0] not in "(（" and len(re.findall("[(（]", before)) > len(re.findall("[)）]", before))
        is_named = not (is_closing and mark[0].isdigit()) and any(names_note(mark, note) for note in notes)
        if is_power or not before or not (is_raised or is_named):
            return found[0]
        marks.append(mark)
        return ""

    rest = _EITHER_MARK.sub(take, text)
    return rest, tuple(marks)


def is_bare_mark(text: str) -> bool:
    """Tell whether a text is a note's mark and nothing else.

    >>> is_bare_mark("※1"), is_bare_mark("²⁾"), is_bare_mark("※ 県外を含む"), is_bare_mark("12")
    (True, True, False, False)
    """
    return _BARE_MARK.fullmatch(text) is not None


def _make_plain(mark: str) -> str:
    return unicodedata.normalize("NFKC", mark).replace(" ", "")


def fold_mark(mark: str) -> str:
    """Fold a mark for comparison: without brackets.

    >>> fold_mark("(注1)"), fold_mark("１）"), fold_mark("＊1")
    ('注1', '1', '*1')
    """
    return re.sub(r"[()\s]", "", _make_plain(mark))


def split_note_line(text: str) -> tuple[str, str] | None:
    """Split a foot note into its mark and what it says; None where a line is none.

    >>> split_note_line("注1) 年度途中からの集計"), split_note_line("※ 県外を含む"), split_note_line("2) 延べ人数")
    (('注1', '年度途中からの集計'), ('※', '県外を含む'), ('2)', '延べ人数'))
    >>> split_note_line("講座を開催した。") is split_note_line("注目すべき事業") is None
    True
    """
    found = _NOTE_LINE.fullmatch(text)
    if found is None:
        return None
    if found["number"]:
        return f"{_make_plain(found['number'])})", found["numbered"]
    mark = _make_plain(found["mark"])
    # 注 alone begins many a word: a note has something behind it.
    is_word = mark == "注" and not re.match(r"[(（]?注\s*[)）:：]", text)
    return None if is_word else (mark, found["text"])


def names_note(mark: str, note: str) -> bool:
    """Tell whether a mark names a foot note: the same sign and number, or the same number where one has no sign.

    Args:
        mark: The mark beside a word or figure.
        note: The mark of the foot note.

    Returns:
        Whether it does.

    >>> names_note("1)", "注1"), names_note("※1", "注1"), names_note("※", "※")
    (True, False, True)
    """
    one, other = fold_mark(mark), fold_mark(note)
    numbers = [re.sub(r"\D", "", folded) for folded in (one, other)]
    has_bare = one.isdigit() or other.isdigit()
    return one == other or (has_bare and numbers[0] == numbers[1] != "")
