"""Tokens: a text of prose, its words with their places and parts of speech, and stretches of it.

`grammar` cuts no words itself: whoever calls it hands them in, as a morphological analyser cut them.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.grammar.characters import HYPHENS, MINUS, WAVES

# Each character becomes one character, so that places stay those of the text: full-width signs, waves, hyphens.
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5E)} | {0x3000: 0x20, 0xA0: 0x20}
_PLAIN |= {ord(sign): ord("～") for sign in WAVES} | {ord(sign): ord("-") for sign in MINUS + HYPHENS.replace("\\", "")}
_OPENING, _CLOSING = "「『“", "」』”"
# Forms of the copula and case particles that the dictionary tags as verbs.
_NO_VERBS = frozenset("でなにだ")


def make_signs_plain(text: str) -> str:
    """Make full-width letters, figures, signs and blanks ASCII, each wave a ～, each hyphen or minus a -.

    Each character is replaced by one character.

    >>> make_signs_plain("５〜７％（−3）　Ａ")
    '5～7%(-3) A'
    """
    return text.translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its half-open place in the text, its text and its part of speech.

    The part of speech is written as UniDic does (`名詞-普通名詞-一般`).
    """

    start: int
    end: int
    text: str
    tag: str

    @property
    def is_noun(self) -> bool:
        """Whether it is a common or proper noun, or a suffix that makes a noun."""
        return self.tag.startswith(("名詞-普通", "名詞-固有", "接尾辞-名詞的"))

    @property
    def may_be_doing(self) -> bool:
        """Whether it is a noun that する makes a verb of (開催, 支援)."""
        return "サ変" in self.tag

    @property
    def is_verb(self) -> bool:
        """Whether it is a verb or an auxiliary verb, する and される among them."""
        return self.tag.startswith(("動詞", "助動詞")) and self.text not in _NO_VERBS


class WordSequence:
    """The words of a text.

    `plain` is the text with its signs made plain, at the same places.
    """

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self.text = text
        self.plain = make_signs_plain(text)
        self.all = words
        self._starts = [word.start for word in words]
        self._ends = {word.end for word in words}
        self._begins = set(self._starts)

    def index_at(self, place: int) -> int:
        """Find the index of the word at a place; the number of words behind the last."""
        return bisect_right(self._starts, place) - 1 if place < len(self.text) else len(self.all)

    def word_at(self, place: int) -> Word | None:
        """Get the word that begins at a place; None where none does."""
        return self.all[self.index_at(place)] if place in self._begins else None

    def word_before(self, place: int) -> Word | None:
        """Get the word before the one at a place, where it touches that place."""
        previous = self.all[self.index_at(place) - 1] if place else None
        return previous if previous is not None and previous.end == place else None

    def begins_word(self, place: int) -> bool:
        """Tell whether a word begins at a place."""
        return place in self._begins

    def ends_word(self, place: int) -> bool:
        """Tell whether a word ends at a place."""
        return place in self._ends

    def find_quotations(self) -> Iterator[tuple[int, int]]:
        """Yield the places of the names in 「」, 『』 or “”."""
        return find_bracketed(self.text, _OPENING, _CLOSING)


def find_bracketed(text: str, opening: str, closing: str) -> Iterator[tuple[int, int]]:
    """Find what stands in brackets, whatever their shapes; an inner pair comes before the one around it.

    Args:
        text: The text.
        opening: The signs that open a bracket.
        closing: The signs that close one.

    Yields:
        The half-open place of each pair with what is in it. A bracket without its other one is none.

    >>> list(find_bracketed("(a(b))(c", "(", ")"))
    [(2, 5), (0, 6)]
    """
    opened: list[int] = []
    for place, sign in enumerate(text):
        if sign in opening:
            opened.append(place)
        elif sign in closing and opened:
            yield opened.pop(), place + 1


class SpanSet:
    """Half-open stretches of a text."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if self._spans and start < self._spans[-1][1]:
                self._spans[-1] = (self._spans[-1][0], max(end, self._spans[-1][1]))
            else:
                self._spans.append((start, end))
        self._starts = [start for start, _ in self._spans]

    def touches_any(self, start: int, end: int) -> bool:
        """Tell whether a stretch shares a character with another.

        Args:
            start: The first character of the other one.
            end: The place behind its last character.

        Returns:
            False also where they only adjoin.
        """
        last = bisect_right(self._starts, end - 1) - 1
        return last >= 0 and self._spans[last][1] > start
