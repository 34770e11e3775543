"""Tell who does something, for whom, by what, to what end and where.

docs/facts.md describes it, under agent, recipients, means, purpose and places.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from extractor.annotation.activity_rules import Role, activity_rules
from extractor.annotation.noun_phrases import ListedNoun, NounPhrases
from extractor.annotation.syntax.attachment import PhraseAttachment
from extractor.annotation.syntax.clauses import Clause
from extractor.annotation.syntax.phrases import Phrase, find_noun_end

# Case particles that may mark those who do it.
_BOUNDS = frozenset({"程度", "以上", "以内", "未満", "以下", "前後", "余り", "弱", "強", "余"})
# Signs that end a name of people or a body only as a word of their own, or in the name of a place (地方, 見本市).
_ONLY_WORDS = frozenset("方市町村県国")
_MUNICIPAL = frozenset({"市町村", "全国", "各国", "各県", "各市", "市町", "両県", "同市", "同県"})
# They end as people do, and are widths and numbers.
_NO_PEOPLE = frozenset({"幅員", "定員"})
_DOERS = frozenset({"が", "は"})


@dataclass(frozen=True, slots=True)
class SemanticRoles:
    """What a clause says besides its verb and object, each as printed."""

    recipients: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    purpose: str | None = None
    agent: str | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleFinder:
    """Finds the roles of the clauses of a sentence."""

    doc: Doc
    attachment: PhraseAttachment
    nouns: NounPhrases

    def find_roles(
        self, clause: Clause, own: Sequence[int], acted_on: Sequence[int], *, has_object: bool
    ) -> SemanticRoles:
        """Find the roles of a clause.

        Args:
            clause: The clause.
            own: The phrases that stand in it and hang on a main verb.
            acted_on: Those of its phrases that name its object, or an amount in the object's place.
            has_object: Whether it has an object, which the clause before may have named.

        Returns:
            The roles; of several purposes the last.
        """
        found: dict[Role, list[str]] = {"recipient": [], "means": [], "place": [], "agent": [], "purpose": []}
        for child in own:
            role = None if child in acted_on else self._find_role(child, clause, gives=has_object or bool(acted_on))
            if role == "means":
                found["means"].extend(self._print_means(child))
            elif role == "purpose":
                found["purpose"].extend(filter(None, [self._print_aim(child)]))
            elif role == "agent":
                found["agent"].append(self._print_whole(child, clause.before))
            elif role is not None and not (found[role] and self._is_amount(child)):
                found[role].extend(self._print_nouns(child))
        if not found["agent"]:
            found["agent"] = self._find_doers(clause, own, acted_on)
        return SemanticRoles(
            tuple(found["recipient"]),
            tuple(found["means"]),
            next(reversed(found["purpose"]), None),
            next(iter(found["agent"]), None),
            tuple(found["place"]),
        )

    def find_roles_of_noun(self, at: int) -> SemanticRoles:
        """Find what stands before an object and tells of its activity: `高校生向けの講座`, `街頭での啓発`."""
        recipients: list[str] = []
        places: list[str] = []
        purpose: str | None = None
        for child in self.attachment.children[at]:
            phrase = self.attachment.phrases[child]
            role = phrase.compound.role if phrase.compound is not None and phrase.adnominal else None
            is_people = self._is_people(child)
            acted_on = self.attachment.phrases[at]
            is_event = acted_on.noun_class == "event" and not activity_rules().carriers.matches_end(acted_on.text)
            is_told = phrase.particle == "への" and is_event and is_people and not self._is_site(child)
            if role == "recipient" or (role == "of_toward" and is_people) or is_told:
                recipients.extend(self._print_nouns(child))
            elif phrase.adnominal and not phrase.coordinates:
                purpose = purpose or self._find_purpose_of_noun(child)
            if phrase.particle == "での" and self._is_site(child):
                places.extend(self._print_nouns(child))
        return SemanticRoles(tuple(recipients), (), purpose, None, tuple(places))

    def _find_purpose_of_noun(self, at: int) -> str | None:
        """Find the purpose that tells of a noun, or of one that tells of it (…を目的とした専門家による診断)."""
        phrase = self.attachment.phrases[at]
        if phrase.compound is not None and phrase.compound.role == "purpose":
            return self._print_aim(at)
        nouns = [
            child for child in self.attachment.children[at] if phrase.kind == "noun" and self._tells_of_noun(child)
        ]
        return next(filter(None, map(self._find_purpose_of_noun, nouns)), None)

    def _tells_of_noun(self, at: int) -> bool:
        phrase = self.attachment.phrases[at]
        return phrase.kind == "noun" and phrase.adnominal and not phrase.coordinates

    def _find_role(self, at: int, clause: Clause, *, gives: bool) -> Role | None:
        """Find what a phrase is to its clause; `gives`: the clause has an object or an amount."""
        phrase = self.attachment.phrases[at]
        if phrase.compound is not None:
            return self._find_role_of_marked(at, phrase, phrase.compound.role, clause)
        if phrase.kind != "noun":
            return None
        if phrase.is_aim:
            marked = phrase.particle in {"", "に"} and not self._is_cause(at, clause)
            return "purpose" if marked else None
        match phrase.case:
            case "で":
                return self._find_role_of_de(at, phrase)
            case "に":
                return self._find_role_of_ni(at, clause, gives=gives)
            case "へ":
                return "recipient" if self._is_people(at) else "place" if self._is_site(at) else None
            case "が" | "は":
                return "agent" if clause.voice == "active" and self._may_act(at) else None
        return None

    def _find_role_of_marked(self, at: int, phrase: Phrase, role: Role | None, clause: Clause) -> Role | None:
        """Find what a phrase is that several words mark as one particle does."""
        if role == "toward":
            return "recipient" if self._is_people(at) else "purpose"
        if role == "place":
            return role if self._is_site(at) else None
        if role == "means" and phrase.particle.startswith("によ"):
            if clause.voice == "passive" and self._is_people(at):
                return "agent"
            is_cause = activity_rules().causes.matches_end(phrase.text) or self._is_held_otherwise(clause)
            return None if is_cause else role
        if role == "recipient" and self._is_compared_number(phrase):
            return None
        return role

    def _find_role_of_de(self, at: int, phrase: Phrase) -> Role | None:
        rules = activity_rules()
        if phrase.text == "こと" or rules.tools.matches_end(self._name(phrase)):
            return "means"
        return "place" if self._is_site(at) and not rules.bodies.matches_end(self._name(phrase)) else None

    def _find_role_of_ni(self, at: int, clause: Clause, *, gives: bool) -> Role | None:
        rules, predicate = activity_rules(), clause.verb
        if self.attachment.phrases[at].text in {"上限", "下限"}:
            return None
        is_people, is_site = self._is_people(at), self._is_site(at)
        if clause.voice == "passive" and is_people and not rules.placing.matches_end(predicate):
            return "agent"
        grants = rules.granting.matches_end(predicate)
        if self.nouns.says_when(at) or not (gives or grants) or rules.changing.matches_end(predicate):
            return None
        if rules.placing.matches_end(predicate):
            return "place" if is_people or is_site else None
        goes = rules.passing_on.matches_end(predicate)
        if goes and is_site and self._is_named_place(at) and predicate not in rules.telling.words:
            return "place"
        if grants or is_people:
            return "recipient"
        return "place" if is_site and goes else None

    def _find_doers(self, clause: Clause, own: Sequence[int], acted_on: Sequence[int]) -> list[str]:
        """Find those who do it: the subject of a verb with て, else a body with で (担当課で検討した)."""
        if clause.voice == "passive":
            return []
        phrases, heads = self.attachment.phrases, self.attachment.head_of
        for at in range(clause.before + 1, clause.at):
            leads_here = phrases[heads[at]].says_how and self.attachment.find_clause_head(at) == clause.at
            marks = phrases[at].kind == "noun" and phrases[at].compound is None
            if marks and leads_here and phrases[at].case in _DOERS and self._may_act(at):
                return [self._print_whole(at, clause.before)]
        bodies = (at for at in own if phrases[at].kind == "noun" and phrases[at].case == "で" and at not in acted_on)
        return [
            self._print_whole(at, clause.before)
            for at in bodies
            if phrases[at].compound is None and activity_rules().bodies.matches_end(self._name(phrases[at]))
        ]

    def _may_act(self, at: int) -> bool:
        """Check whether a noun with が or は names those who may do it: people or a body."""
        phrase = self.attachment.phrases[at]
        if at and self.attachment.phrases[at - 1].particle == "のうち" and self._is_amount(at):
            return self._is_people(at - 1)
        acts = self._is_people(at) or activity_rules().bodies.matches_end(self._name(phrase))
        return acts and not self._is_compared_number(phrase)

    def _is_compared_number(self, phrase: Phrase) -> bool:
        """Check whether a phrase says how many there are: `受診者数21,450人に対し`."""
        first = phrase.core - 1
        while first > phrase.first and first in self.nouns.facts:
            first -= 1
        return self.doc[first].text.endswith("数")

    def _is_amount(self, at: int) -> bool:
        """Check whether a phrase is an amount alone."""
        return all(token.i in self.nouns.facts for token in self.attachment.phrases[at].words)

    def _name(self, phrase: Phrase) -> str:
        """Give a noun without notes and what says how exact its amount is."""
        end = find_noun_end(self.doc, phrase.first, phrase.core)
        while end - 1 > phrase.first and self.doc[end - 1].text in _BOUNDS:
            end -= 1
        return self.doc[phrase.first : end].text

    def _is_people(self, at: int) -> bool:
        phrase, rules = self.attachment.phrases[at], activity_rules()
        text = self._name(phrase)
        last = self.doc[find_noun_end(self.doc, phrase.first, phrase.core) - 1]
        if text[-1:] in _ONLY_WORDS and len(last) > 1 and last.text[-1] == text[-1] and not _may_end_name(last):
            return False
        return rules.ends_as_people(text) and last.text not in _NO_PEOPLE and phrase.noun_class != "doing"

    def _is_named_place(self, at: int) -> bool:
        """Check whether a phrase names a place by a proper name (広島市)."""
        return any("地名" in token.tag_ for token in self.attachment.phrases[at].words)

    def _is_site(self, at: int) -> bool:
        phrase = self.attachment.phrases[at]
        return activity_rules().sites.matches_end(self._name(phrase)) or phrase.noun_class == "place"

    def _print_whole(self, at: int, before: int) -> str:
        """Give a phrase with all that tells of it, as printed; `before`: the phrase behind which its clause begins."""
        phrases = self.attachment.phrases
        first = self.attachment.find_first_dependent(at)
        # 修了者175人のうち142人: the whole tells of its part.
        if first and phrases[first - 1].particle == "のうち" and not phrases[first - 1].comma:
            first = self.attachment.find_first_dependent(first - 1)
        while first > before + 1 and self._counts_people(at) and self._counts_people(first - 1, listed=True):
            first = self.attachment.find_first_dependent(first - 1)
        first = max(before + 1, first)
        return self.doc[phrases[first].first : phrases[at].core].text.strip()

    def _counts_people(self, at: int, *, listed: bool = False) -> bool:
        """Check whether a phrase is so many people or bodies, and, if `listed`, with nothing but a comma behind it."""
        phrase = self.attachment.phrases[at]
        fact = self.nouns.facts.get(phrase.core - 1)
        if fact is None or fact.quantity is None or "うち" in fact.quantity.qualifiers:
            return False
        if phrase.kind != "noun" or (listed and phrase.particle):
            return False
        return phrase.comma == listed and (fact.quantity.unit or "") in activity_rules().people.words

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

    def _is_held_otherwise(self, clause: Clause) -> bool:
        """Check whether a clause says that something was not held: what led to that is no means and no aim."""
        return clause.negative or activity_rules().called_off.matches_end(clause.verb)

    def _is_cause(self, at: int, clause: Clause) -> bool:
        """Check whether ため says why, and not to what end: 悪天候のため, 老朽化しているため, …のため中止した."""
        children = self.attachment.children[at]
        if self.attachment.phrases[at].compound is not None or not children:
            return False
        reason = self.attachment.phrases[children[-1]]
        if reason.kind == "noun":
            return activity_rules().causes.matches_end(reason.text) or self._is_held_otherwise(clause)
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
            (phrases[first].kind == "word" and phrases[first].comma)
            or phrases[first].particle.endswith("は")
            or self.attachment.is_connective(first)
        ):
            first += 1
        text = self.doc[phrases[first].first : phrases[at].first].text.strip()
        return text.removesuffix("の") if phrases[at - 1].kind == "noun" else text or None


def _may_end_name(last: Token) -> bool:
    """Check whether a token names a place, or those of a place (市町村, 各市)."""
    return "地名" in last.tag_ or last.text in _MUNICIPAL
