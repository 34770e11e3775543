"""Normalization: take out of a text what typesetting or the PDF's producer put there, and nothing else.

`printed` gives what records hold. `key` folds further and is for comparing only. Each character that either touches has
its row, with the reason, in docs/characters.md.
"""

import re
import unicodedata
from functools import lru_cache

from extractor.grammar.characters import INVISIBLE, LINES, PRIVATE, WAVES
from extractor.grammar.vocabulary import WordData, load_vocabulary, load_words, words_to_regex


class _PrintedAlike(WordData):
    """All of `alike.toml`, which says what each part is."""

    nfkc: tuple[tuple[int, int], ...]
    own_forms: str
    pairs: tuple[tuple[str, str], ...]


# Voicing marks stand alone until they meet their letter; a half-width one is no other.
_VOICING = {"\u3099": "゛", "\u309a": "゜", "ﾞ": "゛", "ﾟ": "゜"}
VOICING = frozenset({*_VOICING, *_VOICING.values()})
_COMBINING = {"゛": "\u3099", "゜": "\u309a"}


def _map_printed_alike() -> dict[int, str]:
    """Map each character that is printed as another is to that one."""
    alike = load_words("extractor.grammar", "data/alike.toml", _PrintedAlike)
    signs = {chr(code) for first, last in alike.nfkc for code in range(first, last + 1)} - set(alike.own_forms)
    forms = {sign: unicodedata.normalize("NFKC", sign) for sign in signs}
    paired = {sign: form for pair in alike.pairs for sign, form in zip(*pair, strict=True)}
    return str.maketrans(forms | paired | _VOICING)


_SINGLE = _map_printed_alike()
_UNSEEN = re.compile(f"[{INVISIBLE}]+")
_PRIVATE = re.compile(f"[{PRIVATE}]")
# Within a word nothing is printed for a soft hyphen; elsewhere the map of a font gives it for the hyphen.
_SOFT_HYPHEN = re.compile(r"(?<=[^\W\d_])\u00ad+(?=[^\W\d_])")
_VOICED = re.compile("([ぁ-ヿ])([゛゜])")
_ACCENTED = re.compile(r"[^\W\d_][\u0300-\u036f]+")
# A bullet opens a point; between two Japanese letters it is the middle dot of another font.
_MIDDLE_DOT = re.compile(r"(?<=[ぁ-ゟァ-ヺー々〇㐀-䶿一-鿿」』）])[·•](?=[ぁ-ゟァ-ヺ々〇㐀-䶿一-鿿「『（])")

# A blank between a number and the word that counts it is the typesetter's, unless the word goes on ("15 社会教育").
# Latin units (5 km) are left as they are printed.
_COUNTERS = words_to_regex(
    tuple(word for word in (*load_vocabulary().counters.words, "年度", "月") if not word.isascii())
)
_SPACED_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z](?: [A-Z])+(?![A-Za-z])")
_OPEN_SPACE = re.compile(r"(?<=[^\x00-\x7f、。，．・：；)\]」』）】]) (?=[A-Z](?: [A-Z])+ [^A-Z])")
# Tried at a run's first letter only: at each of them, the time would grow with the square of the run.
_CLOSE_SPACE = re.compile(r"((?<![A-Za-z])(?<!(?<![A-Za-z])[A-Z] )[A-Z](?: [A-Z])+) (?=[^\x00-\x7f（「『【])")
_BEFORE_COUNTER = re.compile(rf"(?<=[0-9]) (?=(?:[億万千百]*円|{_COUNTERS})(?![\u4e00-\u9fff\u30a1-\u30fa]))")
_WIDE_SEPARATOR = re.compile(r"(?<=[0-9])[，．](?=[0-9])")
_ANY_LINE = re.compile(f"[{LINES}{WAVES}]")


def normalize_printed(text: str) -> str:
    """Normalize a text to what a record holds.

    That is what is printed, less what typesetting put there.

    >>> normalize_printed("県内 I T 業界と、U I J ターン")
    '県内IT業界と、UIJターン'
    >>> normalize_printed("若者定着還流促進課 U I Jターン促進グループ")
    '若者定着還流促進課 UIJターン促進グループ'
    >>> normalize_printed("延べ ２，５００ 部")
    '延べ 2,500部'
    >>> normalize_printed("⼩さな⻘い‧D X 推進課")
    '小さな青い・DX推進課'
    >>> normalize_printed("6件 8名")
    '6件 8名'
    >>> normalize_printed("15\u3000社会教育を核とする事業")
    '15 社会教育を核とする事業'
    """
    text = _fold_letters(text)
    text = re.sub(r"\s+", " ", text).strip(" ")
    text = _OPEN_SPACE.sub("", text)
    text = _CLOSE_SPACE.sub(r"\1", text)
    text = _SPACED_CAPITALS.sub(lambda run: run[0].replace(" ", ""), text)
    text = _WIDE_SEPARATOR.sub(lambda mark: unicodedata.normalize("NFKC", mark[0]), text)
    return _BEFORE_COUNTER.sub("", text)


def _fold_letters(text: str) -> str:
    """Fold characters that are printed alike to one code point, and drop those that are not printed."""
    text = _PRIVATE.sub("\ufffd", _UNSEEN.sub("", text)).translate(_SINGLE)
    text = _SOFT_HYPHEN.sub("", text).replace("\u00ad", "-")
    text = _ACCENTED.sub(lambda cluster: unicodedata.normalize("NFC", cluster[0]), text)
    text = _VOICED.sub(lambda found: join_voicing_mark(found[1], found[2]) or found[0], text)
    return _MIDDLE_DOT.sub("・", text)


def join_voicing_mark(letter: str, mark: str) -> str | None:
    """Join a letter and its voicing mark.

    Args:
        letter: The letter, of any width.
        mark: ゛, ゜ or one of their other forms.

    Returns:
        The one letter that both make; None where there is none.

    >>> join_voicing_mark("テ", "゛"), join_voicing_mark("ハ", "\u309a"), join_voicing_mark("あ", "゛")
    ('デ', 'パ', None)
    """
    mark = _VOICING.get(mark, mark)
    whole = unicodedata.normalize("NFC", letter.translate(_SINGLE) + _COMBINING.get(mark, mark))
    return whole if mark in _COMBINING and len(whole) == 1 else None


def is_unseen(text: str) -> bool:
    """Tell whether nothing is printed for a text, not even a blank.

    >>> is_unseen("\u200b"), is_unseen("\ufe00"), is_unseen(" "), is_unseen("")
    (True, True, False, False)
    """
    return bool(_UNSEEN.fullmatch(text))


@lru_cache(maxsize=100_000)
def comparison_key(text: str) -> str:
    """Fold a text for comparison: its width, brackets, dashes and white space.

    >>> comparison_key("【 事業概要 】") == comparison_key("【事業概要】")
    True
    >>> comparison_key("（担当課：") == comparison_key("(担当課:")
    True
    """
    text = unicodedata.normalize("NFKC", normalize_printed(text)).translate(
        str.maketrans("〔［【｛", "[[[[") | str.maketrans("〕］】｝", "]]]]")
    )
    return _ANY_LINE.sub("-", re.sub(r"\s+", "", text))
