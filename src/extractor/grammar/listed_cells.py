"""Cells of a list: what a row says in words (継続, 再掲, 内数 …), and an amount beside that of the year before.

In: the text of a cell, and what the list says of its amounts. Out: kinds of words, and amounts in thousand yen.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from extractor.grammar.eras import parse_column_year
from extractor.grammar.normalize import comparison_key
from extractor.grammar.quantities import read_budget
from extractor.grammar.vocabulary import load_vocabulary, words_to_regex
from extractor.records.messages import Message

# new, ongoing: whether the programme is. repeated: it is listed elsewhere too. unfunded: it has no budget. within: its
# amount is a part of another's. vacant: no programme has this number.
ListedKind = Literal["new", "ongoing", "repeated", "unfunded", "within", "vacant"]
# Which of a cell's two amounts is that of the year before: that in a bracket, that outside of it, the first, the last.
PreviousPlace = Literal["bracket", "outside", "first", "last"]

# What stands before the name of a new programme without any word.
_STARS = "★☆"
_OPEN, _CLOSE = r"[(\[<]", r"[)\]>]"
_WORD_IN_BRACKET = re.compile(rf"{_OPEN}([^()\[\]<>]*){_CLOSE}")
_AMOUNT_IN_BRACKET = re.compile(r"[(（\[［〔【<＜〈]\s*([^()（）\[\]［］〔〕【】<>＜＞〈〉]*?)\s*[)）\]］〕】>＞〉]")
# 上段( )は前年度, 下段:R4, ()内は前年度予算額, 括弧書きは前年度
_CLAUSE = re.compile(
    r"^(?P<line>上段|下段|上|下)?(?P<bracket>\(\)|\[\]|<>|括弧|カッコ|かっこ)?(?:内|書き?)*(?:の(?:数字|数値|金額|額))?"
    r"(?:は|が|:|=)?(?P<year>.+?)(?:の?(?:当初|最終|補正後)?(?:予算|決算|事業費|実績)?(?:見込)?額?)?$"
)


def split_new_mark(text: str, marks: Collection[str]) -> tuple[str, bool]:
    """Split the mark of a new programme from the beginning of its name.

    Args:
        text: The text of the name's cell.
        marks: The words and signs for what is new, as the family of reports has them.

    Returns:
        The name, and whether a mark stood before it: one of them in brackets, or a star.

    >>> split_new_mark("【新】在宅勤務支援事業", ("○", "新")), split_new_mark("新しい働き方支援事業", ("○", "新"))
    (('在宅勤務支援事業', True), ('新しい働き方支援事業', False))
    """
    words = words_to_regex(tuple(mark for mark in marks if mark.isalnum()))
    found = re.match(rf"(?:[【\[［(（〔＜<]\s*(?:{words})(?:事業)?\s*[】\]］)）〕＞>]|[{_STARS}])\s*(?=\S)", text)
    return (text[found.end() :], True) if found else (text, False)


def find_listed_kind(text: str) -> ListedKind | None:
    """Find what a cell, or a bracket in it, says of its row in a word and nothing else.

    >>> [find_listed_kind(text) for text in ("新規", "（継続）", "【再掲】", "1,234の内数", "ゼロ予算", "継続的な支援")]
    ['new', 'ongoing', 'repeated', 'within', 'unfunded', None]
    """
    plain = comparison_key(text)
    whole = _WORD_IN_BRACKET.fullmatch(plain)
    found = _compile_words().fullmatch(whole[1] if whole else plain)
    return cast(ListedKind, found.lastgroup) if found else None


@cache
def _compile_words() -> re.Pattern[str]:
    words = load_vocabulary().listed
    before = {"within": ".*?"}
    kinds = get_args(ListedKind)
    return re.compile("|".join(rf"(?P<{k}>{before.get(k, '')}(?:{words_to_regex(getattr(words, k))}))" for k in kinds))


def says_repeated(name: str) -> bool:
    """Tell whether a name says in a bracket at its end that the programme is listed elsewhere too.

    >>> says_repeated("港の学び舎事業【再掲】"), says_repeated("再掲載事業（第2期）")
    (True, False)
    """
    found = re.search(rf"{_OPEN}([^()\[\]<>]*){_CLOSE}$", comparison_key(name))
    return found is not None and find_listed_kind(found[1]) == "repeated"


def find_previous_place(texts: Iterable[str], year: int) -> PreviousPlace | None:
    """Find where in a cell the amount of the year before stands, by what a head or a line over the list says.

    Args:
        texts: The head of the column, and lines beside the list.
        year: The fiscal year of the report.

    Returns:
        The place; None where nothing says that cells hold the year before's amounts.

    >>> notes = ("（単位：千円、上段（ ）は前年度）", "R5事業費（R4事業費）", "下段：令和4年度")
    >>> [find_previous_place([note], 2023) for note in notes]
    ['bracket', 'bracket', 'last']
    >>> find_previous_place(["（単位：千円）", "（ ）内は一般財源", "R5事業費（千円）"], 2023) is None
    True
    """
    for text in texts:
        plain = re.sub(r"[\s(（]*単位[^、,。;；)）]*", "", re.sub(r"([(（\[〔<＜])\s+(?=[)）\]〕>＞])", r"\1", text))
        if any(_says_year(inside, year, 1) for inside in re.findall(r"[(（]([^()（）]+)[)）]", plain)):
            return "bracket"
        for clause in re.split(r"[、,。;；\s]+|[)）]$", plain):
            if (
                place := _read_clause(re.sub(r"^[※*()]*?(?=\(\)|[^※*()])", "", comparison_key(clause)), year)
            ) is not None:
                return place
    return None


def _read_clause(clause: str, year: int) -> PreviousPlace | None:
    found = _CLAUSE.match(clause)
    if found is None or not (found["line"] or found["bracket"]):
        return None
    is_previous, is_own = _says_year(found["year"], year, 1), _says_year(found["year"], year, 0)
    if not (is_previous or is_own):
        return None
    if found["bracket"]:
        return "bracket" if is_previous else "outside"
    return "first" if found["line"].startswith("上") == is_previous else "last"


def _says_year(text: str, year: int, before: int) -> bool:
    """Tell whether a text names the fiscal year that is so many before the report's."""
    plain = re.sub(r"の?(?:当初|最終|補正後)?(?:予算|決算|事業費|実績)?(?:見込)?額?$", "", comparison_key(text))
    return parse_column_year(plain, year) == year - before


@dataclass(frozen=True, slots=True)
class ListedAmounts:
    """What a cell of budgets says: amounts in thousand yen, that of the report's year and that of the year before.

    `why`: why it could not be read. `kind`: what it says in words. `is_blank`: it says nothing of the report's year.
    """

    amount: int | None
    previous: int | None = None
    why: Message | None = None
    kind: ListedKind | None = None
    is_blank: bool = False


def read_listed_amounts(text: str, unit: str, place: PreviousPlace | None) -> ListedAmounts:
    """Read a cell of budgets.

    Args:
        text: The cell as printed.
        unit: The unit of the column, for amounts without one.
        place: Where the amount of the year before stands; None where the cell has none.

    Returns:
        The amounts. Where words say that the amount is another's (1,234の内数), or that there is none, there is none.

    >>> read_listed_amounts("（4,301） 4,789", "千円", "bracket")
    ListedAmounts(amount=4789, previous=4301, why=None, kind=None, is_blank=False)
    >>> [read_listed_amounts(text, "千円", None).amount for text in ("1,234（再掲）", "12,345の内数", "ゼロ予算", "0")]
    [1234, None, None, 0]
    >>> str(read_listed_amounts("（4,301） 4,789", "千円", None).why)
    'it is not a number'
    """
    plain, kind = _split_off_word(text)
    if kind in {"unfunded", "within", "vacant"}:
        return ListedAmounts(None, kind=kind)
    own, before = _split_amounts(plain, place)
    amount, why = read_budget(own, unit)
    previous, why_not = read_budget(before, unit)
    return ListedAmounts(amount, previous, why or why_not, kind, not own.strip() and kind is None)


def _split_off_word(text: str) -> tuple[str, ListedKind | None]:
    """Split a word that says something of the row, the whole cell or a bracket in it, from the amounts."""
    if (kind := find_listed_kind(text)) is not None:
        return "", kind
    for bracket in _AMOUNT_IN_BRACKET.finditer(text):
        if (kind := find_listed_kind(bracket[1])) is not None:
            return f"{text[: bracket.start()]} {text[bracket.end() :]}".strip(), kind
    return text, None


def _split_amounts(text: str, place: PreviousPlace | None) -> tuple[str, str]:
    """Split a cell into the amount of the report's year and that of the year before."""
    if place is None:
        return text, ""
    brackets = list(_AMOUNT_IN_BRACKET.finditer(text))
    if len(brackets) == 1:
        inside, outside = brackets[0][1], f"{text[: brackets[0].start()]} {text[brackets[0].end() :]}".strip()
        return (inside, outside) if place == "outside" else (outside, inside)
    parts = unicodedata.normalize("NFKC", text).split()
    if len(parts) == 2 and place in {"first", "last"}:
        return (parts[1], parts[0]) if place == "first" else (parts[0], parts[1])
    return text, ""
