"""Roles: for whom, by what and to what end something is done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from extractor.annotation.activity_rules import Role, grammar
from extractor.annotation.noun_phrases import Member, Nouns
from extractor.annotation.syntax.attachment import Heads
from extractor.annotation.syntax.noun_classes import AIMS, core_text, last_noun
from extractor.annotation.syntax.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Roles:
    """What a clause says besides its verb and object."""

    recipients: tuple[str, ...]
    means: tuple[str, ...]
    purpose: str | None


class Reader:
    """Reads the roles of a sentence's clauses."""

    def __init__(self, doc: Doc, phrases: Sequence[Phrase], heads: Heads, nouns: Nouns) -> None:
        self._doc = doc
        self._phrases = phrases
        self._heads = heads
        self._nouns = nouns

    def roles(self, verb: int, passive: bool, has_object: bool) -> Roles:
        """The roles of a verb's clause."""
        recipients: list[str] = []
        means: list[str] = []
        purpose: str | None = None
        words = grammar()
        predicate = self._doc[self._phrases[verb].core - 1].lemma_
        for child in self._heads.children[verb]:
            role = self._role(child, has_object and not words.placing.end(predicate))
            if role == "recipient":
                recipients.extend(self._printed(child))
            elif role == "means" and not (passive and self._is_people(child)):
                means.extend(self._by(child))
            elif role == "purpose":
                purpose = (None if self._is_cause(child, predicate) else self._aim(child)) or purpose
        return Roles(tuple(recipients), tuple(means), purpose)

    def of_noun(self, at: int) -> tuple[str, ...]:
        """For whom a noun is: `高校生向けの講座`."""
        found: list[str] = []
        for child in self._heads.children[at]:
            mark = self._phrases[child].mark
            if (
                mark is not None
                and mark.adnominal
                and mark.role is not None
                and (mark.role == "recipient" or self._is_people(child))
            ):
                found.extend(self._printed(child))
        return tuple(found)

    def _role(self, at: int, has_object: bool) -> Role | None:
        """What a phrase is to its verb."""
        phrase = self._phrases[at]
        if phrase.mark is not None:
            if phrase.mark.role == "toward":
                return "recipient" if self._is_people(at) else "purpose"
            return phrase.mark.role
        if phrase.kind != "noun":
            return None
        text = core_text(self._doc, phrase)
        if text in AIMS and phrase.particle in {"", "に"}:
            return "purpose"
        if phrase.case == "で" and (text == "こと" or grammar().tools.end(text)):
            return "means"
        if phrase.case == "に" and has_object and self._is_people(at):
            return "recipient"
        return None

    def _is_people(self, at: int) -> bool:
        phrase = self._phrases[at]
        end = last_noun(self._doc, phrase.first, phrase.core)
        text = self._doc[phrase.first : end].text
        return grammar().people.end(text) and not grammar().events.end(text)

    def _printed(self, at: int) -> list[str]:
        return [text for text in map(self._nouns.phrase_text, self._nouns.members(at)) if text]

    def _by(self, at: int) -> list[str]:
        """The means; doings with what each is the doing of."""
        found: list[str] = []
        shared: list[str] = []
        for member in self._nouns.members(at):
            text = self._nouns.phrase_text(member)
            owners = self._nouns.owners(member)
            if len(owners) < 2 and member.whole < member.start:
                shared = [self._doc[member.whole : member.start].text]
                found.append(text)
            elif owners:
                shared = owners
                found.extend(owner + text[len(text) - len(self._tail(member)) :] for owner in owners)
            else:
                found.extend(before + text for before in (shared if self._nouns.doing(member) else []) or [""])
        return [text for text in found if text]

    def _tail(self, member: Member) -> str:
        return self._nouns.phrase_text(replace(member, whole=member.start))

    def _is_cause(self, at: int, predicate: str) -> bool:
        """Whether ため says why, and not to what end: 悪天候のため, 老朽化しているため, …のため中止した."""
        children = self._heads.children[at]
        if self._phrases[at].mark is not None or not children:
            return False
        told = self._phrases[children[-1]]
        if told.kind != "noun":
            forms = self._doc[told.forms]
            return told.kind != "verb" or any(token.lemma_ == "いる" for token in forms)
        return grammar().causes.end(core_text(self._doc, told)) or grammar().called_off.end(predicate)

    def _aim(self, at: int) -> str | None:
        """The clause before ため, or the noun before に向けて, as printed."""
        phrase = self._phrases[at]
        first = self._heads.reach(at)
        if phrase.mark is not None:
            return self._doc[self._phrases[first].first : phrase.core].text.strip() or None
        children = self._heads.children[at]
        if not children or "助動詞-タ" in str(self._doc[self._phrases[children[-1]].infl - 1].morph):
            return None
        return self._clause(first, at)

    def _clause(self, first: int, end: int) -> str | None:
        """The words of an aim without a time or a word of order before them."""
        while first < end - 1 and (
            (self._phrases[first].kind == "word" and self._phrases[first].comma)
            or self._phrases[first].particle.endswith("は")
        ):
            first += 1
        last = self._phrases[end - 1]
        text = self._doc[self._phrases[first].first : self._phrases[end].first].text.strip()
        return text.removesuffix("の") if last.kind == "noun" else text or None
