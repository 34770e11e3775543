"""Tokens: a cell's text cut by one grammar, from its first character to its last, so that none is passed over.

What no rule takes is a token of the kind `leftover`: a cell with one is not understood. Each rule is a pattern for what
stands at a place, with what must stand before and behind it.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractor.grammar.cell_labels import LETTERS
from extractor.grammar.characters import LINES, LONG, WAVES
from extractor.grammar.periods import time_spans
from extractor.grammar.vocabulary import alternatives, vocabulary

Kind = Literal[
    "amount",
    "blank",
    "bullet",
    "close",
    "joint",
    "label",
    "leftover",
    "open",
    "particle",
    "qualifier",
    "range",
    "sign",
    "time",
]
BRACKETS = {"(": ")", "[": "]", "【": "】", "〔": "〕", "「": "」", "『": "』", "〈": "〉", "《": "》"}
_OPEN, _CLOSE = (re.escape("".join(signs)) for signs in (BRACKETS, BRACKETS.values()))
# Stands for each character of a time, so that the other rules see where one is: no text with it comes here.
_TIME = "\ufffd"
_FIGURE = r"(?>[0-9][0-9,.]*(?:[百千万億兆]+(?:[0-9][0-9,.]*)?)*)"
_ONE_FIGURE = re.compile(_FIGURE)
# What may stand directly behind an amount: its end, a blank, a joint, a bracket, a time.
_END = rf"(?=$|[\s、,。・;:※+{_TIME}{_OPEN}{_CLOSE}]|/\s*[0-9])"
# A minus touches its figure; a hyphen or dash that touches what stands before it may be another sign. (+ is a plus.)
_SIGN = rf"(?:^|(?<=[\s:、,{_OPEN}]))[-−](?=[0-9])|\+(?=[0-9])"
_JOINT = r"[、。;:・/&]|,(?![0-9])|\+(?=\s)"
_RANGE = rf"(?:(?<={_TIME})|(?<={_TIME}から))[{LINES}{WAVES}](?![0-9])|[{LINES}{WAVES}](?={_TIME})"
_PARTICLE = rf"(?<={_TIME})(?:から|より|まで|以降|の|に|は|付|分|卒)(?=[\s0-9{_TIME}{WAVES}{_CLOSE}]|$)"
# A number in a circle numbers; other signs begin a line.
_BULLET = rf"[①-⑳]|[○●◎◇◆□■](?=\s?[{LETTERS}])|※(?!\s?[0-9])"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a cell's text. `parts`: of an amount its figure, unit and what qualifies it behind (or nothing)."""

    kind: Kind
    text: str
    start: int
    parts: tuple[str, str, str] = ("", "", "")

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def _spread(words: tuple[str, ...]) -> str:
    """The words as a regular expression, longest first; each may be spread out (合　計)."""
    return "|".join(r"\s?".join(map(re.escape, word)) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _rules() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """The grammar: of the rules that fit at a place the first takes it."""
    words = vocabulary()
    # A dash in a bracket may say as well that there is no value of what else the bracket would hold: （前年度） above.
    in_bracket = rf"\s?(?:{alternatives(words.signs.all)})\s?"
    bracketed = "|".join(rf"{re.escape(a)}{in_bracket}{re.escape(b)}" for a, b in BRACKETS.items())
    sign, qualifier = alternatives(words.signs.all), _spread(words.qualifiers.before)
    # Words of qualifying and of sign are whole where nothing but such a word goes on: no 計 in 計画, no 減 in 減災.
    # No cell has more of them in a row, and a longer look would take time by the square.
    whole = rf"(?=\s*(?:(?:{qualifier}|{sign})\s*){{0,8}}(?![{LETTERS}]))"
    unit = rf"(?>{alternatives(words.counters.words)})"
    behind = rf"(?:{alternatives(words.qualifiers.after)})|\s?\((?:{alternatives(words.qualifiers.noted)})\)"
    # Of what counts two things in a row (3日間延べ54名, 1組2名).
    again = rf"(?=(?:{qualifier})*\s*[0-9])"
    amounts = (
        rf"(?P<figure>{_FIGURE})\s?(?P<unit>{unit})(?P<behind>{behind})?+(?:{_END}|{again})",
        rf"(?P<figure>{_FIGURE})(?P<unit>)(?P<behind>{behind})?+{_END}",
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


def cut_into_tokens(text: str) -> tuple[Token, ...]:
    """Cut a cell's text, its full-width signs made plain, into tokens that are together all of it.

    >>> [(one.kind, one.text) for one in cut_into_tokens("R5年3月 青森 約10名")]
    [('time', 'R5年3月'), ('blank', ' '), ('label', '青森'), ('blank', ' '), ('qualifier', '約'), ('amount', '10名')]
    >>> [(one.kind, one.text) for one in cut_into_tokens("減3名 ?2")]
    [('sign', '減'), ('amount', '3名'), ('blank', ' '), ('leftover', '?'), ('amount', '2')]
    """
    spans = dict(time_spans(text))
    masked = text
    for start, end in spans.items():
        masked = masked[:start] + _TIME * (end - start) + masked[end:]
    found: list[Token] = []
    at = 0
    while at < len(text):
        one = Token("time", text[at : spans[at]], at) if at in spans else _token(masked, at)
        found.append(one)
        at = one.end
    return tuple(found)


def _token(text: str, at: int) -> Token:
    for kind, rule in _rules():
        if found := rule.match(text, at):
            if kind == "amount":
                behind = (found["behind"] or "").strip(" ()")
                return Token(kind, found[0], at, (found["figure"], found["unit"], behind))
            return Token(kind, found[0], at)
    figure = _ONE_FIGURE.match(text, at)
    return Token("leftover", figure[0] if figure else text[at], at)
