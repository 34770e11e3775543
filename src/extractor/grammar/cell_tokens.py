"""Tokens: a cell's text cut by one grammar, from its first character to its last, so that none is passed over.

What no rule takes is a token of the kind `leftover`: a cell with one is not understood. Each rule is a pattern for what
stands at a place, with what must stand before and behind it.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractor.grammar.characters import BRACKETS, LETTERS, LINES, LONG, PLAIN_MINUS, WAVES
from extractor.grammar.numerals import FIGURE
from extractor.grammar.periods import find_time_spans
from extractor.grammar.vocabulary import load_vocabulary, words_to_regex

# fmt: off
Kind = Literal[
    "amount", "blank", "bullet", "close", "joint", "label", "leftover", "open", "particle", "qualifier", "range",
    "sign", "time",
]
# fmt: on
_OPEN, _CLOSE = (re.escape("".join(signs)) for signs in (BRACKETS, BRACKETS.values()))
# Stands for each character of a time, so that the other rules see where one is: no text with it comes here.
_TIME = "\ufffd"
# What may stand directly behind an amount: its end, a blank, a joint, a bracket, a time.
_END = rf"(?=$|[\s、,。・;:※+{_TIME}{_OPEN}{_CLOSE}]|/\s*[0-9])"
# A minus touches its figure; a hyphen or dash that touches what stands before it may be another sign. (+ is a plus.)
_SIGN = rf"(?:^|(?<=[\s:、,{_OPEN}]))[{re.escape(PLAIN_MINUS)}](?=[0-9])|\+(?=[0-9])"
_JOINT = r"[、。;:・/&]|,(?![0-9])|\+(?=\s)"
_RANGE = rf"(?:(?<={_TIME})|(?<={_TIME}から))[{LINES}{WAVES}](?![0-9])|[{LINES}{WAVES}](?={_TIME})"
_PARTICLE = rf"(?<={_TIME})(?:から|より|まで|以降|の|に|は|付|分|卒)(?=[\s0-9{_TIME}{WAVES}{_CLOSE}]|$)"
# A number in a circle numbers; other signs begin a line.
_BULLET = rf"[①-⑳]|[○●◎◇◆□■](?=\s?[{LETTERS}])|※(?!\s?[0-9])"


@dataclass(frozen=True, slots=True)
class CellToken:
    """A piece of a cell's text.

    `parts` are an amount's figure, its unit and the qualifier behind it, or empty.
    """

    kind: Kind
    text: str
    start: int
    parts: tuple[str, str, str] = ("", "", "")

    @property
    def end(self) -> int:
        """The place behind its last character."""
        return self.start + len(self.text)


@cache
def _compile_rules() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """Compile the grammar: of the rules that fit at a place the first takes it."""
    words = load_vocabulary()
    # A dash in a bracket may say as well that there is no value of what else the bracket would hold: （前年度） above.
    in_bracket = rf"\s?(?:{words_to_regex(words.signs.all)})\s?"
    bracketed = "|".join(rf"{re.escape(a)}{in_bracket}{re.escape(b)}" for a, b in BRACKETS.items())
    # Blanks may stand in a qualifier (合　計).
    sign, qualifier = words_to_regex(words.signs.all), words_to_regex(words.qualifiers.before, between=r"\s?")
    # Words of qualifying and of sign are whole where nothing but such a word goes on: no 計 in 計画, no 減 in 減災.
    # No cell has more of them in a row, and a longer look would take time by the square.
    whole = rf"(?=\s*(?:(?:{qualifier}|{sign})\s*){{0,8}}(?![{LETTERS}]))"
    unit = rf"(?>{words_to_regex(words.counters.words)})"
    behind = rf"(?:{words_to_regex(words.qualifiers.after)})|\s?\((?:{words_to_regex(words.qualifiers.noted)})\)"
    # Of what counts two things in a row (3日間延べ54名, 1組2名).
    again = rf"(?=(?:{qualifier})*\s*[0-9])"
    amounts = (
        rf"(?P<figure>{FIGURE})\s?(?P<unit>{unit})(?P<behind>{behind})?+(?:{_END}|{again})",
        rf"(?P<figure>{FIGURE})(?P<unit>)(?P<behind>{behind})?+{_END}",
    )
    rules: tuple[tuple[Kind, str], ...] = (
        ("sign", bracketed),
        ("sign", _SIGN),
        ("qualifier", rf"(?:{qualifier}){whole}"),
        ("sign", rf"(?:{sign}){whole}"),
        *(("amount", pattern) for pattern in amounts),
        ("range", _RANGE),
        ("particle", _PARTICLE),
        ("bullet", _BULLET),
        ("open", f"[{_OPEN}]"),
        ("close", f"[{_CLOSE}]"),
        ("joint", _JOINT),
        ("blank", r"\s+"),
        ("label", rf"(?![{LONG}])[{LETTERS}]+"),
    )
    return tuple((kind, re.compile(pattern)) for kind, pattern in rules)


def cut_into_tokens(text: str) -> tuple[CellToken, ...]:
    """Cut a cell's text into tokens that are together all of it.

    The text has its full-width signs made plain.

    >>> [(token.kind, token.text) for token in cut_into_tokens("R5年3月 青森 約10名")]
    [('time', 'R5年3月'), ('blank', ' '), ('label', '青森'), ('blank', ' '), ('qualifier', '約'), ('amount', '10名')]
    >>> [(token.kind, token.text) for token in cut_into_tokens("減3名 ?2")]
    [('sign', '減'), ('amount', '3名'), ('blank', ' '), ('leftover', '?'), ('amount', '2')]
    """
    ends = dict(find_time_spans(text))
    masked = text
    for start, end in ends.items():
        masked = masked[:start] + _TIME * (end - start) + masked[end:]
    tokens: list[CellToken] = []
    at = 0
    while at < len(text):
        tokens.append(CellToken("time", text[at : ends[at]], at) if at in ends else _cut_token(masked, at))
        at = tokens[-1].end
    return tuple(tokens)


def _cut_token(text: str, at: int) -> CellToken:
    for kind, rule in _compile_rules():
        if found := rule.match(text, at):
            if kind == "amount":
                behind = (found["behind"] or "").strip(" ()")
                return CellToken(kind, found[0], at, (found["figure"], found["unit"], behind))
            return CellToken(kind, found[0], at)
    figure = re.compile(FIGURE).match(text, at)
    return CellToken("leftover", figure[0] if figure else text[at], at)
