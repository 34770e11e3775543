"""Counted: what the quantities of a text count (docs/facts.md), by the words beside them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.annotation.activity_rules import grammar
from extractor.grammar.lexicon import lexicon
from extractor.grammar.tokens import Spans, Word, Words

_OPENING, _CLOSING = "（(［[【〔", "）)］]】〕"
_QUOTES = {"」": "「", "』": "『", "”": "“"}
# A clause is not searched farther than this many words.
_REACH = 60
_AND_OTHERS = {"等", "ら", "達", "たち"}
_STOPS = {"。", "\n"}
# Those to whom something is given are not so many of it (専門家を15者に派遣した).
_TO = {"に", "へ"}
# On what a verb's form ends that may stand for a noun.
_STEMS = frozenset("いきぎしちにびみりえけげせてねべめれ")


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity's place, its unit and its value."""

    start: int
    end: int
    unit: str | None
    value: int | Decimal


def counted(words: Words, amounts: Sequence[Amount], times: Sequence[tuple[int, int]]) -> Iterator[str | None]:
    """What each amount counts, which is no time and no amount; None where nothing says."""
    found: list[str | None] = []
    taken = Spans([*((one.start, one.end) for one in amounts), *times])
    for at, one in enumerate(amounts):
        previous = amounts[at - 1] if at else None
        found.append(_Place(words, one, taken).noun(previous, found[-1] if found else None))
    # Both ends of a range count the same.
    for at in range(len(amounts) - 2, -1, -1):
        if words.plain[amounts[at].end : amounts[at + 1].start] == "～":
            found[at] = found[at + 1] = found[at + 1] or found[at]
    yield from found


class _Place:
    """An amount among the words of its text."""

    def __init__(self, words: Words, one: Amount, taken: Spans) -> None:
        self.words, self.one, self.taken = words, one, taken
        self.first = words.index(one.start)
        self.behind = words.index(one.end)
        self.spans = (one.unit or "") in lexicon().counted.spans

    def noun(self, previous: Amount | None, before: str | None) -> str | None:
        """What it counts: `before` is what the previous amount does."""
        opened = self._bracket()
        if self.one.unit in lexicon().counted.own or self._is_noun(self.one.unit):
            whole = self._chain_before(opened) if opened is not None else None
            return whole if whole and self.one.unit and self.one.unit in whole else self.one.unit
        own = None if self.spans else self._chain_before(self.first)
        if own:
            return own
        if told := self._chain_behind(self._past_bracket()):
            return told
        if opened is not None:
            outside = previous is not None and self.words.all[opened].start == previous.end
            return before if outside else self._done_to(opened) or self._chain_before(opened)
        return self._goes_with()

    def _done_to(self, opened: int) -> str | None:
        """What a doing is done to that the amount's bracket stands behind: 塾を開催（5回）した, 塾を開催（5回）。"""
        words = self.words.all
        closed = self._closing(opened)
        if closed is None or not opened or not words[opened - 1].tag.endswith("サ変可能"):
            return None
        behind = words[closed + 1] if closed + 1 < len(words) else None
        if behind is not None and not (behind.tag.startswith("動詞-非自立可能") or behind.text in {"、", *_STOPS}):
            return None
        index = opened
        while index and (words[index - 1].is_noun or words[index - 1].text in "・／/"):
            index -= 1
        marked = index and words[index - 1].tag.startswith("助詞") and words[index - 1].text in {"を", "が", "は"}
        return self._chain_before(index - 1) if marked else None

    def _is_noun(self, unit: str | None) -> bool:
        word = self.words.all[self.behind - 1]
        return (
            bool(unit)
            and len(unit or "") > 1
            and word.tag.startswith("名詞-普通名詞-一般")
            and unit is not None
            and (unit.endswith(word.text) and unit not in lexicon().counted.spans)
        )

    def _bracket(self) -> int | None:
        """The bracket that is open where it stands."""
        depth = 0
        for index in range(self.first - 1, max(-1, self.first - _REACH), -1):
            text = self.words.all[index].text
            if text[-1] in _CLOSING:
                depth += 1
            elif text[-1] in _OPENING:
                if depth == 0:
                    return index
                depth -= 1
            elif text in _STOPS:
                return None
        return None

    def _past_bracket(self) -> int:
        """The word behind the amount and a bracket behind it."""
        index = self.behind
        if index < len(self.words.all) and self.words.all[index].text in _OPENING:
            closed = self._closing(index)
            return index if closed is None else closed + 1
        return index

    def _closing(self, opened: int) -> int | None:
        """The first closing bracket behind an opening one."""
        reach = range(opened, min(len(self.words.all), opened + _REACH))
        return next((later for later in reach if self.words.all[later].text in _CLOSING), None)

    def _chain_before(self, index: int) -> str | None:
        """The noun that ends before a word, with the nouns that it is composed of, or a name in brackets."""
        words = self.words.all
        end = index
        if end and words[end - 1].text in _QUOTES:
            opening = _QUOTES[words[end - 1].text]
            for start in range(end - 2, max(-1, end - _REACH), -1):
                if words[start].text == opening:
                    return self.words.text[words[start].end : words[end - 1].start] or None
            return None
        if end and words[end - 1].text in {"：", ":"}:
            end -= 1
        start = end
        while start and (_composes(words[start - 1]) or _stands_for_noun(words, start - 1, end)) and end - start < 20:
            start -= 1
        while start < end and words[start].tag.startswith("接尾辞"):
            start += 1
        if start < end and start and words[start - 1].tag.startswith("名詞-数詞"):
            # A name such as 3Dプリンター or A4用紙; else what counts a number.
            sized = start > 1 and words[start - 2].text.isascii() and words[start - 2].text.isalpha()
            if not (sized or words[start].text.isascii()):
                return None
            start -= 1 + sized
        return self._name(start, end)

    def _chain_behind(self, index: int) -> str | None:
        """The noun behind の."""
        words = self.words.all
        if index >= len(words) or words[index].text != "の":
            return None
        start = end = index + 1
        while end < len(words) and _composes(words[end]) and end - start < 20:
            end += 1
        while start < end and words[start].text in lexicon().counted.places:
            start += 1
        return None if start < end and words[start].text in {"うち", "内", "ほか", "他"} else self._name(start, end)

    def _name(self, start: int, end: int) -> str | None:
        """The words from one to another, where they name something that can be counted."""
        words = self.words.all[start:end]
        if not words or words[-1].text in lexicon().counted.places:
            return None
        if words[-1].tag.endswith(("副詞可能", "形状詞可能")) and words[-1].text not in _AND_OTHERS:
            return None
        if self.taken.touch(words[0].start, words[-1].end):
            return None
        text = self.words.text[words[0].start : words[-1].end]
        return text if re.search(r"[^\W\d_]", text) else None

    def _goes_with(self) -> str | None:
        """The object or the subject that it goes with: before it in the clause, else the object behind it."""
        words = self.words.all
        marker = words[self.behind].text if self.behind < len(words) else ""
        for index in range(self.first - 1, max(0, self.first - _REACH), -1):
            word = words[index]
            if word.text in {"、", *_STOPS} or (word.does and not word.tag.endswith("助動詞")):
                if word.text == "、" and words[index - 1].text in {"は", "を"}:
                    continue
                break
            taken = {"を": {"を"}, "が": {"が", "は", "を"}}.get(marker, set())
            if word.text in {"を", "が", "は"} and word.tag.startswith("助詞") and word.text not in taken:
                if word.text == "を" and marker in _TO and not self._becomes():
                    return None
                if found := self._chain_before(index):
                    return found
                break
        if marker == "は":
            return self._told_of()
        return self._object_behind() if marker not in {"を", "が", "から", "と", *_TO} and not self.spans else None

    def _becomes(self) -> bool:
        """Whether what stands behind に says that something is now so many (定員を30名に拡大した)."""
        then = self.words.all[self.behind + 1 : self.behind + 2]
        return bool(then) and then[0].text.startswith(lexicon().counted.becomes)

    def _told_of(self) -> str | None:
        """What is said of a topic (うち1回は、…塾に参加した): the last object, or the goal, of its clause."""
        words = self.words.all
        found = None
        for index in range(self.behind + 1, min(len(words), self.behind + _REACH)):
            word = words[index]
            if word.text in _STOPS or (word.text == "、" and index > self.behind + 1):
                break
            if (
                word.text in {"を", "に"}
                and word.tag.startswith("助詞-格助詞")
                and "サ変" in words[min(index + 1, len(words) - 1)].tag
            ):
                found = self._chain_before(index)
        return found

    def _object_behind(self) -> str | None:
        words = self.words.all
        for index in range(self.behind, min(len(words), self.behind + _REACH)):
            word = words[index]
            if word.text in {"、", *_STOPS} or word.does:
                return None
            if word.text == "を":
                return self._chain_before(index)
        return None


def _composes(word: Word) -> bool:
    """Whether a word is part of a composed noun."""
    if word.tag.endswith("副詞可能") and word.text not in _AND_OTHERS:
        return False
    return (
        word.is_noun
        or word.tag.startswith(("接頭辞", "接尾辞-形状詞的"))
        or (word.text.isascii() and word.text.isalpha())
    )


def _stands_for_noun(words: Sequence[Word], index: int, end: int) -> bool:
    """Whether a verb's form is part of a noun that ends at `end`: 空き in 空き店舗, unless something is its object."""
    word, before = words[index], words[index - 1] if index else None
    argued = (
        word.text not in grammar().as_nouns.words
        and before is not None
        and before.tag.startswith("助詞-格助詞")
        and before.text not in {"の", "や"}
    )
    form = word.tag == "動詞-一般" and len(word.text) > 1 and word.text[-1] in _STEMS
    return form and not argued and index + 1 < end and words[index + 1].tag.startswith("名詞-普通名詞-一般")
