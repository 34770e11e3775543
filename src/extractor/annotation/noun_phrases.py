"""Nouns: what a noun phrase names, as printed, its coordination unfolded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from extractor.annotation.activity_rules import grammar
from extractor.annotation.syntax.attachment import Heads
from extractor.annotation.syntax.noun_classes import is_doing, last_noun, sort_of
from extractor.annotation.syntax.phrases import Phrase
from extractor.annotation.syntax.sentences import CLOSING, OPENING, unquoted
from extractor.grammar.characters import WAVES
from extractor.grammar.lexicon import lexicon
from extractor.grammar.mentions import Mention

_DOTS = frozenset("・･／/")
_NOTES = "）)〕"
_INSIDE = ("内", "外", "全", "各")


@dataclass(frozen=True, slots=True)
class Member:
    """A noun that a phrase lists: tokens `start` to `end` of phrase `at`; what tells of it begins at `whole`."""

    at: int
    whole: int
    start: int
    end: int


def _is_rate(amount: Mention) -> bool:
    """Whether an amount says how much for each (1人当たり3万円): what stands before it is no thing that it counts."""
    rates = lexicon().qualifiers.rates
    return amount.quantity is not None and any(one.endswith(rates) for one in amount.quantity.qualifiers)


class Nouns:
    """The nouns of a sentence."""

    def __init__(self, doc: Doc, phrases: Sequence[Phrase], heads: Heads, amounts: Mapping[int, Mention]) -> None:
        """`amounts`: the quantity or time to which a token belongs."""
        self._doc = doc
        self._phrases = phrases
        self._heads = heads
        self._amounts = amounts

    def members(self, at: int) -> list[Member]:
        """The nouns that a phrase lists, in the order of print."""
        found = [at]
        for one in found:
            found.extend(child for child in self._heads.children[one] if self._is_joined(child))
        listed: list[Member] = []
        for one in sorted(found):
            pieces = self._pieces(one)
            hoisted = self._hoisted(one, pieces)
            listed.extend(hoisted)
            whole = hoisted[-1].end + 1 if hoisted else self._whole(one)
            listed.extend(
                Member(one, whole if place == 0 else start, start, end) for place, (start, end) in enumerate(pieces)
            )
        return listed

    def _is_joined(self, at: int) -> bool:
        return self._phrases[at].joins and self._phrases[at].kind == "noun"

    def _whole(self, at: int) -> int:
        """The first token of a phrase with what tells of it, without what it is listed with."""
        children = self._heads.children[at]
        behind = max((place for place, child in enumerate(children) if self._is_joined(child)), default=-1) + 1
        return (
            self._phrases[self._heads.reach(children[behind])].first if children[behind:] else self._phrases[at].first
        )

    def _pieces(self, at: int) -> list[tuple[int, int]]:
        """The parts of a noun between dots, if they are of one sort; else the noun."""
        parts = self._parts(at)
        return parts if len(parts) < 2 or self._one_sort(parts) else [(parts[0][0], parts[-1][1])]

    def _parts(self, at: int) -> list[tuple[int, int]]:
        """The parts of a noun between dots."""
        phrase = self._phrases[at]
        parts, start, depth = [], phrase.first, 0
        for token in self._doc[phrase.first : phrase.core]:
            depth += (token.text in OPENING) - (token.text in CLOSING)
            if depth == 0 and token.text in _DOTS and token.i > start:
                parts.append((start, token.i))
                start = token.i + 1
        if start < phrase.core:
            parts.append((start, phrase.core))
        return parts

    def _one_sort(self, parts: list[tuple[int, int]]) -> bool:
        sorts = {self._sort(start, end) for start, end in parts}
        lasts = {self._doc[last_noun(self._doc, start, end) - 1].text for start, end in parts}
        last = self._doc[last_noun(self._doc, *parts[-1]) - 1]
        if len(lasts) > 1 and len(last) == 1 and "サ変" in self._doc[last_noun(self._doc, *parts[-2]) - 1].tag_:
            return False  # 見学・意見交換会: what ends both ends the last
        return len(lasts) == 1 or sorts <= {"doing", "event"} or (len(sorts) == 1 and "" not in sorts)

    def _sort(self, start: int, end: int) -> str:
        return sort_of(self._doc, Phrase(start, end, end, "noun"))

    def _hoisted(self, at: int, pieces: list[tuple[int, int]]) -> list[Member]:
        """In `A・Bの運営・Cセミナー`, A: no part of what is operated, since not all behind の are doings."""
        owner = self.owner(at)
        if owner is None or len(pieces) < 2 or all(is_doing(self._doc, end - 1) for _, end in pieces):
            return []
        return [
            Member(owner, self._whole(owner) if place == 0 else start, start, end)
            for place, (start, end) in enumerate(self._parts(owner)[:-1])
        ]

    def doing(self, member: Member) -> bool:
        """Whether a member is a noun of doing."""
        return is_doing(self._doc, last_noun(self._doc, member.start, member.end) - 1)

    def owners(self, member: Member) -> list[str]:
        """What a doing is done to, at or with, each as printed with its particle."""
        at = member.at
        owner = self.owner(at, "の") if self.doing(member) and member.start == self._phrases[at].first else None
        if owner is None or self._is_mutual(member):
            return []
        return [self.phrase_text(one) + self._phrases[owner].particle for one in self.members(owner)]

    def _has_inner(self, member: Member) -> bool:
        """Whether a noun of doing has in it what it is done to."""
        last = last_noun(self._doc, member.start, member.end) - 1
        thing = last > member.start and self._doc[last - 1].tag_ == "名詞-普通名詞-一般"
        return thing and grammar().inner.end(self._doc[last].text)

    def _is_mutual(self, member: Member) -> bool:
        return grammar().mutual.end(self._doc[member.start : last_noun(self._doc, member.start, member.end)].text)

    def owner(self, at: int, ending: str = "") -> int | None:
        """The phrase that stands right before a noun with の or への (or any particle with the `ending`), if it is no
        amount, time or stretch of either."""
        children = [child for child in self._heads.children[at] if not self._is_joined(child)]
        if not children:
            return None
        child = children[-1]
        phrase = self._phrases[child]
        last = self._doc[phrase.core - 1]
        marked = phrase.particle in {"の", "への"} or (ending != "" and phrase.particle.endswith(ending))
        fits = phrase.kind == "noun" and marked and phrase.mark is None
        if (
            not fits
            or last.i in self._amounts
            or "副詞可能" in last.tag_
            or last.text in {"ため", "中", "後", "間", "うち", "内", "外", "ごと", "毎"}
        ):
            return None
        return child

    def phrase_text(self, member: Member) -> str:
        """A member with all that tells of it, as printed."""
        end = member.end
        while end - 1 > member.start and self._doc[end - 1].text in {"※", "向け"}:
            end -= 1
        text = self._doc[member.whole : end].text.strip().removesuffix("向け")
        return unquoted(text)

    def objects(self, at: int) -> list[tuple[Member, str]]:
        """What the nouns that a phrase lists are called; of doings, with what they are done to."""
        found: list[tuple[Member, str]] = []
        shared: list[str] = []
        for member in self.members(at):
            name = self.name(member)
            if self.doing(member) or name in grammar().shares.words:
                own = self._done_to(member) if member.start == self._phrases[member.at].first else []
                beside = bool(found) and member.whole == member.start
                shared = own or (shared if beside else [])
                found.extend((member, before + name) for before in shared or [""])
            else:
                shared = []
                found.append((member, name))
        return found

    def _done_to(self, member: Member) -> list[str]:
        """What a doing is done to, each with の, or への."""
        owner = self.owner(member.at)
        if owner is None or self._has_inner(member):
            return []
        listed = self.members(owner)
        particle = self._phrases[owner].particle
        if self._is_mutual(member) and len(listed) > 1:
            return [self._doc[listed[0].start : listed[-1].end].text + particle]
        behind = self._pieces(member.at)
        mixed = len(behind) > 1 and not all(is_doing(self._doc, last_noun(self._doc, *one) - 1) for one in behind)
        names = []
        if mixed:
            listed = [replace(listed[-1], start=self._parts(owner)[-1][0])]
        for one in listed:
            deeper = self._deeper(one)
            names.append(deeper + self.name(one) + particle)
        return names

    def _deeper(self, member: Member) -> str:
        """What a doing that another is done to is itself done to."""
        if not self.doing(member):
            return ""
        owner = self.owner(member.at) if member.start == self._phrases[member.at].first else None
        return "" if owner is None else self.name(self.members(owner)[-1]) + self._phrases[owner].particle

    def name(self, member: Member) -> str:
        """The noun with those it is composed of, without notes, amounts behind it, and the brackets of a name."""
        start, end = member.start, member.end
        noted = last_noun(self._doc, start, end)
        if any(token.text in CLOSING for token in self._doc[noted - 1 : end]):
            end = noted
        while end - 1 > start and (self._doc[end - 1].text in {"※", "向け"} or self._doc[end - 1].is_space):
            end -= 1
        amount = self._amounts.get(end - 1)
        if amount is not None and _is_rate(amount):
            return ""
        while end > start and (self._amounts.get(end - 1) is not None or self._in_range(start, end - 1)):
            end -= 1
        text = unquoted(self._doc[start:end].text.strip())
        if amount is not None and (not text or text.endswith(_INSIDE)):
            return self._counted(amount, member)
        return text

    def _in_range(self, start: int, at: int) -> bool:
        """Whether a wave between two amounts stands here."""
        return self._doc[at].text in WAVES and at > start and self._amounts.get(at - 1) is not None

    def _counted(self, amount: Mention, member: Member) -> str:
        """What an amount that stands alone counts; nothing where its counter (円, 部) names no thing."""
        unit = amount.quantity.unit if amount.quantity is not None else None
        last = self._doc[member.end - 1]
        counter = "助数詞" in last.tag_ or "接尾辞" in last.tag_
        return (amount.counted if counter else unit) or ""
