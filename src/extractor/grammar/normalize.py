"""Normalization: take out of a text what typesetting or the PDF's producer put there, and nothing else.

`printed` gives what records hold. `key` folds further and is for comparing only. Each character that either touches has
its row, with the reason, in docs/characters.md.
"""

import re
import unicodedata
from functools import lru_cache

from extractor.grammar.characters import INVISIBLE, LINES, PRIVATE, WAVES
from extractor.grammar.vocabulary import load_vocabulary, words_to_regex


def _pair_signs(signs: str, meanings: str) -> dict[str, str]:
    return dict(zip(signs, meanings, strict=True))


def _map_to_nfkc(first: int, last: int) -> dict[str, str]:
    """Map the characters of a range, first and last code point included, to NFKC where that is another."""
    forms = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(first, last + 1)}
    return {sign: form for sign, form in forms.items() if form != sign}


# Of the radicals NFKC folds those of U+2F00 and three of U+2E80. The rest is Unicode's (EquivalentUnifiedIdeograph.txt,
# version 14); U+2E80 has none. The last pair are Japanese forms of ⼾ and ⿊: the glyphs of Adobe-Japan1 are those of
# 戸 and 黒, where Unicode names 戶 and 黑.
_RADICALS = (
    _map_to_nfkc(0x2F00, 0x2FD5)
    | _pair_signs(
        "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨",
        "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭",
    )
    | _pair_signs(
        "⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏",
        "王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑",
    )
    | _pair_signs(
        "⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
    )
    | _pair_signs("⼾⿊", "戸黒")
)
# Ideographs that Korean and Chinese standards count twice are printed alike. Those that have a form of their own in
# Japanese fonts (Adobe-Japan1) are not among them: U+F929 is the older form of 朗.
_OWN_FORMS = (
    "\uf909\uf91d\uf91f\uf928\uf929\uf936\uf95f\uf970\uf983\uf992\uf993\uf999\uf99a\uf9a2\uf9c3\uf9d0\uf9dc\uf9ec\ufa03"
)
_TWINS = {sign: form for sign, form in _map_to_nfkc(0xF900, 0xFA0D).items() if sign not in _OWN_FORMS}
_FULL_WIDTH = {
    chr(code): chr(code - 0xFEE0)
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for code in range(ord(first), ord(last) + 1)
}
_HALF_WIDTH_KANA = _map_to_nfkc(0xFF61, 0xFF9D)
_LIGATURES = _map_to_nfkc(0xFB00, 0xFB06)
_VERTICAL = _pair_signs(
    "︐︑︒︓︔︕︖︗︘︙︰︱︲︳︴︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈",
    "，、。：；！？〖〗…‥—–＿＿（）｛｝〔〕【】《》〈〉「」『』［］",
)
# Of two code points for one glyph (of Adobe-Japan1, or of Japanese fonts at large) a PDF holds either. U+0336 and
# U+0305 are what the character maps of fonts that are not embedded give for — and ‾.
_ONE_GLYPH = _pair_signs("〜−‒∼˜∙‧ʼʻ\u0336\u0305\u2011", "～－–~~·・’‘—‾‐")
# Voicing marks stand alone until they meet their letter; a half-width one is no other.
_VOICING = _pair_signs("\u3099\u309aﾞﾟ", "゛゜゛゜")
VOICING = frozenset({*_VOICING, *_VOICING.values()})
_COMBINING = {"゛": "\u3099", "゜": "\u309a"}
# Blanks that Python does not count as white space (fillers of Korean syllables, the empty pattern of Braille).
_BLANKS = dict.fromkeys("\u115f\u1160\u3164\uffa0\u2800", " ")
_SINGLE = str.maketrans(
    _RADICALS | _TWINS | _FULL_WIDTH | _HALF_WIDTH_KANA | _LIGATURES | _VERTICAL | _ONE_GLYPH | _VOICING | _BLANKS
)

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
