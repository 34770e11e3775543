"""Attach each phrase of a sentence to its head.

GiNZA's tree decides where the sentence's particles allow it.

In: the phrases of a sentence. Out: for each the index of its head, and the phrases that hang on it.
"""

from collections.abc import Sequence, Set
from itertools import pairwise

from spacy.tokens import Doc

from extractor.annotation.activity_rules import activity_rules
from extractor.annotation.syntax.phrases import VERBAL, Phrase, find_noun_end

# How many phrases are looked at for a head: more than any sentence of prose needs, and no long list is slow.
_REACH = 40
# How many tokens that only mark a noun are passed over from one to its head.
_MARKING_STEPS = 4


# Behind an amount they say how much something is (面積が10ha以上の農地).
_LIMITS = ("以上", "以下", "未満")
# They, too, take a noun with に (施設に被害を受けた農家).
_GETTING = frozenset({"受ける", "もつ", "持つ", "抱える"})
_BEING = frozenset({"ある", "ない", "無い", "多い", "少ない", "高い", "低い"})


class PhraseAttachment:
    """The heads of a sentence's phrases.

    `head_of[i]` is the index of the head of phrase `i`; the last phrase is its own head. `children[i]` are the phrases
    that hang on it, in the order of print.
    """

    def __init__(self, doc: Doc, phrases: Sequence[Phrase]) -> None:
        self._doc = doc
        self.phrases = phrases
        self._phrase_of = {token: at for at, phrase in enumerate(phrases) for token in range(phrase.first, phrase.last)}
        self._object_of: dict[int, int] = {}
        self.head_of = list(range(len(phrases)))
        # Behind verbs with て that say how: the phrase to which they lead.
        self._led_to = list(range(len(phrases)))
        self.children: list[list[int]] = [[] for _ in phrases]
        self._main_verbs = {len(phrases) - 1}
        parting = (at for at, phrase in enumerate(phrases) if phrase.linked or (phrase.comma and phrase.is_purpose))
        self._first_to_go_on = next(parting, len(phrases))
        for at in range(len(phrases) - 2, -1, -1):
            self.head_of[at] = head = self._find_head(at)
            if phrases[at].says_how:
                self._led_to[at] = self._led_to[head]
            if self._may_be_main(at):
                self._main_verbs.add(at)
            self.children[head].insert(0, at)
            if phrases[at].is_object:
                self._object_of.setdefault(head, at)
        for at in range(len(phrases) - 2, -1, -1):
            self._raise_to_main_clause(at)

    def find_first_dependent(self, at: int) -> int:
        """Find the first of the phrases that belong to a phrase, itself among them."""
        while self.children[at]:
            at = self.children[at][0]
        return at

    def is_connective(self, at: int) -> bool:
        """Check whether a phrase is a word such as また、 or あわせて、 that begins a clause."""
        phrase = self.phrases[at]
        text = self._doc[phrase.first : phrase.last].text.rstrip("、，,")
        return phrase.comma and text in activity_rules().connectives.words

    def find_clause_head(self, at: int) -> int:
        """Find the verb that a clause leads to, behind those with て that say how it is done."""
        return self._led_to[self.head_of[at]]

    def _may_be_main(self, at: int) -> bool:
        """Check whether a verb is a main verb or may yet be raised to one: no aim is told by it."""
        phrase, head = self.phrases[at], self.find_clause_head(at)
        if phrase.tie != "and":
            return phrase.tie == "end"
        if self._is_parted_from_next(at):
            return True
        if self.phrases[head].tie == "noun":
            return head in self._main_verbs or not self.phrases[self.head_of[head]].is_aim
        return head in self._main_verbs

    def _is_parted_from_next(self, at: int) -> bool:
        """Check whether a word such as また、 begins the next clause: this one is no part of an aim behind it."""
        return at + 1 < len(self.phrases) and self.is_connective(at + 1)

    def _raise_to_main_clause(self, at: int) -> None:
        """Hang a verb on the next main verb if its own clause has what only a main clause has: `県が、…し、`."""
        head, is_parted = self.head_of[at], self._is_parted_from_next(at)
        bond = head
        if is_parted and head == at + 1:
            head = self.head_of[head]
        if self.phrases[at].tie != "and" or self.phrases[head].tie != "noun":
            return
        if not is_parted and not self._stands_alone(at, head):
            return
        beside = (place for place in self._list_reachable(head) if self.phrases[place].tie in {"and", "end"})
        clause = next(beside, None)
        if clause is not None:
            self.children[bond].remove(at)
            self.head_of[at] = clause
            self.children[clause] = sorted([*self.children[clause], at])

    def _stands_alone(self, at: int, head: int) -> bool:
        """Check whether a verb's clause is one of the sentence, though the tree has it tell of a noun with the next."""
        phrase = self.phrases[at]
        children = [self.phrases[child] for child in self.children[at]]
        # What stands behind a purpose or another clause is told by the sentence itself.
        goes_on = at > self._first_to_go_on
        concrete = activity_rules().is_concrete(phrase.lemma)
        acts = any(child.is_object or (concrete and child.case == "に") for child in children)
        if self.phrases[self.head_of[head]].is_aim:
            return goes_on and (phrase.linked or (acts and concrete))
        has_topic = any(child.is_set_off for child in children)
        return has_topic or phrase.linked or head == at + 1 or (acts and (goes_on or concrete))

    def _list_reachable(self, at: int) -> list[int]:
        """List the phrases to the right that a phrase can hang on without crossing another's bond."""
        reachable = [at + 1]
        while self.head_of[reachable[-1]] != reachable[-1] and len(reachable) < _REACH:
            reachable.append(self.head_of[reachable[-1]])
        return reachable

    def _find_tree_head(self, start: int) -> int | None:
        """Find the phrase that GiNZA's tree hangs a phrase on, passing over tokens that only mark a noun."""
        at = start
        for _ in range(_MARKING_STEPS):
            phrase = self.phrases[at]
            heads = (token.head.i for token in reversed(phrase.words))
            head = next((token for token in heads if not phrase.first <= token < phrase.last), None)
            if head is None or head not in self._phrase_of:
                return None
            at = self._phrase_of[head]
            if head < self.phrases[at].core:
                return at if at > start else None
        return None

    def _find_head(self, at: int) -> int:
        phrase, reachable, tree = self.phrases[at], self._list_reachable(at), self._find_tree_head(at)
        nouns = self._list_kinds(reachable, {"noun", "copula"})
        if phrase.coordinates:
            coordinate = self._find_coordinate(at, reachable, nouns, tree)
            if coordinate is not None:
                return coordinate
            phrase.coordinates = False
        if phrase.adnominal and phrase.compound is not None and phrase.compound.role is not None:
            return self._skip_genitives(reachable)
        if phrase.adnominal:
            # 防止に関する街頭での啓発: the place is none of it.
            passes = phrase.compound is not None and len(nouns) > 1 and self.phrases[nouns[0]].particle == "での"
            return nouns[1] if passes else tree if tree in nouns else (nouns or reachable)[0]
        if phrase.is_bare_word and tree in reachable:
            return tree
        return self._find_verb(at, self._list_kinds(reachable, VERBAL) or reachable, tree)

    def _list_kinds(self, places: Sequence[int], kinds: Set[str]) -> list[int]:
        return [place for place in places if self.phrases[place].kind in kinds]

    def _skip_genitives(self, reachable: Sequence[int]) -> int:
        """Find the last of nouns each of which tells of the next with の: 向けの and を対象とした tell of that."""
        for at, following in pairwise(reachable):
            if self.phrases[at].particle != "の" or self.phrases[following].kind != "noun":
                return at
        return reachable[-1]

    def _find_verb(self, at: int, verbs: list[int], tree: int | None) -> int:
        """Find the verb that a phrase hangs on by the first rule that holds."""
        phrase = self.phrases[at]
        main = next((place for place in verbs if place in self._main_verbs), verbs[-1])
        if phrase.kind == "noun" and phrase.is_object:
            return self._find_verb_of_object(at, verbs, main, tree)
        if _belongs_to_main_clause(phrase):
            return main
        if self._belongs_to_adjective(at):
            return at + 1
        if (quality := self._find_quality(at)) is not None:
            return quality
        if self._gives_to_people(at, main, tree) or self._tells_by(at, main):
            return main
        if self._stays_in_clause(at, verbs[0]):
            return verbs[0]
        if phrase.kind == "noun" and phrase.case == "が" and phrase.compound is None:
            return verbs[0]
        if tree in verbs:
            return tree
        return verbs[0] if phrase.kind == "noun" and not phrase.comma else main

    def _find_quality(self, at: int) -> int | None:
        """Find the adjective that a noun right before it belongs to (暮らすことが難しい人, 導入に意欲のある人)."""
        phrase, following = self.phrases[at], self.phrases[at + 1 : at + 3]
        if phrase.kind != "noun" or phrase.comma or phrase.compound is not None or not following:
            return None
        measured = following[0].particle == "の" and following[0].text.endswith(_LIMITS)
        if phrase.case == "が" and (following[0].is_adjective or measured):
            return at + 1
        owned = len(following) > 1 and following[0].particle in {"の", "が"} and following[1].tie == "noun"
        return at + 2 if phrase.case == "に" and owned and following[1].lemma in _BEING else None

    def _stays_in_clause(self, at: int, verb: int) -> bool:
        """Check whether により or において without a comma belongs to the next verb, which tells of a noun.

        So it does where nothing is acted on there (豪雪により屋根が損傷した住宅), or the place is the clause's own.
        """
        phrase = self.phrases[at]
        if phrase.compound is None or phrase.comma or self.phrases[verb].tie != "noun":
            return False
        acts = any(one.is_object for one in self.phrases[at + 1 : verb])
        return phrase.particle.startswith("において") or (phrase.particle.startswith("によ") and not acts)

    def _gives_to_people(self, at: int, main: int, tree: int | None) -> bool:
        """Check whether people with に are those to whom the main verb gives or tells (農家に…を防ぐ方法を周知した)."""
        phrase, rules = self.phrases[at], activity_rules()
        if phrase.kind != "noun" or phrase.case != "に" or phrase.compound is not None or phrase.noun_class != "people":
            return False
        gives = [
            rules.passing_on.matches_end(verb) or rules.granting.matches_end(verb) or rules.joining.matches_end(verb)
            for verb in (self.phrases[main].lemma, self.phrases[main if tree is None else tree].lemma)
        ]
        told = self.phrases[at + 1 : main if tree is None else tree]
        if tree is None or self.phrases[self.head_of[tree]].is_aim or self.phrases[tree].lemma in _GETTING:
            return False
        return gives[0] and not gives[1] and any(one.is_object or one.case == "が" for one in told)

    def _tells_by(self, at: int, main: int) -> bool:
        """Check whether a phrase is the tool by which the main verb tells or hands on (サイトを通じて…を紹介した)."""
        phrase, rules = self.phrases[at], activity_rules()
        is_means = phrase.compound is not None and phrase.compound.role == "means" and not phrase.adnominal
        return (
            is_means and rules.tools.matches_end(phrase.text) and rules.passing_on.matches_end(self.phrases[main].lemma)
        )

    def _belongs_to_adjective(self, at: int) -> bool:
        """Check whether a noun with に stands right before an adjective that takes it (`雇用に積極的な企業`)."""
        phrase = self.phrases[at]
        if phrase.case != "に" or phrase.comma:
            return False
        adjective = self.phrases[at + 1]
        # With に it tells how something is done, and takes no noun (開拓に積極的に取り組んだ).
        is_adverb = adjective.inflection.text == "に" or adjective.particle == "に"
        return activity_rules().taking_ni.matches_end(adjective.text) and not is_adverb

    def _find_verb_of_object(self, at: int, verbs: list[int], main: int, tree: int | None) -> int:
        """Find the verb whose object a noun is: no verb has two, unless nothing but a comma parts them."""
        free = [verb for verb in verbs if verb not in self._object_of and self._may_have_object(verb)]
        listed = verbs[0] == main and main in self._object_of and self._lists_objects(at, main)
        if self.phrases[at].comma and (main in free or listed):
            return main
        return tree if tree in free else (free or verbs)[0]

    def _may_have_object(self, verb: int) -> bool:
        """Check whether a verb may have を: not such as 配慮した, 由来する, and no passive one."""
        passive = any(token.lemma_ in {"れる", "られる"} for token in self.phrases[verb].inflection)
        return not passive and not activity_rules().joining.matches_end(self.phrases[verb].lemma)

    def _lists_objects(self, at: int, verb: int) -> bool:
        """Check whether no verb stands between a noun and the object that a verb has."""
        return not any(self.phrases[place].kind in VERBAL for place in range(at + 1, self._object_of[verb]))

    def _find_coordinate(self, at: int, reachable: list[int], nouns: list[int], tree: int | None) -> int | None:
        """Find the noun that a noun is listed with; None where it is listed with none.

        It is one with a note if this has one, else one of its own class: behind a comma the farthest, else the
        nearest. People with と do something together, and are listed with people alone.
        """
        phrase = self.phrases[at]
        nouns = self._cut_at_such(at, nouns)
        if self._has_note(at) and (noted := [noun for noun in nouns if self._has_note(noun)]):
            return noted[0]
        if similar := [noun for noun in nouns if self._is_similar(at, noun)]:
            verbs = self._list_kinds(reachable, {"verb"})
            return self._choose_similar(phrase, similar, verbs)
        if phrase.particle == "と" and phrase.noun_class == "people":
            return None
        return tree if tree in nouns else next(iter(nouns), None)

    def _choose_similar(self, phrase: Phrase, similar: list[int], verbs: list[int]) -> int:
        """Choose the noun that a noun is listed with: behind a comma the last before a verb, else the nearest."""
        near = [noun for noun in similar if not verbs or noun < verbs[0]]
        return near[-1] if near and phrase.comma else similar[0]

    def _has_note(self, at: int) -> bool:
        """Check whether a noun ends on a note in brackets."""
        phrase = self.phrases[at]
        return any(token.text in "）)" for token in self._doc[max(phrase.first, phrase.core - 2) : phrase.core])

    def _cut_at_such(self, at: int, nouns: list[int]) -> list[int]:
        """Keep the noun with 等の or などの alone that ends the list of doings in which a doing stands."""
        doings = {"doing", "event"}
        if self.phrases[at].noun_class not in doings:
            return nouns
        for place, noun in enumerate(nouns):
            phrase = self.phrases[noun]
            such = self._doc[phrase.core - 1].text == "等" and phrase.particle == "の"
            such |= phrase.particle in {"など", "などの"} and phrase.adnominal
            if such and phrase.noun_class in doings:
                return [noun]
            if place and not phrase.adnominal:
                break
        return nouns

    def _is_similar(self, at: int, noun: int) -> bool:
        """Check whether two nouns are of one class, have one last word, or of no class one last ideograph."""
        phrases = self.phrases[at], self.phrases[noun]
        words = [self._doc[find_noun_end(self._doc, phrase.first, phrase.core) - 1].text for phrase in phrases]
        if words[0] == words[1]:
            return True
        noun_class, sign = phrases[0].noun_class, words[0][-1]
        if noun_class == "" and sign == words[1][-1] and "一" <= sign <= "鿿":
            return True
        return noun_class != "" and noun_class == phrases[1].noun_class


def _belongs_to_main_clause(phrase: Phrase) -> bool:
    """Check whether a phrase belongs to the main clause: a topic, what a comma sets off, or an `outer` marker."""
    outer = phrase.compound is not None and phrase.compound.outer
    return outer or phrase.is_set_off or phrase.case == "は" or (phrase.kind == "word" and phrase.comma)
