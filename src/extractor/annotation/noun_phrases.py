"""Name what a noun phrase names, as printed, its coordination unfolded.

docs/facts.md describes it, under object.

In: the phrases of a sentence with their heads. Out: the nouns that a phrase lists, and their names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import filterfalse

from spacy.tokens import Doc

from extractor.annotation.activity_rules import activity_rules
from extractor.annotation.syntax.attachment import PhraseAttachment
from extractor.annotation.syntax.phrases import classify_noun, find_noun_end, is_doing_noun
from extractor.annotation.syntax.sentences import CLOSING, OPENING, strip_quotes
from extractor.grammar.characters import WAVES
from extractor.grammar.lexicon import load_lexicon
from extractor.grammar.mentions import FactMention

_DOTS = frozenset("・･／/")
_BEHIND_NAMES = frozenset({"※", "向け"})
# An amount behind these says in which places and not how many (県内6地区).
_AMBITS = ("内", "外", "全", "各")
# Nouns that stand for a clause, and are nothing that is acted on; and such as only lead to an amount (審査の結果41件).
_NO_THINGS = frozenset({"こと", "もの", "ため", "よう"})
# Units of parts of a hundred or of ten, which name no thing.
_PARTS = frozenset({"割", "％", "%", "パーセント", "ポイント"})
_NO_OBJECTS = frozenset({"ため", "よう", "こと", "場合"})
_ADVERBIAL = frozenset({"結果", "現在", "時点", "上限", "下限", "総額", "合計"})
# Nouns with の that say when or in what respect, and not what a doing is done to.
_NO_OWNERS = frozenset({"ため", "中", "後", "間", "うち", "内", "外", "ごと", "毎"}) | {
    *("期限内", "期間内", "時間内", "年度内", "夜間", "早朝", "休日", "平日")
}


@dataclass(frozen=True, slots=True)
class ListedNoun:
    """A noun that phrase `at` lists: tokens `start` to before `end`.

    What tells of it begins at `whole`.
    """

    at: int
    whole: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NounPhrases:
    """The noun phrases of a sentence.

    `facts`: the quantity or time to which a token belongs.
    """

    doc: Doc
    attachment: PhraseAttachment
    facts: Mapping[int, FactMention]

    def list_nouns(self, at: int) -> list[ListedNoun]:
        """List the nouns that a phrase coordinates, in the order of print."""
        coordinated = [at]
        for place in coordinated:
            coordinated.extend(child for child in self.attachment.children[place] if self._is_coordinated(child))
        nouns: list[ListedNoun] = []
        for place in sorted(coordinated):
            parts = self._split_at_dots_if_similar(place)
            hoisted = self._hoist_owners(place, parts)
            nouns.extend(hoisted)
            whole = hoisted[-1].end + 1 if hoisted else self._find_whole(place)
            nouns.extend(_list_parts(place, whole, parts))
        return nouns

    def _is_coordinated(self, at: int) -> bool:
        return self.attachment.phrases[at].coordinates and self.attachment.phrases[at].kind == "noun"

    def _find_whole(self, at: int) -> int:
        """Find the first token of a phrase with what tells of it, without what it is listed with."""
        first = at
        for child in reversed(self.attachment.children[at]):
            if self._is_coordinated(child):
                break
            first = min(first, self.attachment.find_first_dependent(child))
        # 58校のうち36校: the whole tells of its part.
        if first and (part := self.attachment.phrases[first - 1]).particle == "のうち":
            counts = self.attachment.phrases[at].core - 1 in self.facts or "程度" in self.attachment.phrases[at].text
            if counts or not part.comma:
                first = self.attachment.find_first_dependent(first - 1)
        return self.attachment.phrases[first].first

    def _split_at_dots_if_similar(self, at: int) -> list[tuple[int, int]]:
        """Split a noun at its dots if the parts are of one class; else the whole noun is the only part."""
        parts = self._split_at_dots(at)
        return parts if len(parts) < 2 or self._are_similar(parts) else [(parts[0][0], parts[-1][1])]

    def _split_at_dots(self, at: int) -> list[tuple[int, int]]:
        phrase = self.attachment.phrases[at]
        parts, start, depth = [], phrase.first, 0
        for token in phrase.words:
            depth += (token.text in OPENING) - (token.text in CLOSING)
            if depth == 0 and token.text in _DOTS and token.i > start:
                parts.append((start, token.i))
                start = token.i + 1
        return [*parts, (start, phrase.core)] if start < phrase.core else parts

    def _are_similar(self, parts: list[tuple[int, int]]) -> bool:
        """Check whether parts end on one word, or are all doings and events, or of one class."""
        lasts = [self.doc[find_noun_end(self.doc, *part) - 1] for part in parts]
        if len({last.text for last in lasts}) == 1:
            return True
        if len(lasts[-1]) == 1 and "サ変" in lasts[-2].tag_:
            return False  # 見学・意見交換会: what ends both ends the last
        classes = {classify_noun(self.doc, *part) for part in parts}
        return classes <= {"doing", "event"} or (len(classes) == 1 and "" not in classes)

    def _hoist_owners(self, at: int, parts: list[tuple[int, int]]) -> list[ListedNoun]:
        """Take A out of `A・Bの運営・Cセミナー`: it is not operated, since not all behind の are doings."""
        owner = self._find_owner(at)
        if owner is None or len(parts) < 2 or all(is_doing_noun(self.doc, end - 1) for _, end in parts):
            return []
        return _list_parts(owner, self._find_whole(owner), self._split_at_dots(owner)[:-1])

    def says_when(self, at: int) -> bool:
        """Check whether a phrase says when, or stands for a clause."""
        last = self.doc[self.attachment.phrases[at].core - 1]
        fact = self.facts.get(last.i)
        return (fact is not None and fact.quantity is None) or "副詞可能" in last.tag_ or last.text in _NO_OBJECTS

    def is_doing(self, noun: ListedNoun) -> bool:
        """Check whether a listed noun names a doing."""
        return is_doing_noun(self.doc, self._find_last(noun))

    def list_owners(self, noun: ListedNoun) -> list[str]:
        """List what a doing is done to, at or with, each as printed with its particle."""
        owner = self._find_owner(noun.at, "の") if self.is_doing(noun) and self._is_first(noun) else None
        if owner is None or self._is_mutual(noun):
            return []
        particle = self.attachment.phrases[owner].particle
        return [self.print_noun(listed) + particle for listed in self.list_nouns(owner)]

    def _is_first(self, noun: ListedNoun) -> bool:
        """Check whether a noun is the first that its phrase lists: what stands before the phrase tells of it."""
        return noun.start == self.attachment.phrases[noun.at].first

    def _holds_object(self, noun: ListedNoun) -> bool:
        """Check whether a noun of doing has in it what it is done to (機運醸成)."""
        last = self._find_last(noun)
        thing = last > noun.start and self.doc[last - 1].tag_ == "名詞-普通名詞-一般"
        return thing and activity_rules().inner.matches_end(self.doc[last].text)

    def _is_mutual(self, noun: ListedNoun) -> bool:
        return activity_rules().mutual.matches_end(self.doc[noun.start : self._find_last(noun) + 1].text)

    def _find_last(self, noun: ListedNoun) -> int:
        """Find a noun's last token, without notes, 等 and signs behind it."""
        return find_noun_end(self.doc, noun.start, noun.end) - 1

    def _find_owner(self, at: int, ending: str = "") -> int | None:
        """Find the phrase right before a noun with の or への (or a particle with the `ending`).

        None where there is none, or where it is an amount, a time or a stretch of either.
        """
        child = next(filterfalse(self._is_coordinated, reversed(self.attachment.children[at])), None)
        if child is None:
            return None
        phrase = self.attachment.phrases[child]
        marked = phrase.particle in {"の", "への", "との"} or (ending and phrase.particle.endswith(ending))
        if phrase.kind != "noun" or not marked or phrase.compound is not None:
            return None
        last = self.doc[phrase.core - 1]
        return None if last.i in self.facts or "副詞可能" in last.tag_ or last.text in _NO_OWNERS else child

    def print_noun(self, noun: ListedNoun) -> str:
        """Give a noun with all that tells of it, as printed."""
        end = noun.end
        while end - 1 > noun.start and self.doc[end - 1].text in _BEHIND_NAMES:
            end -= 1
        return strip_quotes(self.doc[noun.whole : end].text.strip().removesuffix("向け"))

    def name_objects(self, at: int) -> list[tuple[ListedNoun, str]]:
        """Name the nouns that a phrase lists.

        Doings and shares are named with what they are done to or are of.

        What stands before the first of several doings is shared by those behind it: `制度の周知・広報` is
        `制度の周知` and `制度の広報`.
        """
        named: list[tuple[ListedNoun, str]] = []
        shared: list[str] = []
        for noun in self.list_nouns(at):
            name = self._name_noun(noun)
            if self.is_doing(noun) or self._is_share(name, noun):
                own = self._name_owners(noun) if self._is_first(noun) else []
                shared = own or (shared if named and noun.whole == noun.start else [])
            else:
                shared = []
            named.extend((noun, owner + name) for owner in shared or [""])
        return named

    def _is_share(self, name: str, noun: ListedNoun) -> bool:
        """Check whether a noun is a share of what stands before it: 一部, 2分の1."""
        return name in activity_rules().shares.words or self._is_fraction(noun)

    def _is_fraction(self, noun: ListedNoun) -> bool:
        fact = self.facts.get(noun.start)
        return fact is not None and fact.quantity is not None and "分の" in self.doc[noun.start : noun.end].text

    def _name_owners(self, noun: ListedNoun) -> list[str]:
        """Name what a doing is done to, each with の or への."""
        owner = self._find_owner(noun.at)
        if owner is None or self._holds_object(noun):
            return []
        listed = self.list_nouns(owner)
        particle = self.attachment.phrases[owner].particle
        if particle == "との" and not (self._is_mutual(noun) and len(listed) > 1):
            return []
        if self._is_mutual(noun) and len(listed) > 1:
            return [self.doc[listed[0].start : listed[-1].end].text + particle]
        ends = [find_noun_end(self.doc, *part) for part in self._split_at_dots_if_similar(noun.at)]
        if len(ends) > 1 and not all(is_doing_noun(self.doc, end - 1) for end in ends):
            # The others are hoisted out: see `_hoist_owners`.
            listed = [replace(listed[-1], start=self._split_at_dots(owner)[-1][0])]
        return [self._name_inner_owner(noun) + self._name_noun(noun) + particle for noun in listed]

    def _name_inner_owner(self, noun: ListedNoun) -> str:
        """Name what a doing that another is done to is itself done to."""
        owner = self._find_owner(noun.at) if self.is_doing(noun) and self._is_first(noun) else None
        if owner is None:
            return ""
        return self._name_noun(self.list_nouns(owner)[-1]) + self.attachment.phrases[owner].particle

    def _name_noun(self, noun: ListedNoun) -> str:
        """Name a noun with those it is composed of, without notes, amounts behind it, and the brackets of a name."""
        end = self._strip_name_end(noun)
        amount = self.facts.get(end - 1)
        if amount is not None and _is_rate(amount):
            return ""
        if self._is_fraction(noun):
            return self.doc[noun.start : end].text
        while end > noun.start and (end - 1 in self.facts or self._is_wave_of_range(noun.start, end - 1)):
            end -= 1
        text = strip_quotes(self.doc[noun.start : end].text.strip())
        if text in _NO_THINGS or (amount is not None and text in _ADVERBIAL):
            return ""
        if amount is not None and (not text or (text.endswith(_AMBITS) and not text.endswith("案内"))):
            return self._name_counted(amount, noun)
        return text

    def _strip_name_end(self, noun: ListedNoun) -> int:
        """Find the end of a noun without a note in brackets, ※, 向け and spaces."""
        end = self._find_last(noun) + 1
        if not any(token.text in CLOSING for token in self.doc[end - 1 : noun.end]):
            end = noun.end
        while end - 1 > noun.start and (self.doc[end - 1].text in _BEHIND_NAMES or self.doc[end - 1].is_space):
            end -= 1
        return end

    def _is_wave_of_range(self, start: int, at: int) -> bool:
        """Check whether a wave behind an amount stands here: 20代～30代."""
        return self.doc[at].text in WAVES and at > start and at - 1 in self.facts

    def _name_counted(self, amount: FactMention, noun: ListedNoun) -> str:
        """Name what an amount that stands alone counts; nothing where its counter (円, 部) names no thing."""
        unit = amount.quantity.unit if amount.quantity is not None else None
        if unit in _PARTS:
            return ""
        tag = self.doc[noun.end - 1].tag_
        return (amount.counted if "助数詞" in tag or "接尾辞" in tag else unit) or ""


def _list_parts(at: int, whole: int, parts: list[tuple[int, int]]) -> list[ListedNoun]:
    """List the parts of a phrase; what tells of the phrase tells of its first part."""
    return [ListedNoun(at, start if index else whole, start, end) for index, (start, end) in enumerate(parts)]


def _is_rate(amount: FactMention) -> bool:
    """Check whether an amount says how much for each (1人当たり3万円): it counts nothing that stands before it."""
    rates = load_lexicon().qualifiers.rates
    return amount.quantity is not None and any(qualifier.endswith(rates) for qualifier in amount.quantity.qualifiers)
