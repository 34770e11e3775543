"""Words: a text as Sudachi cut it, with the places at which its words begin and end."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from extractor.grammar.characters import HYPHENS, MINUS, WAVES

# Sign for sign, so that places are those of the text: full-width signs as plain ones, each wave as ～.
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5E)} | {0x3000: 0x20, 0xA0: 0x20}
_PLAIN |= {ord(sign): ord("～") for sign in WAVES} | {ord(sign): ord("-") for sign in MINUS + HYPHENS.replace("\\", "")}
_OPENING, _CLOSING = "「『“", "」』”"
_VERBS = ("動詞", "助動詞")


def plain(text: str) -> str:
    """A text with its signs made plain, sign for sign: full-width ones, waves, hyphens."""
    return text.translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its place, its text and Sudachi's part of speech (`名詞-普通名詞-一般`)."""

    start: int
    end: int
    text: str
    tag: str

    @property
    def is_noun(self) -> bool:
        """Whether it is a noun, or what is fixed to one."""
        return self.tag.startswith(("名詞-普通", "名詞-固有", "接尾辞-名詞的"))

    @property
    def does(self) -> bool:
        """Whether it is a verb, する and される among them."""
        return self.tag.startswith(_VERBS) and self.text not in {"で", "な", "に", "だ"}


class Words:
    """The words of a text, and the text with its signs made plain at the same places."""

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self.plain = plain(doc.text)
        self.all = [Word(one.idx, one.idx + len(one.text), one.text, one.tag_) for one in doc]
        self._starts = [one.start for one in self.all]
        self._ends = {one.end for one in self.all}
        self._begins = set(self._starts)

    def index(self, place: int) -> int:
        """Which word stands at a place; the number of words behind the last."""
        return bisect_right(self._starts, place) - 1 if place < len(self.text) else len(self.all)

    def at(self, place: int) -> Word | None:
        """The word that begins at a place."""
        return self.all[self.index(place)] if place in self._begins else None

    def begins(self, place: int) -> bool:
        """Whether a word begins at a place."""
        return place in self._begins

    def ends(self, place: int) -> bool:
        """Whether a word ends at a place."""
        return place in self._ends

    def quoted(self) -> Iterator[tuple[int, int]]:
        """The outermost names in 「」, 『』 or “”. One that is not closed is none."""
        opened: list[int] = []
        for place, sign in enumerate(self.text):
            if sign in _OPENING:
                opened.append(place)
            elif sign in _CLOSING and opened:
                start = opened.pop()
                yield start, place + 1


class Spans:
    """Stretches of a text, to be asked whether they are touched."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        merged: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        self._starts = [start for start, _ in merged]
        self._spans = merged

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them has a character from `start` to `end`."""
        last = bisect_right(self._starts, end - 1) - 1
        return last >= 0 and self._spans[last][1] > start
