"""Name what an amount counts by the clause in which it stands: its topic, its object, or an amount before it.

In: Sudachi's words and an amount. Out: a noun as printed, or None.
"""

import re

from extractor.annotation.activity_rules import activity_rules
from extractor.annotation.noun_reader import CASES, CLOSING, OPENING, PAUSES, REACH, STOPS, NounReader
from extractor.grammar.lexicon import load_lexicon
from extractor.grammar.mentions import FactMention
from extractor.grammar.tokens import WordSequence

# Those to whom something is given are not so many of it (専門家を15者に派遣した).
_TO = frozenset({"に", "へ"})
# What the amount itself is marked with is no longer free for what it counts.
_TAKEN_CASES = {"を": frozenset("を"), "が": CASES}
# Behind an amount with one of these stands no object that it counts.
_NO_OBJECT_BEHIND = _TO | {"を", "が", "から", "と"}
# How often: a counter of doings, and of none who do them.
_OFTEN = frozenset({"回", "度"})
_SUMS = re.compile("(?:合わせて|併せて|合計で?|計|通算で?|累計で?)$")
# Behind an amount with one of these it is said of a topic.
_PREDICATIVE = frozenset({"と", "で", "に", "だ", "だっ", "です", "でし", "。", "、", ""})


class AmountClause:
    """An amount among the words of its text; `unit` is its counter, or empty."""

    def __init__(self, words: WordSequence, amount: FactMention, nouns: NounReader) -> None:
        self.sequence, self.words, self.nouns, self.amount = words, words.all, nouns, amount
        self.first = words.index_at(amount.start)
        self.behind = words.index_at(amount.end)
        # 3日間, 5年: how long something takes, and not how many there are.
        self.unit = (amount.quantity.unit if amount.quantity else None) or ""
        self.is_span = self.unit in load_lexicon().counted.spans

    def _text_behind(self) -> str:
        return self.words[self.behind].text if self.behind < len(self.words) else ""

    @property
    def _qualifiers(self) -> frozenset[str]:
        return frozenset(self.amount.quantity.qualifiers if self.amount.quantity is not None else ())

    def _is_in_sentence_of(self, previous: FactMention) -> bool:
        return not STOPS & {word.text for word in self.words[self.sequence.index_at(previous.end) : self.first]}

    def _name_changed(self, previous: FactMention | None, previous_noun: str | None) -> str | None:
        """Name what has changed: the topic behind the amount before this one, else what that one counts."""
        near = previous is not None and self._is_in_sentence_of(previous)
        topic = self._name_topic(self.sequence.index_at(previous.end) if near and previous is not None else 0)
        return topic or (previous_noun if near else None)

    def _name_thing(self, end: int) -> str | None:
        """Name the noun that ends before a word, and of a doing to so many things what it is done to (遊具の更新)."""
        noun = self.nouns.name_before(end)
        if noun is None or self.unit not in load_lexicon().counted.things or not self.words[end - 1].may_be_doing:
            return noun
        owned = self.nouns.find_noun_start(end) - 1
        return (self.nouns.name_before(owned) if owned > 0 and self.words[owned].text == "の" else None) or noun

    def _name_by_clause(self, previous: FactMention | None, previous_noun: str | None) -> str | None:
        """Name what the amount goes with in its clause, else what another before it counts that it goes on with."""
        near = previous is not None and self._is_in_sentence_of(previous)
        marker = self._text_behind()
        alike = near and previous is not None and previous.quantity is not None and previous.quantity.unit == self.unit
        if marker == "は" and alike:
            return previous_noun
        goes_on = alike and previous is not None and self._goes_on_with(previous)
        if noun := self._name_argument(marker):
            return noun
        if marker.startswith(load_lexicon().counted.changes):
            return self._name_changed(previous, previous_noun)
        if goes_on and not self._is_given():
            return previous_noun
        return self._name_role() or (self._name_summed() if _SUMS.search(self._print_before()) else None)

    def _goes_on_with(self, previous: FactMention) -> bool:
        """Check whether nothing stands between the amount before this one and this that it might count."""
        between = self.words[self.sequence.index_at(previous.end) : self.first]
        return not any(word.text in {"を", "が"} and self.nouns.is_case(word) for word in between)

    def _print_before(self) -> str:
        return self.sequence.plain[max(0, self.amount.start - REACH) : self.words[self.first].start]

    def _is_given(self) -> bool:
        """Check whether に or へ says that something is given to so many, and not how many there are."""
        return self._text_behind() in _TO and not self._reaches()

    def _reaches(self) -> bool:
        """Check whether what stands behind に says how many there are (28か所に上った)."""
        behind = self.sequence.text[self.words[self.behind].end :].removeprefix("は")
        return behind.startswith(load_lexicon().counted.reaches)

    def _name_argument(self, marker: str) -> str | None:
        """Name the object or subject that the amount goes with: before it in the clause, else the object behind it."""
        taken = _TAKEN_CASES.get(marker, frozenset())
        if marker.startswith(("上回", "下回")):
            taken = frozenset({"を"})
        index = self._find_case_before(taken)
        if index is not None:
            if self.words[index].text == "を" and marker in _TO and not self._says_becomes():
                return None
            if noun := self._name_thing(self.nouns.find_topic_end(index)):
                return noun
        if marker == "は":
            return self._name_said_of_topic()
        doers = activity_rules().people.words
        said = marker in _PREDICATIVE and not self._is_given()
        if (said or (marker == "が" and self.unit not in doers)) and (topic := self._name_topic()):
            return topic
        return None if marker in _NO_OBJECT_BEHIND or self.is_span else self._name_object_behind()

    def _name_role(self) -> str | None:
        """Name the noun with として before the amount in its clause (講師として3人を招いた)."""
        words = self.words
        for index in range(self.first - 1, max(1, self.first - REACH), -1):
            if words[index].text in STOPS or (words[index].is_verb and words[index].text != "し"):
                return None
            if [word.text for word in words[index - 1 : index + 2]] == ["と", "し", "て"]:
                role = self.nouns.name_before(index - 1)
                owner = words[self.nouns.find_noun_start(index - 1) - 1].text if role else ""
                return None if owner == "を" else role
        return None

    def _name_summed(self) -> str | None:
        """Name the last object before a sum (絵本を贈り、合わせて1,042冊を配った)."""
        for index in range(self.first - 1, max(0, self.first - REACH), -1):
            if self.words[index].text in STOPS:
                return None
            is_summed = self.words[index + 1].text.startswith(("合わせ", "併せ"))
            if self.words[index].text == "を" and not is_summed and (noun := self.nouns.name_before(index)):
                return noun
        return None

    def _name_topic(self, edge: int = 0) -> str | None:
        """Name the topic of the sentence behind a word, of an amount said of it (収納率は…上昇し99.24％となった)."""
        depth = 0
        for index in range(self.first - 1, max(edge, self.first - REACH), -1):
            word = self.words[index]
            if word.text in STOPS:
                return None
            depth += (word.text in CLOSING) - (word.text in OPENING)
            # 影響はあったものの: は only contrasts.
            contrasts = self.words[index + 1].text.startswith(("あ", "な"))
            if depth == 0 and word.text in {"は", "ては"} and word.tag.startswith("助詞") and not contrasts:
                before = self.words[index - 1]
                # 今年度は, 大会では: when and where.
                if before.text not in {"で", "に", "と"} and not self.nouns.taken.touches_any(before.start, before.end):
                    return self.nouns.name_before(self.nouns.find_topic_end(index))
        return None

    def _find_case_before(self, taken: frozenset[str], start: int | None = None) -> int | None:
        """Find the nearest を, が or は before the amount or a word in its clause, without those that are `taken`."""
        start = self.first if start is None else start
        for index in range(start - 1, max(0, start - REACH), -1):
            word = self.words[index]
            tells = word.text == "な" and word.tag.startswith("助動詞")
            ends = tells or word.text in PAUSES or (word.is_verb and not word.tag.endswith("助動詞"))
            if ends and not (word.text == "、" and self.words[index - 1].text in {"は", "を"}):
                return None
            if self.nouns.is_case(word) and word.text not in taken and not self._is_doer(index):
                return index
        return None

    def _is_doer(self, index: int) -> bool:
        """Check whether が or は marks those who do something so often (職員が3回訪ねた)."""
        marks = self.unit in _OFTEN and self.words[index].text in {"が", "は"}
        noun = self.nouns.name_before(index) if marks else None
        rules = activity_rules()
        return noun is not None and (rules.ends_as_people(noun) or rules.bodies.matches_end(noun))

    def _says_becomes(self) -> bool:
        """Check whether what stands behind に says that something is now so many (定員を30名に拡大した)."""
        behind = self.words[self.behind + 1 : self.behind + 2]
        return bool(behind) and behind[0].text.startswith(load_lexicon().counted.becomes)

    def _name_said_of_topic(self) -> str | None:
        """Name the last object or goal of a topic's clause (うち1回は、…塾に参加した)."""
        words, noun = self.words, None
        for index in range(self.behind + 1, min(len(words), self.behind + REACH)):
            word = words[index]
            if word.text in STOPS or (word.text == "、" and index > self.behind + 1):
                break
            marks = word.text in {"を", "に"} and word.tag.startswith("助詞-格助詞")
            if marks and "サ変" in words[min(index + 1, len(words) - 1)].tag:
                noun = self.nouns.name_before(index)
        return noun

    def _name_object_behind(self) -> str | None:
        """Name the object behind the amount, before any verb or pause (5回、塾を開催)."""
        for index in range(self.behind, min(len(self.words), self.behind + REACH)):
            word = self.words[index]
            if word.text in PAUSES or word.is_verb:
                return None
            if word.text == "を":
                return self.nouns.name_before(index)
        return None
