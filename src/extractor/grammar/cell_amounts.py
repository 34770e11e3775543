"""Amounts: the tokens of a cell as quantities. What stands before a figure is understood, or the cell is not."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Literal

from extractor.grammar.bounds import add_bounds
from extractor.grammar.cell_tokens import CellToken
from extractor.grammar.characters import BRACKETS, LONG
from extractor.grammar.numerals import NUMERAL, parse_number
from extractor.grammar.vocabulary import load_vocabulary, words_to_regex
from extractor.records.messages import make_message
from extractor.records.report import Quantity

# Between a sign and its figure.
_BESIDE_SIGN = frozenset({"blank", "qualifier"})
# Between a word and the figure that it stands before.
_BESIDE_LABEL = frozenset({"blank", "qualifier", "sign", "joint", "open", "close", "bullet"})
# Three decimals of things that come whole: a point printed for a comma.
_POINT_FOR_COMMA = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
_NUMERAL = re.compile(rf"(?:{NUMERAL}|[〇壱弐参]|{NUMERAL}数)$")
# 内訳: what a bracket says of a part of the whole before it (うち県内 20名).
_PART = re.compile(r"(?:^|[\s、,(\[])(うち|内)[^0-9()\[\]、,]{1,15}$")


class NotUnderstood(Exception):  # noqa: N818 - the text is at fault
    """A cell that is not wholly understood; `why` says why."""

    def __init__(self, key: str, **parameters: str | tuple[str, ...]) -> None:
        self.why = make_message(f"unreadable.{key}", **parameters)
        super().__init__(str(self.why))


def read_tokens(tokens: Sequence[CellToken]) -> tuple[Quantity, ...]:
    """Read all amounts of a cell.

    Raises:
        NotUnderstood: A token is none that may stand where it does.
    """
    _pair_brackets(tokens)
    quantities: list[Quantity] = []
    before: list[CellToken] = []
    for token in tokens:
        if token.kind == "leftover":
            raise NotUnderstood("leftover", text=token.text)
        if token.kind == "amount":
            quantities.append(_read_amount(token, before))
            before = []
        else:
            before.append(token)
    if quantities:
        _check_behind(before)
    return tuple(quantities)


def _pair_brackets(tokens: Sequence[CellToken]) -> None:
    """Check that each bracket has its other one and holds something, and that joints join."""
    awaited: list[str] = []
    last = "open"
    for token in tokens:
        if token.kind == "blank":
            continue
        if token.kind == "open":
            awaited.append(BRACKETS[token.text])
        elif token.kind == "close" and (last == "open" or awaited[-1:] != [token.text]):
            raise NotUnderstood("bracket", text=token.text)
        elif token.kind == "close":
            awaited.pop()
        elif token.kind == "joint" and last in {"open", "joint"} and token.text != "・":
            raise NotUnderstood("joint", text=token.text)
        last = token.kind
    if awaited:
        raise NotUnderstood("bracket-missing", text=awaited[-1])


def _read_amount(amount: CellToken, before: Sequence[CellToken]) -> Quantity:
    figure, unit, behind = amount.parts
    value = parse_number(figure)
    if value is None or comes_whole(figure, unit):
        raise NotUnderstood("leftover", text=figure)
    _check_labels(amount, before)
    value = -value if _is_negative(amount, before) else value
    qualifiers = _find_qualifiers(before) + ([behind] if behind else [])
    return add_bounds(Quantity(value=value, unit=unit or None, qualifiers=tuple(qualifiers)))


def _find_qualifiers(before: Sequence[CellToken]) -> list[str]:
    """Find the qualifiers before a figure, blanks in them left out; else the うち of a part that a word names."""
    qualifiers = [re.sub(r"\s", "", token.text) for token in before if token.kind == "qualifier"]
    text = "".join("■" if token.kind == "time" else token.text for token in before if token.kind != "sign")
    part = _PART.search(text)
    return qualifiers or ([part[1]] if part else [])


def comes_whole(figure: str, unit: str) -> bool:
    """Tell whether a point is printed for a comma.

    It is, where it gives three decimals of what comes whole (1.234人).

    Args:
        figure: The figure as printed.
        unit: Its counter; empty where it has none.

    Returns:
        True where the figure cannot be understood.

    >>> comes_whole("1.234", "人"), comes_whole("1.234", "ha")
    (True, False)
    """
    return unit in load_vocabulary().counters.whole and _POINT_FOR_COMMA.fullmatch(figure) is not None


def _is_negative(amount: CellToken, before: Sequence[CellToken]) -> bool:
    """Tell whether the one sign that stands before a figure makes it negative."""
    signs = [at for at, token in enumerate(before) if token.kind == "sign"]
    if not signs:
        return False
    if len(signs) > 1:
        raise NotUnderstood("two-signs", signs=tuple(before[at].text for at in signs), text=amount.text)
    sign = before[signs[0]].text
    if any(token.kind not in _BESIDE_SIGN for token in before[signs[0] + 1 :]):
        raise NotUnderstood("sign-before", sign=sign, text=amount.text)
    return load_vocabulary().signs.is_negative(sign.strip("".join([*BRACKETS, *BRACKETS.values()])).strip())


def _check_labels(amount: CellToken, before: Sequence[CellToken]) -> None:
    """Check the words between the amount before this one and this one, and how the last of them ends."""
    labels = [token.text for token in before if token.kind == "label"]
    doubts = [doubt for label in labels if (doubt := _find_absent(label) or find_word_in_label("doubt", label))]
    if doubts:
        raise NotUnderstood("doubt", word=doubts[0], text=amount.text)
    at = next((at for at in reversed(range(len(before))) if before[at].kind not in _BESIDE_LABEL), None)
    if at is None or before[at].kind != "label":
        return
    if not _is_apart(before[at].text, before[at + 1 :]):
        raise NotUnderstood("label", word=before[at].text, text=amount.text)


def _is_apart(label: str, beside: Sequence[CellToken]) -> bool:
    """Tell whether a word is no part of the figure from which these tokens part it."""
    # A long vowel that touches the figure is drawn as a dash is (セミナー3回).
    if not beside and label.endswith(tuple(LONG)):
        return False
    return may_stand_before_figure(label, in_bracket=bool(beside) and beside[0].kind == "close")


def _check_behind(tokens: Sequence[CellToken]) -> None:
    """Check what stands behind the last amount: nothing there may qualify or say a sign (22名 減)."""
    for token in tokens:
        if token.kind == "qualifier":
            raise NotUnderstood("qualifier", text=token.text)
        if token.kind == "label" and _find_absent(token.text):
            raise NotUnderstood("doubt-behind", word=token.text)
        if token.kind == "sign" or (token.kind == "label" and find_word_in_label("sign", token.text)):
            raise NotUnderstood("sign-behind", sign=token.text)


def _find_absent(label: str) -> str | None:
    """Find whether a word says that there is no value; beside one it is not known what that says (3回（中止）)."""
    return label if label in load_vocabulary().absent.words else None


@cache
def _compile_label_words() -> dict[str, re.Pattern[str]]:
    words = load_vocabulary()
    lists = {"clear": words.labels.clear, "doubt": words.labels.doubtful, "sign": words.signs.all}
    return {name: re.compile(words_to_regex(known)) for name, known in lists.items()}


def find_word_in_label(kind: Literal["doubt", "sign"], label: str) -> str | None:
    """Find the first word in a label that casts a doubt on the figure beside it.

    Args:
        kind: `doubt`: what may change the figure's sign, or of what it is; `sign`: what says a sign, of which it is not
            known whether it is that of the figure.
        label: The label.

    Returns:
        The word; None where there is none outside of the words that are known to be clear.

    >>> [find_word_in_label("doubt", label) for label in ("欠席者", "未来館", "東青")]
    ['欠', None, None]
    >>> find_word_in_label("sign", "前年より減少"), find_word_in_label("sign", "減災セミナー")
    ('減少', None)
    """
    patterns = _compile_label_words()
    found = patterns[kind].search(patterns["clear"].sub(" ", label))
    return found[0] if found else None


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
