"""Values: what a cell says, as state, amounts and period. A number is matched whole, or the cell is unreadable."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from extractor.grammar.cell_amounts import NotUnderstood, read_tokens
from extractor.grammar.cell_tokens import cut_into_tokens
from extractor.grammar.characters import BRACKETS, LINES, PLAIN_MINUS, WAVES
from extractor.grammar.normalize import comparison_key
from extractor.grammar.numerals import SCALE, hides_figure, multiply_powers, parse_number
from extractor.grammar.periods import Period, blank_out_times, parse_period
from extractor.grammar.vocabulary import load_vocabulary, words_to_regex
from extractor.records.messages import Message, make_message
from extractor.records.report import Quantity, Status

# Signs of full width as their plain ones, so that one pattern finds both; what counts (％, ㎡) and ～ stay as printed.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "％～"}
# Numerals of other kinds: taken for words they would be lost, taken for figures they might be misread. (m² is a unit.)
_ODD_NUMERAL = re.compile(r"(?![0-9])\d|(?<!m)[²³]|[¹¼½¾⅐-ↂ↉⁰-₉]")
# Signs that say in print that there is no value.
# Dashes; or a stroke through the cell, from corner to corner.
_ABSENT = re.compile(rf"^(?:[{LINES}{WAVES}]{{1,3}}|[／＼/])$")
_BRACKET = re.compile(
    "|".join(rf"{re.escape(a)}([^()\[\]【】〔〕]*){re.escape(b)}" for a, b in BRACKETS.items() if a in "([【〔")
)
_LOOSE_DASH = re.compile(rf"\s*[{LINES}]\s+[0-9]")
# A bracket without a figure, such as a remark behind a dash.
_WORDS_IN_BRACKET = re.compile(r"[(\[【〔][^0-9()\[\]【】〔〕]*[)\]】〕]")
# A cell that is all in brackets.
_ENCLOSED = re.compile(r"^[(\[【〔「]([^()\[\]【】〔〕「」]*)[)\]】〕」]$")
# A figure that is no year's.
_ANY_FIGURE = re.compile(r"[0-9](?!.*年度?$)")
# A mark that refers to a note elsewhere, at the end of a cell that holds no value (－※1).
_LAST_MARK = re.compile(r"(?<=\S)[※*]\s?[0-9]{0,2}$")
# A mark that refers to a note elsewhere (10名※1).
_REFERENCE = re.compile(r"(?<=\S)[※*][0-9]{1,2}(?=$|[\s、,)])")
_BUDGET = re.compile(rf"(?P<figure>.*?)\s*(?P<unit>{SCALE}*円)?")
_YEN_UNITS = frozenset({"円", "千円", "万円", "百万円", "億円"})
# What a cell holds besides its amounts.
_WORDS = frozenset({"bullet", "label", "particle"})


@dataclass(frozen=True, slots=True)
class CellValue:
    """A cell's value.

    `bare`: the cell holds its amounts and nothing in words besides. `why` says why it is unreadable.
    """

    status: Status
    quantities: tuple[Quantity, ...] = ()
    period: Period | None = None
    bare: bool = True
    why: Message | None = None


def _split_off_periods(text: str, fiscal_year: int) -> tuple[str, Period | None]:
    """Split a cell into its text and the first of its periods.

    A period stands in a bracket; without such, it is the time that the cell begins with, where that is the only one
    (4月～3月 12回).
    """
    periods: list[Period] = []

    def take(bracket: re.Match[str]) -> str:
        inside = parse_period(bracket[bracket.lastindex or 0], fiscal_year)
        periods.extend([inside] if inside else [])
        return " " if inside else bracket[0]

    rest = _BRACKET.sub(take, text)
    if periods:
        return rest, periods[0]
    head, _, tail = rest.partition(" ")
    first = parse_period(head, fiscal_year) if tail and blank_out_times(tail) == tail else None
    return (tail, first) if first else (rest, None)


def read_value(text: str, fiscal_year: int) -> CellValue:
    """Read a cell, whole.

    Args:
        text: The cell as printed.
        fiscal_year: The fiscal year of its column, in which months without a year lie.

    Returns:
        Its value. A cell of which anything is not understood is unreadable, and `why` says what.

    >>> read_value("6件 8名", 2023).quantities[1]
    Quantity(value=8, unit='名', qualifiers=(), component=None, lower=None, upper=None)
    >>> [read_value(text, 2023).status for text in ("22名", "－", "", "十数社", "1,23名", "22各")]
    ['read', 'absent', 'blank', 'unreadable', 'unreadable', 'unreadable']
    >>> value = read_value("1,000名 (8月～10月)", 2022)
    >>> value.quantities[0].value, value.period.edtf
    (1000, '2022-08/2022-10')
    """
    plain = text.translate(_HALF_WIDTH).strip()
    if not plain:
        return CellValue("blank")
    when: Period | None = None
    try:
        _check_characters(plain)
        rest, when = _split_off_periods(plain, fiscal_year)
        if says_no_value(rest):
            return CellValue("absent", period=when)
        return _read_amounts(_REFERENCE.sub("", rest), when)
    except NotUnderstood as said:
        return CellValue("unreadable", period=when, why=said.why)


def _check_characters(text: str) -> None:
    """Refuse characters that were not read, and numerals that would be misread."""
    if "\ufffd" in text:
        raise NotUnderstood("character")
    if odd := _ODD_NUMERAL.search(text):
        raise NotUnderstood("numeral", text=odd[0])


def _read_amounts(text: str, when: Period | None) -> CellValue:
    if _LOOSE_DASH.match(text):
        raise NotUnderstood("dash")
    tokens = cut_into_tokens(text)
    quantities = read_tokens(tokens)
    if not quantities:
        raise NotUnderstood("no-number")
    bare = not any(token.kind in _WORDS for token in tokens)
    if (len(quantities) > 1 or not bare) and any(quantity.unit is None for quantity in quantities):
        raise NotUnderstood("uncounted")
    return CellValue("read", quantities, when, bare=bare)


def is_absent(text: str) -> bool:
    """Tell whether a cell holds a dash alone, or a stroke from corner to corner.

    Both say in print that there is no value.

    >>> [is_absent(text) for text in ("－", "—", "ー", "／", "", "-5", "なし")]
    [True, True, True, True, False, False, False]
    """
    return bool(_ABSENT.match(text.strip()))


def says_no_value(text: str) -> bool:
    """Tell whether a cell says that it has no value, by a dash or in a word, with or without a note.

    >>> [says_no_value(text) for text in ("－", "（中止）", "「－」", "調査中 (7月公表)", "なし", "中止3回", "")]
    [True, True, True, False, False, False, False]
    """
    plain = re.sub(r"\s", "", _LAST_MARK.sub("", text.translate(_HALF_WIDTH).strip()))
    enclosed = _ENCLOSED.sub(r"\1", plain)
    bare = _WORDS_IN_BRACKET.sub("", plain)
    return any(is_absent(said) or said in load_vocabulary().absent.words for said in (enclosed, bare))


def looks_like_value(text: str) -> bool:
    """Tell whether a text is more like a value than like a head or name: it has a figure, or says that it has none.

    >>> [looks_like_value(text) for text in ("12名", "－", "中止", "4年度", "参加者数")]
    [True, True, True, False, False]
    """
    return bool(_ANY_FIGURE.search(comparison_key(text))) or says_no_value(text)


def read_budget(text: str, unit: str) -> tuple[int | None, Message | None]:
    """Read a budget cell.

    Args:
        text: The cell as printed.
        unit: The unit of its column, for an amount without a unit of its own (千円, 百万円, 円).

    Returns:
        The amount in thousand yen, or None, and the reason where it could not be read. A blank cell and a dash have
        neither.

    >>> read_budget("4,789", "千円"), read_budget("△12", "百万円"), read_budget("－", "千円")
    ((4789, None), (-12000, None), (None, None))
    >>> str(read_budget("4,7B9", "千円")[1]), str(read_budget("1,500", "円")[1])
    ('it is not a number', 'it is no whole number of thousand yen')
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or is_absent(plain):
        return None, None
    if _LOOSE_DASH.match(plain) and not hides_figure(text):
        return None, make_message("unreadable.dash")
    found = _BUDGET.fullmatch(plain)
    figure = _parse_signed(found["figure"]) if found and not hides_figure(text) else None
    if found is None or figure is None:
        return None, make_message("unreadable.not-number")
    unit = found["unit"] or unit
    if unit not in _YEN_UNITS:
        return None, make_message("unreadable.unit-unknown", unit=unit)
    yen = figure * multiply_powers(unit.removesuffix("円"))
    return (int(yen // 1000), None) if yen % 1000 == 0 else (None, make_message("unreadable.not-whole"))


def _parse_signed(text: str) -> int | Decimal | None:
    """Parse a figure with one sign or word of sign before it, alone or in a bracket, whole."""
    signs = load_vocabulary().signs
    word = words_to_regex(signs.all)
    found = re.match(rf"(?:\((?P<bracketed>{word})\)|(?P<sign>{word}|[{re.escape(PLAIN_MINUS)}+]))\s?(?=[0-9])", text)
    if found is None:
        return parse_number(text)
    value = parse_number(text[found.end() :])
    return -value if value is not None and signs.is_negative(found["bracketed"] or found["sign"]) else value
