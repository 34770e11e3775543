"""Activities: what was done, or is planned, from the dependency tree (docs/facts.md)."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from extractor.annotation.activity_rules import grammar
from extractor.annotation.noun_phrases import Member, Nouns
from extractor.annotation.semantic_roles import Reader, Roles
from extractor.annotation.syntax.attachment import Heads
from extractor.annotation.syntax.chunker import Cutter
from extractor.annotation.syntax.clauses import Clause, clauses
from extractor.annotation.syntax.noun_classes import is_topic_of_doing
from extractor.annotation.syntax.sentences import sentences
from extractor.grammar.mentions import Deed, Mention

# Nouns that stand for a clause, and are nothing that is acted on.
_NO_OBJECTS = frozenset({"ため", "よう", "こと", "場合"})


def find_activities(doc: Doc, mentions: Sequence[Mention]) -> Iterator[Deed]:
    """The activities of a text in the order of print."""
    amounts = _amounts(doc, mentions)
    cutter = Cutter(doc, frozenset(amounts))
    places = {id(mention): place for place, mention in enumerate(mentions)}
    for first, last in sentences(doc):
        yield from _Sentence(doc, cutter, first, last, amounts, places).deeds()


def _amounts(doc: Doc, mentions: Sequence[Mention]) -> dict[int, Mention]:
    """The mention that each token is part of."""
    found: dict[int, Mention] = {}
    for mention in mentions:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        found.update((token.i, mention) for token in span or ())
    return found


class _Sentence:
    """A sentence of a document, its phrases hung on one another."""

    def __init__(
        self, doc: Doc, cutter: Cutter, first: int, last: int, amounts: dict[int, Mention], places: dict[int, int]
    ) -> None:
        self._doc = doc
        self._phrases = cutter.cut(first, last)
        self._heads = Heads(doc, self._phrases)
        self._nouns = Nouns(doc, self._phrases, self._heads, amounts)
        self._reader = Reader(doc, self._phrases, self._heads, self._nouns)
        inside = {id(amounts[token]): amounts[token] for token in range(first, last) if token in amounts}
        self._mentions = [(places[key], mention) for key, mention in inside.items()]
        self._amounts = amounts

    def deeds(self) -> Iterator[Deed]:
        """The activities of the sentence."""
        purpose: str | None = None
        made: list[tuple[Member, str]] = []
        found = clauses(self._doc, self._phrases, self._heads)
        if not found and self._phrases:
            yield from self._closing()
        for clause in found:
            objects = self._objects(clause, made)
            made = objects if grammar().yielding.end(clause.predicates[-1]) else []
            roles = self._reader.roles(clause.at, clause.voice == "passive", bool(objects))
            purpose = roles.purpose or purpose
            roles = Roles(roles.recipients, roles.means, purpose)
            yield from self._unfolded(clause, objects, roles)

    def _closing(self) -> Iterator[Deed]:
        """The doings that close a sentence without a verb: `冊子の作成・配布（500部）。`."""
        at = len(self._phrases) - 1
        phrase = self._phrases[at]
        if phrase.kind != "noun" or phrase.particle or phrase.mark is not None:
            return
        named = [(member, *name.rpartition("の")[::2]) for member, name in self._nouns.objects(at)]
        if not all(name and doing in grammar().closing.words for _, name, doing in named):
            return
        for member, name, doing in named:
            clause = Clause(at, -1, (doing,), None, "active", negative=False)
            yield from self._unfolded(clause, [(member, name)], Roles((), (), None))

    def _objects(self, clause: Clause, made: list[tuple[Member, str]]) -> list[tuple[Member, str]]:
        """What it is done to: with を; of a passive with が or は; what the verb before it made; of one that holds a
        doing, that with は or も; else what it is done with, with に."""
        words = grammar()
        children = [child for child in self._heads.children[clause.at] if self._phrases[child].kind == "noun"]
        plain = [child for child in children if self._phrases[child].mark is None]
        found = [child for child in plain if self._phrases[child].case == "を"]
        if not found and clause.voice == "passive":
            found = [child for child in plain if self._phrases[child].case in {"が", "は"}][-1:]
        if not found and made and words.passing_on.end(clause.predicates[0]):
            return made
        if not found and clause.voice == "active" and clause.predicates[0] in words.holding.words:
            found = [child for child in plain if is_topic_of_doing(self._doc, self._phrases[child])][-1:]
        if not found and clause.voice == "active":
            found = [child for child in plain if self._phrases[child].case == "に" and not self._when(child)][-1:]
        return [one for child in found for one in self._nouns.objects(child) if one[1]]

    def _when(self, at: int) -> bool:
        """Whether a phrase says when: a time, or an adverb."""
        phrase = self._phrases[at]
        last = self._doc[phrase.core - 1]
        mention = self._amounts.get(last.i)
        return (
            (mention is not None and mention.quantity is None)
            or "副詞可能" in last.tag_
            or last.text in {"ため", "よう", "こと", "場合"}
        )

    def _unfolded(self, clause: Clause, objects: list[tuple[Member, str]], roles: Roles) -> Iterator[Deed]:
        start, end = self._stretch(clause)
        inside = [(place, one) for place, one in self._mentions if start <= one.start and one.end <= end]
        held = {place: member for member, _ in objects for place, one in inside if self._in(one, member)}
        pairs: Sequence[tuple[Member | None, str | None]] = objects or [(None, None)]
        for predicate in clause.predicates:
            for member, name in pairs:
                recipients = roles.recipients + (self._reader.of_noun(member.at) if member is not None else ())
                facts = tuple(place for place, _ in inside if held.get(place, member) == member)
                yield Deed(
                    start=start, end=end, predicate=predicate, object=name, recipients=recipients, means=roles.means,
                    purpose=roles.purpose, aspect=clause.aspect, voice=clause.voice, negative=clause.negative,
                    facts=facts,
                )  # fmt: skip

    def _in(self, mention: Mention, member: Member) -> bool:
        start, end = self._doc[member.whole].idx, self._doc[member.end - 1].idx + len(self._doc[member.end - 1])
        return start <= mention.start and mention.end <= end

    def _stretch(self, clause: Clause) -> tuple[int, int]:
        """From the first word of a clause to its verb's end, in characters."""
        first = clause.before + 1
        while first < clause.at and self._doc[self._phrases[first].first].tag_.startswith("接続詞"):
            first += 1
        phrase = self._phrases[clause.at]
        last = self._doc[phrase.end - 1]
        return self._doc[self._phrases[first].first].idx, last.idx + len(last)
