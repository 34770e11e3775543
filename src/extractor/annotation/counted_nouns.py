"""Name what the quantities of a text count, by the words beside them.

docs/facts.md describes it, under `counted`.

In: Sudachi's words, and where quantities and times stand. Out: for each quantity a noun as printed, or None. It needs
no dependency tree.
"""

import re
from collections.abc import Iterator, Sequence

from extractor.annotation.activity_rules import activity_rules
from extractor.grammar.lexicon import load_lexicon
from extractor.grammar.mentions import FactMention
from extractor.grammar.tokens import SpanSet, Word, WordSequence

_OPENING, _CLOSING = "（(［[【〔", "）)］]】〕"
_QUOTES = {"」": "「", "』": "『", "”": "“"}
# How many words of a clause are searched, and how many words a noun is composed of at most.
_REACH, _LONGEST_NOUN = 60, 20
_AND_OTHERS = frozenset({"等", "ら", "達", "たち"})
_STOPS = frozenset({"。", "\n"})
_PAUSES = _STOPS | {"、"}
_CASES = frozenset({"を", "が", "は"})
# A doing in brackets ends before a verb's form, a pause or the end of the text.
_PARTS_OF_LISTS = "・／/"
# Those to whom something is given are not so many of it (専門家を15者に派遣した).
_TO = frozenset({"に", "へ"})
# What the amount itself is marked with is no longer free for what it counts.
_TAKEN_CASES = {"を": frozenset("を"), "が": _CASES}
# Behind an amount with one of these stands no object that it counts.
_NO_OBJECT_BEHIND = _TO | {"を", "が", "から", "と"}
# Nouns before の that say of what something is a part, and not what is counted.
_PARTS = frozenset({"うち", "内", "ほか", "他"})
# What a verb's form that may stand for a noun ends on (空き in 空き店舗).
_STEM = re.compile(r".+[いきぎしちにびみりえけげせてねべめれ]", re.DOTALL)


def name_counted_nouns(
    words: WordSequence, amounts: Sequence[FactMention], times: Sequence[tuple[int, int]]
) -> Iterator[str | None]:
    """Name what each amount counts.

    Args:
        words: The words of the text.
        amounts: The quantities in the order of print.
        times: The offsets of the times of the text. No noun that is named holds a time or an amount.

    Yields:
        For each amount the noun that it counts, or None where nothing says it.
    """
    nouns: list[str | None] = []
    taken = SpanSet([*((amount.start, amount.end) for amount in amounts), *times])
    for index, amount in enumerate(amounts):
        previous, noun = (amounts[index - 1], nouns[-1]) if index else (None, None)
        nouns.append(_AmountContext(words, amount, taken).name_counted(previous, noun))
    # Both ends of a range count the same.
    for index in range(len(amounts) - 2, -1, -1):
        if words.plain[amounts[index].end : amounts[index + 1].start] == "～":
            nouns[index] = nouns[index + 1] = nouns[index + 1] or nouns[index]
    yield from nouns


class _AmountContext:
    """An amount among the words of its text; `unit` is its counter, or empty."""

    def __init__(self, words: WordSequence, amount: FactMention, taken: SpanSet) -> None:
        self.text, self.words = words.text, words.all
        self.amount, self.taken = amount, taken
        self.first = words.index_at(amount.start)
        self.behind = words.index_at(amount.end)
        # 3日間, 5年: how long something takes, and not how many there are.
        self.unit = (amount.quantity.unit if amount.quantity else None) or ""
        self.is_span = self.unit in load_lexicon().counted.spans

    def name_counted(self, previous: FactMention | None, previous_noun: str | None) -> str | None:
        """Name what the amount counts, by the first place that says it.

        The places are its counter, before it, behind it, and around it.

        Args:
            previous: The amount before this one.
            previous_noun: What that one counts.

        Returns:
            The noun as printed, or None.
        """
        opened = self._find_open_bracket()
        if self._counts_itself():
            return self._find_fuller_name(opened) or self.unit
        noun = None if self.is_span else self._name_before(self.first)
        noun = noun or self._name_behind(self._skip_bracket_behind())
        if noun or opened is None:
            return noun or self._name_by_clause()
        if previous is not None and self.words[opened].start == previous.end:
            return previous_noun
        return self._name_object_of_doing(opened) or self._name_before(opened)

    def _counts_itself(self) -> bool:
        """Check whether the counter names what is counted: 5高校, 10地区."""
        unit, word = self.unit, self.words[self.behind - 1]
        if unit in load_lexicon().counted.own:
            return True
        noun = word.tag.startswith("名詞-普通名詞-一般") and unit.endswith(word.text)
        return noun and len(unit) > 1 and not self.is_span

    def _find_fuller_name(self, opened: int | None) -> str | None:
        """Find the noun before the amount's bracket that names its counter more fully: モデル（1モデル）."""
        name = self._name_before(opened) if opened is not None else None
        return name if name and self.unit and self.unit in name else None

    def _name_object_of_doing(self, opened: int) -> str | None:
        """Name what a doing before the amount's bracket is done to: 塾を開催（5回）した or 塾を開催（5回）."""
        if not self._closes_doing(opened):
            return None
        index = opened
        while index and (self.words[index - 1].is_noun or self.words[index - 1].text in _PARTS_OF_LISTS):
            index -= 1
        return self._name_before(index - 1) if index and self._is_case(self.words[index - 1]) else None

    def _closes_doing(self, opened: int) -> bool:
        """Check whether a bracket stands behind a サ変 noun, and する, a pause or nothing behind the bracket."""
        closed = self._find_closing(opened)
        if closed is None or not opened or not self.words[opened - 1].tag.endswith("サ変可能"):
            return False
        behind = self.words[closed + 1 : closed + 2]
        return not behind or behind[0].tag.startswith("動詞-非自立可能") or behind[0].text in _PAUSES

    def _is_case(self, word: Word) -> bool:
        return word.text in _CASES and word.tag.startswith("助詞")

    def _find_open_bracket(self) -> int | None:
        """Find the bracket that is open where the amount stands."""
        depth = 0
        for index in range(self.first - 1, max(-1, self.first - _REACH), -1):
            text = self.words[index].text
            if text in _STOPS:
                return None
            depth += text[-1] in _CLOSING
            if text[-1] in _OPENING:
                if depth == 0:
                    return index
                depth -= 1
        return None

    def _skip_bracket_behind(self) -> int:
        """Find the word behind the amount and a bracket behind it."""
        if self.behind < len(self.words) and self.words[self.behind].text in _OPENING:
            closed = self._find_closing(self.behind)
            return self.behind if closed is None else closed + 1
        return self.behind

    def _find_closing(self, opened: int) -> int | None:
        """Find the first closing bracket behind an opening one."""
        reach = range(opened, min(len(self.words), opened + _REACH))
        return next((index for index in reach if self.words[index].text in _CLOSING), None)

    def _name_before(self, end: int) -> str | None:
        """Name the noun that ends before a word, with the nouns that it is composed of, or a name in quotes."""
        words = self.words
        if end and words[end - 1].text in _QUOTES:
            return self._read_quoted(end)
        if end and words[end - 1].text in {"：", ":"}:
            end -= 1
        start = self._find_noun_start(end)
        if 0 < start < end and words[start - 1].tag.startswith("名詞-数詞"):
            # A name such as 3Dプリンター or A4用紙; else what counts a number.
            sized = start > 1 and words[start - 2].text.isascii() and words[start - 2].text.isalpha()
            if not (sized or words[start].text.isascii()):
                return None
            start -= 1 + sized
        return self._name_words(start, end)

    def _find_noun_start(self, end: int) -> int:
        """Find the first word of the noun that ends before a word, without suffixes at its beginning."""
        start = end
        while start and end - start < _LONGEST_NOUN and _is_part_of_noun(self.words, start - 1, end):
            start -= 1
        while start < end and self.words[start].tag.startswith("接尾辞"):
            start += 1
        return start

    def _read_quoted(self, end: int) -> str | None:
        """Read the name in quotes that are closed before a word."""
        closing = self.words[end - 1]
        for index in range(end - 2, max(-1, end - _REACH), -1):
            if self.words[index].text == _QUOTES[closing.text]:
                return self.text[self.words[index].end : closing.start] or None
        return None

    def _name_behind(self, index: int) -> str | None:
        """Name the noun behind の that stands at a word: 45歳以上の求職者."""
        words = self.words
        if index >= len(words) or words[index].text != "の":
            return None
        start = end = index + 1
        while end < len(words) and end - start < _LONGEST_NOUN and _composes_noun(words[end]):
            end += 1
        while start < end and words[start].text in load_lexicon().counted.places:
            start += 1
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

    def _name_by_clause(self) -> str | None:
        """Name the object or subject that the amount goes with: before it in the clause, else the object behind it."""
        marker = self.words[self.behind].text if self.behind < len(self.words) else ""
        index = self._find_case_before(_TAKEN_CASES.get(marker, frozenset()))
        if index is not None:
            if self.words[index].text == "を" and marker in _TO and not self._says_becomes():
                return None
            if noun := self._name_before(index):
                return noun
        if marker == "は":
            return self._name_said_of_topic()
        return None if marker in _NO_OBJECT_BEHIND or self.is_span else self._name_object_behind()

    def _find_case_before(self, taken: frozenset[str]) -> int | None:
        """Find the nearest を, が or は before the amount in its clause, without those that are `taken`."""
        for index in range(self.first - 1, max(0, self.first - _REACH), -1):
            word = self.words[index]
            ends = word.text in _PAUSES or (word.is_verb and not word.tag.endswith("助動詞"))
            if ends and not (word.text == "、" and self.words[index - 1].text in {"は", "を"}):
                return None
            if self._is_case(word) and word.text not in taken:
                return index
        return None

    def _says_becomes(self) -> bool:
        """Check whether what stands behind に says that something is now so many (定員を30名に拡大した)."""
        behind = self.words[self.behind + 1 : self.behind + 2]
        return bool(behind) and behind[0].text.startswith(load_lexicon().counted.becomes)

    def _name_said_of_topic(self) -> str | None:
        """Name the last object or goal of a topic's clause (うち1回は、…塾に参加した)."""
        words, noun = self.words, None
        for index in range(self.behind + 1, min(len(words), self.behind + _REACH)):
            word = words[index]
            if word.text in _STOPS or (word.text == "、" and index > self.behind + 1):
                break
            marks = word.text in {"を", "に"} and word.tag.startswith("助詞-格助詞")
            if marks and "サ変" in words[min(index + 1, len(words) - 1)].tag:
                noun = self._name_before(index)
        return noun

    def _name_object_behind(self) -> str | None:
        """Name the object behind the amount, before any verb or pause (5回、塾を開催)."""
        for index in range(self.behind, min(len(self.words), self.behind + _REACH)):
            word = self.words[index]
            if word.text in _PAUSES or word.is_verb:
                return None
            if word.text == "を":
                return self._name_before(index)
        return None


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
    if (
        not _STEM.fullmatch(word.text)
        or word.tag != "動詞-一般"
        or index + 1 >= end
        or not words[index + 1].tag.startswith("名詞-普通名詞-一般")
    ):
        return False
    before = words[index - 1] if index else None
    has_object = before is not None and before.tag.startswith("助詞-格助詞") and before.text not in {"の", "や"}
    return not has_object or word.text in activity_rules().as_nouns.words
