"""Find the activities of a text from its dependency tree.

An activity is what was done or is planned (docs/facts.md, Activities).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from extractor.annotation.activity_rules import activity_rules
from extractor.annotation.noun_phrases import ListedNoun, NounPhrases
from extractor.annotation.semantic_roles import RoleFinder, SemanticRoles
from extractor.annotation.syntax.attachment import PhraseAttachment
from extractor.annotation.syntax.chunker import Chunker
from extractor.annotation.syntax.clauses import Clause, find_main_clauses
from extractor.annotation.syntax.phrases import Phrase
from extractor.annotation.syntax.sentences import split_sentences
from extractor.grammar.mentions import ActivityMention, FactMention

NamedObject = tuple[ListedNoun, str]


def find_activities(doc: Doc, mentions: Sequence[FactMention]) -> Iterator[ActivityMention]:
    """Find the activities of a text in the order of print.

    Args:
        doc: A document with GiNZA's tree.
        mentions: Its quantities and times in the order of print; an activity's `facts` are indices of them.

    Yields:
        An activity for each predicate and object.
    """
    facts: dict[int, FactMention] = {}
    for mention in mentions:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        facts.update((token.i, mention) for token in span or ())
    indices = {id(mention): index for index, mention in enumerate(mentions)}
    chunker = Chunker(doc, frozenset(facts))
    for first, end in split_sentences(doc):
        within = {id(facts[token]): facts[token] for token in range(first, end) if token in facts}
        attachment = PhraseAttachment(doc, chunker.cut_sentence(first, end))
        nouns = NounPhrases(doc, attachment, facts)
        numbered = [(indices[key], mention) for key, mention in within.items()]
        sentence = _SentenceReader(doc, attachment, nouns, RoleFinder(doc, attachment, nouns), facts, numbered)
        yield from sentence.read_activities()


@dataclass(frozen=True, slots=True)
class _SentenceReader:
    """Reads the activities of a sentence; `numbered`: its quantities and times with their indices."""

    doc: Doc
    attachment: PhraseAttachment
    nouns: NounPhrases
    roles: RoleFinder
    facts: Mapping[int, FactMention]
    numbered: Sequence[tuple[int, FactMention]]

    def read_activities(self) -> Iterator[ActivityMention]:
        clauses = find_main_clauses(self.attachment)
        if not clauses and self.attachment.phrases:
            yield from self._read_closing_doings()
        verbs = {clause.at for clause in clauses}
        # A purpose that begins the sentence, and who does it, hold until another is named; what a clause acts on, the
        # next one may go on with.
        purpose: str | None = None
        agent: str | None = None
        made: list[NamedObject] = []
        for clause in clauses:
            own = [at for at in range(clause.before + 1, clause.at) if self.attachment.head_of[at] in verbs]
            marked, objects = self._find_objects(clause, own, made)
            roles = self.roles.find_roles(clause, own, marked, has_object=bool(objects))
            own_purpose = roles.purpose
            if own_purpose is not None or any(self.attachment.phrases[at].is_aim for at in own):
                purpose = own_purpose if self._begins_with_purpose(clause, own) else None
            made = objects if clause.predicates else []
            held = replace(roles, purpose=own_purpose or purpose, agent=roles.agent or agent)
            yield from self._unfold_clause(clause, objects, held)
            # Who begins the sentence goes on until ほか or とともに, or until another does.
            goes_on = clause.before < 0 or (agent is not None and roles.agent is None)
            goes_on = goes_on and bool(clause.predicates) and not self.attachment.phrases[clause.at].linked
            agent = held.agent if goes_on else None

    def _begins_with_purpose(self, clause: Clause, own: Sequence[int]) -> bool:
        """Check whether a clause's purpose begins the sentence: no clause, no object and no goal stands before it."""
        if clause.before >= 0:
            return False
        for at in own:
            phrase = self.attachment.phrases[at]
            if phrase.is_purpose:
                return True
            if phrase.is_object:
                return False
        return False

    def _read_closing_doings(self) -> Iterator[ActivityMention]:
        """Read the doings that close a sentence without a verb: `冊子の作成・配布（500部）。` (facts.md, predicate)."""
        at = len(self.attachment.phrases) - 1
        phrase = self.attachment.phrases[at]
        if phrase.kind != "noun" or phrase.particle or phrase.compound is not None:
            return
        parted = [(noun, *name.rpartition("の")[::2]) for noun, name in self.nouns.name_objects(at)]
        if all(name and doing in activity_rules().closing.words for _, name, doing in parted):
            for noun, name, doing in parted:
                clause = Clause(at, -1, doing, (doing,), None, "active", negative=False)
                yield from self._unfold_clause(clause, [(noun, name)], SemanticRoles())

    def _find_objects(
        self, clause: Clause, own: Sequence[int], made: list[NamedObject]
    ) -> tuple[list[int], list[NamedObject]]:
        """Find what a clause is done to: what is marked so, a topic, what the clause before `made`, or a goal.

        Returns:
            The phrases that name it, or an amount of it, and the objects.
        """
        rules, predicate = activity_rules(), clause.verb
        plain = {at: self.attachment.phrases[at] for at in own if self._is_plain_noun(at)}
        marked = _find_marked_objects(plain, clause)
        if not marked and clause.voice == "active":
            marked = self._find_topic(plain, clause)
            if not marked and rules.telling.matches_end(predicate):
                marked = [at for at in own if self.attachment.phrases[at].particle == "について"]
            passes = rules.passing_on.matches_end(predicate)
            passed = (passes and self._name_passed(clause)) or made
            goes_on = passes or predicate in rules.holding.words
            if passed and goes_on and not marked and not self._has_theme(own):
                return [], passed
            marked = marked or self._find_goal(plain, clause)
        return marked, [named for at in marked for named in self.nouns.name_objects(at) if named[1]]

    def _has_theme(self, own: Sequence[int]) -> bool:
        """Check whether について says what a clause is of: it then goes on with nothing."""
        return any(self.attachment.phrases[at].particle.startswith("について") for at in own)

    def _name_passed(self, clause: Clause) -> list[NamedObject]:
        """Name what a verb with て before this one acts on (路線図を改めて配布した)."""
        phrases, heads = self.attachment.phrases, self.attachment.head_of
        for at in range(clause.at - 1, clause.before, -1):
            leads_here = phrases[heads[at]].says_how and self.attachment.find_clause_head(at) == clause.at
            if phrases[at].is_object and leads_here:
                passes = not activity_rules().joining.matches_end(phrases[heads[at]].lemma)
                return [named for named in self.nouns.name_objects(at) if named[1]] if passes else []
        return []

    def _is_plain_noun(self, at: int) -> bool:
        """Check whether a phrase is a noun marked by one particle at most."""
        return self.attachment.phrases[at].kind == "noun" and self.attachment.phrases[at].compound is None

    def _find_topic(self, plain: Mapping[int, Phrase], clause: Clause) -> list[int]:
        """Find the last noun with は or も of a verb that acts on something (点検も行った, 相談室は平日に開いた)."""
        rules, predicate = activity_rules(), clause.verb
        if rules.joining.matches_end(predicate):
            return []
        topics = [at for at, phrase in plain.items() if phrase.particle in {"は", "も"}]
        held = predicate in rules.holding.words
        return [at for at in topics if (held and plain[at].is_topic_of_doing) or self._may_be_acted_on(at)][-1:]

    def _may_be_acted_on(self, at: int) -> bool:
        """Check whether a topic names a thing, and no people, body, time or amount."""
        phrase, rules = self.attachment.phrases[at], activity_rules()
        acts = phrase.noun_class in {"people", "place"} or rules.bodies.matches_end(phrase.text)
        tells_amount = phrase.core - 1 in self.facts
        return phrase.particle == "は" and not (acts or tells_amount or self.nouns.says_when(at))

    def _find_goal(self, plain: Mapping[int, Phrase], clause: Clause) -> list[int]:
        """Find the last noun with に that does not say when: what a verb without を is done to (セミナーに参加した)."""
        rules, predicate = activity_rules(), clause.verb
        gives = (rules.passing_on, rules.granting, rules.changing, rules.placing, rules.holding)
        if any(words.matches_end(predicate) for words in gives):
            return []
        return [at for at, phrase in plain.items() if phrase.case == "に" and not self.nouns.says_when(at)][-1:]

    def _unfold_clause(
        self, clause: Clause, objects: list[NamedObject], roles: SemanticRoles
    ) -> Iterator[ActivityMention]:
        """Make an activity of each predicate and object of a clause."""
        start, end = self._find_extent(clause)
        shared = self._share_facts(start, end, [noun for noun, _ in objects])
        named: Sequence[tuple[ListedNoun | None, str | None]] = objects or [(None, None)]
        for predicate in clause.predicates:
            for noun, name in named:
                of_noun = self.roles.find_roles_of_noun(noun.at) if noun is not None else SemanticRoles()
                yield ActivityMention(
                    start=start,
                    end=end,
                    predicate=predicate,
                    object=name,
                    recipients=roles.recipients + of_noun.recipients,
                    means=roles.means,
                    purpose=of_noun.purpose or roles.purpose,
                    agent=roles.agent,
                    places=roles.places + of_noun.places,
                    aspect=clause.aspect,
                    voice=clause.voice,
                    negative=clause.negative,
                    facts=tuple(index for index, owner in shared.items() if owner in {None, noun}),
                )

    def _share_facts(self, start: int, end: int, nouns: Sequence[ListedNoun]) -> dict[int, ListedNoun | None]:
        """Give each fact of a clause to the object in which it stands; None: it belongs to all of them."""
        shared: dict[int, ListedNoun | None] = {}
        for index, fact in self.numbered:
            if start <= fact.start and fact.end <= end:
                shared[index] = None
                for noun in nouns:
                    span = self.doc[noun.whole : noun.end]
                    if span.start_char <= fact.start and fact.end <= span.end_char:
                        shared[index] = noun
        return shared

    def _find_extent(self, clause: Clause) -> tuple[int, int]:
        """Find where a clause runs from its first word to its verb's end, in characters."""
        phrases = self.attachment.phrases
        first = clause.before + 1
        while first < clause.at and self.doc[phrases[first].first].tag_.startswith("接続詞"):
            first += 1
        span = self.doc[phrases[first].first : phrases[clause.at].end]
        return span.start_char, span.end_char


def _find_marked_objects(phrases: Mapping[int, Phrase], clause: Clause) -> list[int]:
    """Find the nouns with を, or of a passive verb the last with が or は."""
    objects = [place for place, phrase in phrases.items() if phrase.case == "を"]
    if objects or clause.voice == "active":
        return objects
    return [place for place, phrase in phrases.items() if phrase.case in {"が", "は"}][-1:]
