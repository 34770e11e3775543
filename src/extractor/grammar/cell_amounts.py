"""Amounts: the tokens of a cell as quantities. What stands before a figure is understood, or the cell is not."""

import re
from collections.abc import Sequence

from extractor.grammar.cell_labels import find_doubt, find_sign, may_stand_before_figure
from extractor.grammar.cell_tokens import BRACKETS, Token
from extractor.grammar.characters import LONG
from extractor.grammar.numerals import number
from extractor.grammar.vocabulary import vocabulary
from extractor.records.messages import make_message
from extractor.records.report import Quantity

_MINUS = "-−"
# Between a sign and its figure.
_BESIDE_SIGN = frozenset({"blank", "qualifier"})
# Between a word and the figure that it stands before.
_BESIDE_LABEL = frozenset({"blank", "qualifier", "sign", "joint", "open", "close", "bullet"})
# Three decimals of things that come whole: a point printed for a comma.
_POINT_FOR_COMMA = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
# 内訳: what a bracket says of a part of the whole before it (うち県内 20名).
_PART = re.compile(r"(?:^|[\s、,(\[])(うち|内)[^0-9()\[\]、,]{1,15}$")


class NotUnderstood(Exception):  # noqa: N818 - the text is at fault
    """A cell that is not wholly understood; `why` says why."""

    def __init__(self, key: str, **parameters: str | tuple[str, ...]) -> None:
        self.why = make_message(f"unreadable.{key}", **parameters)
        super().__init__(str(self.why))


def read_tokens(tokens: Sequence[Token]) -> tuple[Quantity, ...]:
    """Read all amounts of a cell.

    Raises:
        NotUnderstood: A token is none that may stand where it does.
    """
    found: list[Quantity] = []
    before: list[Token] = []
    for one in tokens:
        if one.kind == "leftover":
            raise NotUnderstood("leftover", text=one.text)
        if one.kind == "amount":
            found.append(_read_amount(one, before))
            before = []
        else:
            before.append(one)
    if found:
        _check_behind(before)
    return tuple(found)


def pair_brackets(tokens: Sequence[Token]) -> None:
    """Check that each bracket has its other one and something in it, and that joints join.

    Raises:
        NotUnderstood: One has none, or nothing is in it.
    """
    opened: list[str] = []
    last = "open"
    for one in tokens:
        if one.kind == "blank":
            continue
        if one.kind == "open":
            opened.append(BRACKETS[one.text])
        elif one.kind == "close" and (last == "open" or not opened or opened.pop() != one.text):
            raise NotUnderstood("bracket", text=one.text)
        elif one.kind == "joint" and last in {"open", "joint"} and one.text != "・":
            raise NotUnderstood("joint", text=one.text)
        last = one.kind
    if opened:
        raise NotUnderstood("bracket-missing", text=opened[-1])


def _read_amount(one: Token, before: Sequence[Token]) -> Quantity:
    figure, unit, behind = one.parts
    value = number(figure)
    if value is None or (unit and comes_whole(figure, unit)):
        raise NotUnderstood("leftover", text=figure)
    _check_labels(one, before)
    qualifiers = [re.sub(r"\s", "", each.text) for each in before if each.kind == "qualifier"]
    if not qualifiers and (part := _PART.search(_text_before_sign(before))):
        qualifiers.append(part[1])
    if behind:
        qualifiers.append(behind)
    value = -value if _is_negative(one, before) else value
    return Quantity(value=value, unit=unit or None, qualifiers=tuple(qualifiers))


def comes_whole(figure: str, unit: str) -> bool:
    """Whether a figure has three decimals and counts what comes whole: a point printed for a comma (1.234人)."""
    return unit in vocabulary().counters.whole and _POINT_FOR_COMMA.fullmatch(figure) is not None


def _text_before_sign(before: Sequence[Token]) -> str:
    """What stands before a figure and its sign, each time as one sign."""
    return "".join("■" if one.kind == "time" else one.text for one in before if one.kind != "sign")


def _is_negative(amount: Token, before: Sequence[Token]) -> bool:
    """Whether the one sign that stands before a figure makes it negative; none does not."""
    signs = [at for at, one in enumerate(before) if one.kind == "sign"]
    if not signs:
        return False
    if len(signs) > 1:
        raise NotUnderstood("two-signs", signs=tuple(before[at].text for at in signs), text=amount.text)
    sign = before[signs[0]].text
    if any(one.kind not in _BESIDE_SIGN for one in before[signs[0] + 1 :]):
        raise NotUnderstood("sign-before", sign=sign, text=amount.text)
    plain = sign.strip("".join([*BRACKETS, *BRACKETS.values()])).strip()
    return plain in _MINUS or plain in vocabulary().signs.all_negative


def _check_labels(amount: Token, before: Sequence[Token]) -> None:
    """Check the words between the amount before this one and this one, and how the last of them ends."""
    for one in before:
        if one.kind == "label" and (doubt := find_doubt(one.text)):
            raise NotUnderstood("doubt", word=doubt, text=amount.text)
    at = len(before) - 1
    while at >= 0 and before[at].kind in _BESIDE_LABEL:
        at -= 1
    if at < 0 or before[at].kind != "label":
        return
    in_bracket = at + 1 < len(before) and before[at + 1].kind == "close"
    if not may_stand_before_figure(before[at].text, in_bracket=in_bracket) or _may_be_dash(before, at):
        raise NotUnderstood("label", word=before[at].text, text=amount.text)


def _may_be_dash(before: Sequence[Token], at: int) -> bool:
    """Whether a word touches the figure with a long vowel, which is drawn as a dash is (セミナー3回)."""
    return at == len(before) - 1 and before[at].text.endswith(tuple(LONG))


def _check_behind(tokens: Sequence[Token]) -> None:
    """Check what stands behind the last amount: nothing there may qualify or say a sign (22名 減)."""
    for one in tokens:
        if one.kind == "qualifier":
            raise NotUnderstood("qualifier", text=one.text)
        if one.kind == "sign" or (one.kind == "label" and find_sign(one.text)):
            raise NotUnderstood("sign-behind", sign=one.text)
