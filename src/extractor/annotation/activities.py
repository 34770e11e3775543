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

# Nouns that stand for a clause, and are nothing that is acted on.
_NO_OBJECTS = frozenset({"ため", "よう", "こと", "場合"})

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
        # A purpose holds for the clauses behind it; what a clause makes, the next one goes on with.
        purpose: str | None = None
        made: list[NamedObject] = []
        for clause in clauses:
            objects = self._find_objects(clause, made)
            made = objects if activity_rules().yielding.matches_end(clause.predicates[-1]) else []
            roles = self.roles.find_roles(clause.at, passive=clause.voice == "passive", has_object=bool(objects))
            purpose = roles.purpose or purpose
            yield from self._unfold_clause(clause, objects, replace(roles, purpose=purpose))

    def _read_closing_doings(self) -> Iterator[ActivityMention]:
        """Read the doings that close a sentence without a verb: `冊子の作成・配布（500部）。` (facts.md, predicate)."""
        at = len(self.attachment.phrases) - 1
        phrase = self.attachment.phrases[at]
        if phrase.kind != "noun" or phrase.particle or phrase.compound is not None:
            return
        parted = [(noun, *name.rpartition("の")[::2]) for noun, name in self.nouns.name_objects(at)]
        if all(name and doing in activity_rules().closing.words for _, name, doing in parted):
            for noun, name, doing in parted:
                clause = Clause(at, -1, (doing,), None, "active", negative=False)
                yield from self._unfold_clause(clause, [(noun, name)], SemanticRoles())

    def _find_objects(self, clause: Clause, made: list[NamedObject]) -> list[NamedObject]:
        """Find what a clause is done to: what is marked so, what the clause before `made`, else a topic or a goal."""
        plain = self._list_plain_nouns(clause.at)
        objects = _find_marked_objects(plain, clause)
        if not objects and made and activity_rules().passing_on.matches_end(clause.predicates[0]):
            return made
        if not objects and clause.voice == "active":
            objects = _find_held_topic(plain, clause) or self._find_goal(plain)
        return [named for place in objects for named in self.nouns.name_objects(place) if named[1]]

    def _list_plain_nouns(self, at: int) -> dict[int, Phrase]:
        """List the nouns that hang on a verb and are marked by one particle at most."""
        children = ((place, self.attachment.phrases[place]) for place in self.attachment.children[at])
        return {place: phrase for place, phrase in children if phrase.kind == "noun" and phrase.compound is None}

    def _find_goal(self, phrases: Mapping[int, Phrase]) -> list[int]:
        """Find the last noun with に that does not say when: what a verb without を is done to (セミナーに参加した)."""
        return [place for place, phrase in phrases.items() if phrase.case == "に" and not self._says_when(phrase)][-1:]

    def _says_when(self, phrase: Phrase) -> bool:
        last = self.doc[phrase.core - 1]
        fact = self.facts.get(last.i)
        return (fact is not None and fact.quantity is None) or "副詞可能" in last.tag_ or last.text in _NO_OBJECTS

    def _unfold_clause(
        self, clause: Clause, objects: list[NamedObject], roles: SemanticRoles
    ) -> Iterator[ActivityMention]:
        """Make an activity of each predicate and object of a clause."""
        start, end = self._find_extent(clause)
        shared = self._share_facts(start, end, [noun for noun, _ in objects])
        named: Sequence[tuple[ListedNoun | None, str | None]] = objects or [(None, None)]
        for predicate in clause.predicates:
            for noun, name in named:
                recipients = self.roles.find_recipients_of_noun(noun.at) if noun is not None else ()
                yield ActivityMention(
                    start=start,
                    end=end,
                    predicate=predicate,
                    object=name,
                    recipients=roles.recipients + recipients,
                    means=roles.means,
                    purpose=roles.purpose,
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


def _find_held_topic(phrases: Mapping[int, Phrase], clause: Clause) -> list[int]:
    """Find the last doing or event with は or も of a verb that holds one (点検も行った)."""
    if clause.predicates[0] not in activity_rules().holding.words:
        return []
    return [place for place, phrase in phrases.items() if phrase.is_topic_of_doing][-1:]
