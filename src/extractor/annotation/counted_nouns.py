"""Name what the quantities of a text count, by the words beside them.

docs/facts.md describes it, under `counted`.

In: Sudachi's words, and where quantities and times stand. Out: for each quantity a noun as printed, or None. It needs
no dependency tree.
"""

from collections.abc import Iterator, Sequence

from extractor.annotation.amount_clause import AmountClause
from extractor.annotation.noun_reader import CLOSING, OPENING, PAUSES, REACH, STOPS, NounReader
from extractor.grammar.lexicon import load_lexicon
from extractor.grammar.mentions import FactMention
from extractor.grammar.tokens import SpanSet, WordSequence

_PARTS_OF_LISTS = "・／/"
# A part of what was named before.
_OF_THEM = "うち"
# Before a span they say in what time, and nothing that takes so long (過去5年).
_LOOKING_BACK = frozenset({"過去", "直近", "今後", "向こう"})
# A change of it.
_CHANGES = frozenset({"増", "減"})
# Nouns behind の that say of an amount that it is a change (5％の増).
_CHANGED = frozenset({"増", "減", "増加", "減少", "伸び", "低下", "上昇", "下落"})
_COMPARED = frozenset({"比", "対比", "増", "減"})
# Shares of something, and names of rates.
_SHARES, _RATES = ("％", "%", "割", "パーセント", "分"), ("率", "割合", "度", "比")
# Counters of places: a noun right before one says where they are (青森市14地区).
_GROUNDS = ("地区", "地域", "圏域", "集落", "工区", "会場", "都道府県", "市", "町", "村", "か国")
# A share of it is said of the topic.
_WHOLE = "全体"
_MONEY = ("円", "ドル", "ユーロ", "ウォン", "元", "ポンド", "バーツ")


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
    reader = NounReader(words, SpanSet([*((amount.start, amount.end) for amount in amounts), *times]))
    for index, amount in enumerate(amounts):
        previous, noun = (amounts[index - 1], nouns[-1]) if index else (None, None)
        nouns.append(_AmountContext(words, amount, reader).name_counted(previous, noun))
    # Both ends of a range count the same.
    for index in range(len(amounts) - 2, -1, -1):
        between = words.plain[amounts[index].end : amounts[index + 1].start]
        quantity = amounts[index].quantity
        is_range = quantity is not None and "～" in quantity.qualifiers
        if between == "～" or (between == "から" and is_range):
            nouns[index] = nouns[index + 1] = nouns[index + 1] or nouns[index]
    yield from nouns


class _AmountContext(AmountClause):
    """An amount among the words of its text, with the places beside it that may say what it counts."""

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
        if self.is_span and self.first and self.words[self.first - 1].text in _LOOKING_BACK:
            return None
        if _OF_THEM in self._qualifiers and (whole := self._name_whole(previous, previous_noun)):
            return whole
        if self._counts_itself():
            return self._find_fuller_name(opened) or self.unit
        if self._qualifiers & _CHANGES and (noun := self._name_changed(previous, previous_noun)):
            return noun
        noun = self._name_share() if self.is_span or not self.unit else self.nouns.name_before(self.first)
        noun = noun or self._name_limited() or self.nouns.name_behind(self._skip_bracket_behind())
        if noun in _CHANGED:
            return self._name_changed(previous, previous_noun)
        if noun is None and opened is None:
            noun = self._name_by_clause(previous, previous_noun)
        elif noun is None and opened is not None:
            if previous is not None and self.words[opened].start == previous.end:
                return previous_noun
            noun = self._name_object_of_doing(opened) or self.nouns.name_before(opened)
        return noun

    def _name_limited(self) -> str | None:
        """Name what an amount that tells of a noun limits (欠席日数が30日以上の児童)."""
        before = self.words[self.first - 1].text if self.first else ""
        marker = self._text_behind()
        limits = before == "が" and marker == "の" and self._qualifiers & load_lexicon().counted.limits
        return self.nouns.name_before(self.first - 1) if limits else None

    def _counts_itself(self) -> bool:
        """Check whether the counter names what is counted: 5高校, 10地区."""
        unit, word = self.unit, self.words[self.behind - 1]
        if unit in load_lexicon().counted.own:
            return True
        if unit.endswith(_MONEY):
            return False
        noun = word.tag.startswith("名詞-普通名詞-一般") and unit.endswith(word.text)
        return noun and len(unit) > 1 and not self.is_span

    def _name_whole(self, previous: FactMention | None, previous_noun: str | None) -> str | None:
        """Name what an amount with うち is a part of: what stands before のうち, else what the amount before counts."""
        before = self.first - 1
        if before > 0 and self.words[before].text == "の":
            if previous is not None and previous.end == self.words[before].start:
                return previous_noun
            return self.nouns.name_before(before)
        return previous_noun if previous is not None and self._is_in_sentence_of(previous) else None

    def _name_share(self) -> str | None:
        """Name what a share is of (回答者の8割), or the rate that it is (進捗率70％)."""
        if self.unit and not self.unit.endswith(_SHARES):
            return None
        before = self.first - 1
        if before > 0 and self.words[before].text == "の":
            whole = self.nouns.name_before(before)
            return self._name_topic() if whole == _WHOLE else whole
        noun = self.nouns.name_before(self.first)
        return noun if noun and noun.endswith(_RATES) else None

    def _find_fuller_name(self, opened: int | None) -> str | None:
        """Find the noun that names the amount's counter more fully.

        It stands right before the amount (体育施設19施設), before は or が (受入団体は計64団体), or before the
        bracket in which the amount stands (モデル（1モデル）).
        """
        places = load_lexicon().counted.places
        direct = self.nouns.name_before(self.first)
        direct = None if direct in _COMPARED else direct
        if direct and direct not in places and not self.unit.endswith(_GROUNDS):
            return direct
        case = self._find_case_before(frozenset())
        named = self.nouns.name_before(case) if case is not None else None
        whole = self.nouns.name_before(opened) if opened is not None else None
        full = next((name for name in (direct, named) if name and self.unit and name.endswith(self.unit)), None)
        return full or (whole if whole and self.unit and self.unit in whole else None)

    def _name_object_of_doing(self, opened: int) -> str | None:
        """Name what a doing before the amount's bracket is done to: 塾を開催（5回）した or 塾を開催（5回）."""
        if not self._closes_doing(opened):
            return None
        index = self.nouns.find_doing(opened)
        while index and self.words[index - 1].is_verb:
            index -= 1
        while index and (self.words[index - 1].is_noun or self.words[index - 1].text in _PARTS_OF_LISTS):
            index -= 1
        case = self._find_case_before(frozenset({"が", "は"}), index)
        if case is None and index and self.nouns.is_case(self.words[index - 1]):
            case = index - 1
        return self._name_thing(case) if case is not None else None

    def _closes_doing(self, opened: int) -> bool:
        """Check whether a bracket stands behind a サ変 noun, and する, a pause or nothing behind the bracket."""
        closed = self.nouns.find_closing_bracket(opened)
        if closed is None or not opened:
            return False
        behind = self.words[closed + 1 : closed + 2]
        if self.nouns.find_doing(opened) < opened or self.words[opened - 1].is_verb:
            return not behind or behind[0].text in PAUSES
        if not self.words[opened - 1].tag.endswith("サ変可能"):
            return False
        return not behind or behind[0].tag.startswith("動詞-非自立可能") or behind[0].text in PAUSES

    def _find_open_bracket(self) -> int | None:
        """Find the bracket that is open where the amount stands."""
        depth = 0
        for index in range(self.first - 1, max(-1, self.first - REACH), -1):
            text = self.words[index].text
            if text in STOPS:
                return None
            depth += text[-1] in CLOSING
            if text[-1] in OPENING:
                if depth == 0:
                    return index
                depth -= 1
        return None

    def _skip_bracket_behind(self) -> int:
        """Find the word behind the amount and a bracket behind it."""
        if self.behind < len(self.words) and self.words[self.behind].text in OPENING:
            closed = self.nouns.find_closing_bracket(self.behind)
            return self.behind if closed is None else closed + 1
        return self.behind
