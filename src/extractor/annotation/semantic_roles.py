"""Tell for whom, by what and to what end something is done.

docs/facts.md describes it, under recipients, means and purpose.
"""

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from extractor.annotation.activity_rules import Role, activity_rules
from extractor.annotation.noun_phrases import ListedNoun, NounPhrases
from extractor.annotation.syntax.attachment import PhraseAttachment
from extractor.annotation.syntax.phrases import find_noun_end


@dataclass(frozen=True, slots=True)
class SemanticRoles:
    """What a clause says besides its verb and object, each as printed."""

    recipients: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class RoleFinder:
    """Finds the roles of the clauses of a sentence."""

    doc: Doc
    attachment: PhraseAttachment
    nouns: NounPhrases

    def find_roles(self, verb: int, *, passive: bool, has_object: bool) -> SemanticRoles:
        """Find the roles of a verb's clause.

        Args:
            verb: The phrase of the verb.
            passive: Whether the verb is passive: people with により are then its agents, and no means.
            has_object: Whether the clause has an object: people with に are then recipients, but of a verb that puts a
                thing somewhere.

        Returns:
            The roles; of several purposes the last.
        """
        recipients: list[str] = []
        means: list[str] = []
        purpose: str | None = None
        predicate = self.doc[self.attachment.phrases[verb].core - 1].lemma_
        gives = has_object and not activity_rules().placing.matches_end(predicate)
        for child in self.attachment.children[verb]:
            role = self._find_role(child, gives=gives)
            if role == "recipient":
                recipients.extend(self._print_nouns(child))
            elif role == "means" and not (passive and self._is_people(child)):
                means.extend(self._print_means(child))
            elif role == "purpose" and not self._is_cause(child, predicate):
                purpose = self._print_aim(child) or purpose
        return SemanticRoles(tuple(recipients), tuple(means), purpose)

    def find_recipients_of_noun(self, at: int) -> tuple[str, ...]:
        """Find for whom a noun is: `高校生向けの講座`, `高校生を対象とした講座`."""
        recipients: list[str] = []
        for child in self.attachment.children[at]:
            compound = self.attachment.phrases[child].compound
            if compound is None or not compound.adnominal or compound.role is None:
                continue
            if compound.role == "recipient" or self._is_people(child):
                recipients.extend(self._print_nouns(child))
        return tuple(recipients)

    def _find_role(self, at: int, *, gives: bool) -> Role | None:
        """Find what a phrase is to its verb."""
        phrase = self.attachment.phrases[at]
        if phrase.compound is not None:
            if phrase.compound.role == "toward":
                return "recipient" if self._is_people(at) else "purpose"
            return phrase.compound.role
        if phrase.kind != "noun":
            return None
        if phrase.is_aim and phrase.particle in {"", "に"}:
            return "purpose"
        if phrase.case == "で":
            return "means" if phrase.text == "こと" or activity_rules().tools.matches_end(phrase.text) else None
        return "recipient" if phrase.case == "に" and gives and self._is_people(at) else None

    def _is_people(self, at: int) -> bool:
        phrase, rules = self.attachment.phrases[at], activity_rules()
        text = self.doc[phrase.first : find_noun_end(self.doc, phrase.first, phrase.core)].text
        return rules.people.matches_end(text) and not rules.events.matches_end(text)

    def _print_nouns(self, at: int) -> list[str]:
        return [text for text in map(self.nouns.print_noun, self.nouns.list_nouns(at)) if text]

    def _print_means(self, at: int) -> list[str]:
        """Give the means as printed; of several doings each with what the first is the doing of."""
        means: list[str] = []
        shared: list[str] = []
        for noun in self.nouns.list_nouns(at):
            text = self.nouns.print_noun(noun)
            owners = self.nouns.list_owners(noun)
            if len(owners) < 2 and noun.whole < noun.start:
                shared = [self.doc[noun.whole : noun.start].text]
                means.append(text)
            elif owners:
                shared = owners
                means.extend(owner + self._print_without_modifiers(noun, text) for owner in owners)
            else:
                means.extend(owner + text for owner in (self.nouns.is_doing(noun) and shared) or [""])
        return list(filter(None, means))

    def _print_without_modifiers(self, noun: ListedNoun, text: str) -> str:
        """Take as much from a printed noun's end as it has without what tells of it."""
        return text[len(text) - len(self.nouns.print_noun(replace(noun, whole=noun.start))) :]

    def _is_cause(self, at: int, predicate: str) -> bool:
        """Check whether ため says why, and not to what end: 悪天候のため, 老朽化しているため, …のため中止した."""
        children = self.attachment.children[at]
        if self.attachment.phrases[at].compound is not None or not children:
            return False
        reason = self.attachment.phrases[children[-1]]
        if reason.kind == "noun":
            rules = activity_rules()
            return rules.causes.matches_end(reason.text) or rules.called_off.matches_end(predicate)
        return reason.kind != "verb" or any(token.lemma_ == "いる" for token in reason.inflection)

    def _print_aim(self, at: int) -> str | None:
        """Give the clause before ため, or the noun before に向けて, as printed; None where it is past, or empty."""
        phrases, children = self.attachment.phrases, self.attachment.children[at]
        first = self.attachment.find_first_dependent(at)
        if phrases[at].compound is not None:
            return self.doc[phrases[first].first : phrases[at].core].text.strip() or None
        if not children or "助動詞-タ" in str(self.doc[phrases[children[-1]].infl - 1].morph):
            return None
        # A word of order or a topic before the aim is none of it.
        while first < at - 1 and (
            (phrases[first].kind == "word" and phrases[first].comma) or phrases[first].particle.endswith("は")
        ):
            first += 1
        text = self.doc[phrases[first].first : phrases[at].first].text.strip()
        return text.removesuffix("の") if phrases[at - 1].kind == "noun" else text or None
