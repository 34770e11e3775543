"""Heads: which phrase each phrase of a sentence hangs on: GiNZA's tree where the sentence's particles allow it."""

from collections.abc import Sequence

from spacy.tokens import Doc

from extractor.annotation.activity_rules import grammar
from extractor.annotation.syntax.noun_classes import AIMS, core_text, last_noun, sort_of
from extractor.annotation.syntax.phrases import Phrase

# How far to the right a phrase is looked for a head: more than any sentence of prose needs, and no long list is slow.
_REACH = 40
_VERBS = frozenset({"verb", "copula"})


class Heads:
    """The heads of a sentence's phrases: `of[i]` is the index of the head of phrase `i`, the last one's its own."""

    def __init__(self, doc: Doc, phrases: Sequence[Phrase]) -> None:
        self._doc = doc
        self._phrases = phrases
        self._owner = {token: at for at, phrase in enumerate(phrases) for token in range(phrase.first, phrase.last)}
        self._object: dict[int, int] = {}
        self.of = list(range(len(phrases)))
        self.children: list[list[int]] = [[] for _ in phrases]
        self._main_verbs = {len(phrases) - 1}
        for at in range(len(phrases) - 2, -1, -1):
            self.of[at] = head = self._head(at)
            self._note_main(at)
            self.children[head].insert(0, at)
            if phrases[at].case == "を" and phrases[at].mark is None:
                self._object.setdefault(head, at)

        for at in range(len(phrases) - 2, -1, -1):
            self._raise(at)

    def _note_main(self, at: int) -> None:
        """Note a verb that is a main verb or may yet be raised to one: no aim is told by it."""
        head = self.of[at]
        if self._phrases[at].tie == "end" or (self._phrases[at].tie == "and" and head in self._main_verbs):
            self._main_verbs.add(at)
        elif self._phrases[at].tie == "and" and self._phrases[head].tie == "noun":
            told = self._phrases[self.of[head]]
            if core_text(self._doc, told) not in AIMS:
                self._main_verbs.add(at)

    def _raise(self, at: int) -> None:
        """Hang a verb on the next main verb if its own clause has what only a main clause has: `県が、…し、`."""
        phrase, head = self._phrases[at], self._phrases[self.of[at]]
        if (
            phrase.tie != "and"
            or head.tie != "noun"
            or core_text(self._doc, self._phrases[self.of[self.of[at]]]) in AIMS
        ):
            return
        if not any(self._main(child) for child in self.children[at]):
            return
        clause = next((one for one in self._seen(self.of[at]) if self._phrases[one].tie in {"and", "end"}), None)
        if clause is not None:
            self.children[self.of[at]].remove(at)
            self.of[at] = clause
            self.children[clause] = sorted([*self.children[clause], at])

    def _main(self, at: int) -> bool:
        """Whether a phrase stands in main clauses: a topic, or one that a comma sets off."""
        phrase = self._phrases[at]
        aim = core_text(self._doc, phrase) in AIMS
        return (
            phrase.kind == "noun" and phrase.comma and (phrase.mark is not None or phrase.case in {"は", "が"} or aim)
        )

    def reach(self, at: int) -> int:
        """The first of the phrases that belong to a phrase, itself among them."""
        first = at
        while self.children[first]:
            first = self.children[first][0]
        return first

    def _tree(self, at: int) -> int | None:
        """The phrase that the tree hangs a phrase on, passing over tokens that are part of what marks a noun."""
        start = at
        for _ in range(4):
            phrase = self._phrases[at]
            head = next(
                (
                    token.head.i
                    for token in reversed(self._doc[phrase.first : phrase.core])
                    if self._leaves(token.head.i, at)
                ),
                None,
            )
            if head is None or head not in self._owner:
                return None
            at, inside = self._owner[head], head < self._phrases[self._owner[head]].core
            if inside:
                return at if at > start else None
        return None

    def _leaves(self, token: int, at: int) -> bool:
        return not self._phrases[at].first <= token < self._phrases[at].last

    def _seen(self, at: int) -> list[int]:
        """The phrases to the right that a phrase can hang on without crossing another's bond."""
        seen = [at + 1]
        while self.of[seen[-1]] != seen[-1] and len(seen) < _REACH:
            seen.append(self.of[seen[-1]])
        return seen

    def _head(self, at: int) -> int:
        phrase, seen = self._phrases[at], self._seen(at)
        tree = self._tree(at)
        nouns = [one for one in seen if self._phrases[one].kind in {"noun", "copula"}]
        if phrase.joins:
            joined = self._joined(at, nouns, tree)
            if joined is not None:
                return joined
            phrase.joins = False
        if phrase.adnominal and phrase.mark is not None and phrase.mark.role is not None:
            return self._last_of(seen)
        if phrase.adnominal:
            return tree if tree in nouns else (nouns or seen)[0]
        if phrase.kind == "word" and not phrase.comma and phrase.particle == "" and tree in seen:
            return tree
        verbs = [one for one in seen if self._phrases[one].kind in _VERBS]
        return self._verbal(at, verbs or seen, tree)

    def _verbal(self, at: int, verbs: list[int], tree: int | None) -> int:
        """The verb that a phrase hangs on."""
        phrase = self._phrases[at]
        clauses = [one for one in verbs if one in self._main_verbs] or verbs[-1:]
        outer = phrase.mark is not None and (phrase.mark.outer or phrase.comma)
        aim = core_text(self._doc, phrase) in AIMS and phrase.kind == "noun"
        if phrase.case == "を" and phrase.mark is None and phrase.kind == "noun":
            return self._taking(at, verbs, clauses[0], tree)
        if outer or (aim and phrase.comma) or (phrase.case in {"は", "が"} and phrase.comma and phrase.kind == "noun"):
            return clauses[0]
        if phrase.case == "は" or (phrase.kind == "word" and phrase.comma):
            return clauses[0]
        if (
            phrase.case == "に"
            and not phrase.comma
            and grammar().taking_ni.end(core_text(self._doc, self._phrases[at + 1]))
        ):
            return at + 1
        if tree in verbs:
            return tree
        return verbs[0] if phrase.kind == "noun" and not phrase.comma else clauses[0]

    def _taking(self, at: int, verbs: list[int], clause: int, tree: int | None) -> int:
        """The verb whose object a noun is: no verb has two, unless nothing but a comma parts them."""
        free = [one for one in verbs if one not in self._object]
        if self._phrases[at].comma and clause in free:
            return clause
        if self._phrases[at].comma and verbs[0] in self._object:
            between = range(at + 1, self._object[verbs[0]])
            if not any(self._phrases[one].kind in _VERBS for one in between) and verbs[0] == clause:
                return clause
        if tree in free:
            return tree
        return (free or verbs)[0]

    def _joined(self, at: int, nouns: list[int], tree: int | None) -> int | None:
        """The noun that a noun is listed with: of its own sort; behind a comma the farthest, else the nearest."""
        phrase = self._phrases[at]
        nouns = self._up_to_such(at, nouns)
        same = [one for one in nouns if self._alike(at, one)]
        first_verb = self._first_verb(self._seen(at))
        near = [one for one in same if one < first_verb]
        noted = [one for one in nouns if self._noted(at) and self._noted(one)]
        if noted:
            return noted[0]
        if near:
            return near[-1] if phrase.comma else near[0]
        if same:
            return same[0]
        if phrase.particle == "と" and sort_of(self._doc, phrase) == "people":
            return None
        return tree if tree in nouns else next(iter(nouns), None)

    def _last_of(self, seen: list[int]) -> int:
        """The last of nouns each of which tells of the next: what words such as 向けの tell of."""
        place = 0
        while (
            place + 1 < len(seen)
            and self._phrases[seen[place]].particle == "の"
            and self._phrases[seen[place + 1]].kind == "noun"
        ):
            place += 1
        return seen[place]

    def _noted(self, at: int) -> bool:
        """Whether a noun has a note in brackets."""
        phrase = self._phrases[at]
        return any(token.text in "）)" for token in self._doc[max(phrase.first, phrase.core - 2) : phrase.core])

    def _first_verb(self, seen: list[int]) -> int:
        return next((one for one in seen if self._phrases[one].kind == "verb"), len(self._phrases))

    def _up_to_such(self, at: int, nouns: list[int]) -> list[int]:
        """The nouns up to one with 等の or などの, which ends the list of doings that a doing stands in."""
        kinds = {"doing", "event"}
        if sort_of(self._doc, self._phrases[at]) not in kinds:
            return nouns
        for place, one in enumerate(nouns):
            other = self._phrases[one]
            such = (self._doc[other.core - 1].text == "等" and other.particle == "の") or (
                other.particle in {"など", "などの"} and other.adnominal
            )
            if such and sort_of(self._doc, other) in kinds:
                return [one]
            if place and not self._phrases[one].adnominal:
                break
        return nouns

    def _alike(self, one: int, other: int) -> bool:
        """Whether two nouns are of one sort."""
        a, b = self._phrases[one], self._phrases[other]
        last_a, last_b = last_noun(self._doc, a.first, a.core) - 1, last_noun(self._doc, b.first, b.core) - 1
        if self._doc[last_a].text == self._doc[last_b].text:
            return True
        sort = sort_of(self._doc, a)
        ends = self._doc[last_a].text[-1], self._doc[last_b].text[-1]
        if sort == "" and ends[0] == ends[1] and "一" <= ends[0] <= "鿿":
            return True
        return sort != "" and sort == sort_of(self._doc, b)
