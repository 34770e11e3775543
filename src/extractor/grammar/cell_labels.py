"""Labels: which words may stand before a figure in a cell without a doubt about what the figure says."""

import re
import unicodedata
from functools import cache
from typing import Literal

from extractor.grammar.characters import LONG
from extractor.grammar.numerals import NUMERAL
from extractor.grammar.vocabulary import load_vocabulary, words_to_regex

# Kana, ideographs and Latin letters. Any other letter (ÿ, Д) is none that a Japanese report writes a word with.
LETTERS = "A-Za-z\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe々〆"
LETTERS += "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NUMERAL = re.compile(rf"(?:{NUMERAL}|[〇壱弐参]|{NUMERAL}数)$")


@cache
def _compile_words(name: Literal["clear", "doubtful", "signs"]) -> re.Pattern[str]:
    words = load_vocabulary()
    lists = {"clear": words.labels.clear, "doubtful": words.labels.doubtful, "signs": words.signs.all}
    return re.compile(words_to_regex(lists[name]))


def _find_word(name: Literal["doubtful", "signs"], label: str) -> str | None:
    """Find the first word of a list in a label, outside of the words that are known to be clear."""
    found = _compile_words(name).search(_compile_words("clear").sub(" ", label))
    return found[0] if found else None


def find_doubt(label: str) -> str | None:
    """Find in a word what may change a figure's sign, or of what the figure is.

    >>> find_doubt("欠席者"), find_doubt("未来館"), find_doubt("東青")
    ('欠', None, None)
    """
    return _find_word("doubtful", label)


def find_sign(label: str) -> str | None:
    """Find in a word what says a sign (前年より減少).

    It is not known whether this is the sign of the figure beside it.

    >>> find_sign("前年より減少"), find_sign("減災セミナー")
    ('減少', None)
    """
    return _find_word("signs", label)


def may_stand_before_figure(label: str, *, in_bracket: bool = False) -> bool:
    """Tell whether a word is whole and of a kind that names something, by how it ends.

    Args:
        label: The word, of `LETTERS`.
        in_bracket: A bracket sets it apart from the figure, so that a single ideograph is no part of that.

    Returns:
        False where it may be a part of the figure, a sign that was lost, or grammar (第, x, でない).

    >>> [may_stand_before_figure(word) for word in ("青森", "参加者数", "女", "SNS", "むつ")]
    [True, True, True, True, True]
    >>> [may_stand_before_figure(word) for word in ("第", "多数", "二十", "x", "でない", "セミナー")]
    [False, False, False, False, False, True]
    """
    words = load_vocabulary()
    last = label[-1]
    if _NUMERAL.search(label) or label.endswith(words.composite.no_endings):
        return False
    if last.isascii():
        return (re.findall("[A-Za-z]+$", label) or [""])[0] in words.labels.latin
    if unicodedata.name(last, "").startswith("HIRAGANA"):
        return label.endswith(words.labels.kana)
    return len(label) > 1 or label in words.labels.single or (in_bracket and label not in LONG)
