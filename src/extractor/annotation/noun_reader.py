"""Name nouns beside a word of a text, and find what marks them.

In: Sudachi's words, and where quantities and times stand. Out: nouns as printed, and indices of words.
"""

import re
from collections.abc import Sequence

from extractor.annotation.activity_rules import activity_rules
from extractor.grammar.lexicon import load_lexicon
from extractor.grammar.tokens import SpanSet, Word, WordSequence

OPENING, CLOSING = "（(［[【〔", "）)］]】〕"
_QUOTES = {"」": "「", "』": "『", "”": "“"}
# How many words of a clause are searched, and how many words a noun is composed of at most.
REACH, _LONGEST_NOUN = 60, 20
_AND_OTHERS = frozenset({"等", "ら", "達", "たち"})
STOPS = frozenset({"。", "\n"})
PAUSES = STOPS | {"、"}
CASES = frozenset({"を", "が", "は"})
# Between a topic and は.
_OF_TOPIC = frozenset({"に", "つき", "まし", "て", "つい", "関し", "おい", "おき"})
# Nouns before の that say of what something is a part, and not what is counted.
_PARTS = frozenset({"うち", "内", "ほか", "他"})
# What a verb's form that may stand for a noun ends on (空き in 空き店舗).
_STEM = re.compile(r".+[いきぎしちにびみりえけげせてねべめれ]", re.DOTALL)


class NounReader:
    """Reads the nouns of a text, none of which holds a time or an amount."""

    def __init__(self, words: WordSequence, taken: SpanSet) -> None:
        """Take the words of a text, and the places of its times and amounts."""
        self.text, self.words, self.taken = words.text, words.all, taken

    def find_closing_bracket(self, opened: int) -> int | None:
        """Find the first closing bracket behind an opening one."""
        reach = range(opened, min(len(self.words), opened + REACH))
        return next((index for index in reach if self.words[index].text in CLOSING), None)

    def name_before(self, end: int) -> str | None:
        """Name the noun that ends before a word, with the nouns that it is composed of, or a name in quotes."""
        words = self.words
        if end and words[end - 1].text in _QUOTES:
            return self._read_quoted(end)
        if end and words[end - 1].text in {"：", ":"}:
            end -= 1
        start = self.find_noun_start(end)
        if 0 < start < end and words[start - 1].tag.startswith("名詞-数詞"):
            # A name such as 3Dプリンター or A4用紙; else what counts a number.
            sized = start > 1 and words[start - 2].text.isascii() and words[start - 2].text.isalpha()
            if not (sized or words[start].text.isascii()):
                return None
            start -= 1 + sized
        return self._name_words(start, end)

    def find_noun_start(self, end: int) -> int:
        """Find the first word of the noun that ends before a word, without suffixes at its beginning."""
        start = end
        while (
            start
            and end - start < _LONGEST_NOUN
            and (_is_part_of_noun(self.words, start - 1, end) or self._lists_alike(start - 1, end))
        ):
            start -= 1
        while start < end and self.words[start].tag.startswith("接尾辞"):
            start += 1
        return start

    def _lists_alike(self, dot: int, end: int) -> bool:
        """Check whether a dot parts two nouns that end on one sign (幼稚園・保育園): they are counted together."""
        before, last = self.words[dot - 1 : dot], self.words[end - 1]
        return (
            self.words[dot].text == "・" and bool(before) and before[0].is_noun and before[0].text[-1] == last.text[-1]
        )

    def _read_quoted(self, end: int) -> str | None:
        """Read the name in quotes that are closed before a word."""
        closing = self.words[end - 1]
        for index in range(end - 2, max(-1, end - REACH), -1):
            if self.words[index].text == _QUOTES[closing.text]:
                return self.text[self.words[index].end : closing.start] or None
        return None

    def name_behind(self, index: int) -> str | None:
        """Name the noun behind の that stands at a word: 45歳以上の求職者."""
        words = self.words
        index += index < len(words) and words[index].text == "まで"
        if index >= len(words) or words[index].text != "の":
            return None
        start = end = index + 1
        while end < len(words) and end - start < _LONGEST_NOUN and _composes_noun(words[end]):
            end += 1
        end -= end > start and words[end - 1].text == "ごと"
        return None if start < end and words[start].text in _PARTS else self._name_words(start, end)

    def _name_words(self, start: int, end: int) -> str | None:
        """Give the words from one to before another, where they name something that can be counted."""
        words = self.words[start:end]
        if not words or words[-1].text in load_lexicon().counted.places:
            return None
        if words[-1].tag.endswith(("副詞可能", "形状詞可能")) and words[-1].text not in _AND_OTHERS:
            return None
        if self.taken.touches_any(words[0].start, words[-1].end):
            return None
        text = self.text[words[0].start : words[-1].end]
        return text if re.search(r"[^\W\d_]", text) else None

    def find_doing(self, end: int) -> int:
        """Find the word behind the サ変 noun of a verb that ends before a word (開催しました), or `end` itself."""
        at = end
        while at and self.words[at - 1].tag.startswith(("助動詞", "動詞-非自立可能")):
            at -= 1
        return at if at < end and at and self.words[at - 1].tag.endswith("サ変可能") else end

    def is_case(self, word: Word) -> bool:
        """Tell whether a word is を, が or は as a particle."""
        return word.text in CASES and word.tag.startswith("助詞")

    def find_topic_end(self, at: int) -> int:
        """Find the word behind the topic that は at a word marks, perhaps with others (については, につきましては)."""
        end = at
        while end and self.words[end - 1].text in _OF_TOPIC:
            end -= 1
        return end if end < at and self.words[end].text == "に" else at


def _composes_noun(word: Word) -> bool:
    """Check whether a word is part of a composed noun."""
    if word.tag.endswith("副詞可能") and word.text not in _AND_OTHERS:
        return False
    prefix = word.tag.startswith(("接頭辞", "接尾辞-形状詞的"))
    return word.is_noun or prefix or (word.text.isascii() and word.text.isalpha())


def _is_part_of_noun(words: Sequence[Word], index: int, end: int) -> bool:
    """Check whether a word is part of the noun that ends before `end`: a noun, or a verb's form that stands for one.

    So 空き in 空き店舗, unless something is the verb's object.
    """
    word = words[index]
    if _composes_noun(word):
        return True
    # 復興特別貸付: an adjective within a noun that no な parts from the next word.
    if word.tag.startswith("形状詞") and index + 1 < end:
        return True
    if (
        not _STEM.fullmatch(word.text)
        or word.tag != "動詞-一般"
        or index + 1 >= end
        or not words[index + 1].tag.startswith("名詞-普通名詞")
    ):
        return False
    before = words[index - 1] if index else None
    has_object = before is not None and before.tag.startswith("助詞-格助詞") and before.text not in {"の", "や"}
    return not has_object or word.text in activity_rules().as_nouns.words
