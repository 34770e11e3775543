"""The phrase: a noun or verb of a sentence with what marks it, and what class of thing a noun names."""

import re
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Span

from extractor.annotation.activity_rules import CompoundParticle, activity_rules

PhraseKind = Literal["noun", "verb", "copula", "word"]
# What a verb's clause is to the rest: the `end` of the sentence, set beside the next clause (`and`), telling of a
# noun, or another.
ClauseTie = Literal["end", "and", "noun", "other"]

# What class of thing a noun names; empty where it cannot be told.
NounClass = Literal["doing", "event", "people", "place", ""]

_NOTE_OPENING, _NOTE_CLOSING = "（(〔", "）)〕"
_BEHIND_NOUNS = frozenset({"等", "ら", "※", "・", "向け"})
_BEHIND_DOINGS = frozenset({"等", "ら", "※", "」"})
# Tokens that hold the longest word of `doings` and `events`: more need not be looked at.
_WORD_TOKENS = 4

VERBAL: frozenset[PhraseKind] = frozenset({"verb", "copula"})
# Nouns that make an aim of the clause that tells of them (docs/facts.md, purpose).
_AIMS = frozenset({"ため"})
_TE = frozenset({"て", "で"})
_ACCOMPANYING = re.compile("など|等|ら|[はもの]$")


@dataclass(slots=True)
class Phrase:
    """Tokens from `first` to before `last`.

    Before `core` is the noun or verb, behind it what marks it.

    `particle` is the marking particle as printed, without commas; `compound` the rule where several words mark the
    noun as one particle does. `coordinates`: a noun that is listed with a later one. `lacks_suru`: a verb whose する
    is not printed. A verb's inflection runs from `ending` (0: from `core`) to before `infl`. A note in brackets is
    part of the phrase: between the noun and する (`開催（12回）した`), or behind both (`開催（12回）。`), where it ends
    at `noted`.
    """

    doc: Doc
    first: int
    core: int
    last: int
    kind: PhraseKind
    particle: str = ""
    compound: CompoundParticle | None = None
    comma: bool = False
    adnominal: bool = False
    coordinates: bool = False
    tie: ClauseTie = "other"
    ending: int = 0
    infl: int = 0
    noted: int = 0
    linked: bool = False
    lacks_suru: bool = False

    @property
    def words(self) -> Span:
        """The tokens of the noun or verb."""
        return self.doc[self.first : self.core]

    @property
    def text(self) -> str:
        """The noun or verb as printed."""
        return self.words.text

    @property
    def lemma(self) -> str:
        """The noun, or the verb with its last word in dictionary form."""
        return self.doc[self.first : self.core - 1].text + self.doc[self.core - 1].lemma_

    @property
    def inflection(self) -> Span:
        """The tokens of the verb's inflection."""
        return self.doc[max(self.core, self.ending) : self.infl]

    @property
    def end(self) -> int:
        """The token behind the noun or verb with its inflection and its note."""
        return max(self.core, self.infl, self.noted)

    @property
    def case(self) -> str:
        """The particle that decides: を, が, に, で, と, は and others."""
        bare = _ACCOMPANYING.sub("", self.particle)
        return bare or ("は" if "は" in self.particle else "")

    @property
    def noun_class(self) -> NounClass:
        """The class of thing that the noun names."""
        return classify_noun(self.doc, self.first, self.core)

    @property
    def is_aim(self) -> bool:
        """Whether the noun makes an aim of the clause before it (ため)."""
        return self.text in _AIMS

    @property
    def is_purpose(self) -> bool:
        """Whether it says to what end something is done (ため, を目的に)."""
        return self.is_aim or (self.compound is not None and self.compound.role in {"purpose", "toward"})

    @property
    def is_adjective(self) -> bool:
        """Whether it is an adjective that tells of a noun."""
        return self.kind == "word" and self.tie == "noun"

    @property
    def is_bare_word(self) -> bool:
        """Whether it is an adverb or adjective that no particle marks and no comma sets off."""
        return self.kind == "word" and not self.comma and self.particle == ""

    @property
    def says_how(self) -> bool:
        """Whether it is a verb with て or で that says how the next one is done (規模を縮小して開催した)."""
        return self.kind == "verb" and self.tie == "other" and self.infl > 0 and self.doc[self.infl - 1].text in _TE

    @property
    def is_object(self) -> bool:
        """Whether を alone marks it."""
        return self.case == "を" and self.compound is None

    @property
    def is_set_off(self) -> bool:
        """Whether a comma sets it off as a topic, a subject, an aim or what several words mark."""
        if self.kind != "noun" or not self.comma:
            return False
        return self.compound is not None or self.case in {"は", "が"} or self.is_aim

    @property
    def is_topic_of_doing(self) -> bool:
        """Whether it is a doing or event with は or も: the object where nothing has を (docs/facts.md, object)."""
        if self.kind != "noun" or self.compound is not None or self.particle not in {"は", "も"}:
            return False
        return self.noun_class in {"doing", "event"}


def is_doing_noun(doc: Doc, last: int) -> bool:
    """Check whether a noun names a doing to something, and no event.

    Such doings are `周知` and `法人化` (docs/facts.md, object).

    Args:
        doc: The document.
        last: The noun's last token; 等 and signs behind the noun may be part of it.

    Returns:
        True of a サ変 noun or one of `doings`, unless it ends as one of `events`.
    """
    while last > 0 and doc[last].text in _BEHIND_DOINGS:
        last -= 1
    text = doc[max(0, last + 1 - _WORD_TOKENS) : last + 1].text
    rules = activity_rules()
    verbal = doc[last].tag_.endswith("サ変可能")
    doing = verbal or rules.doings.matches_end(text)
    # 出展 ends as 展, and is one word; 消火活動 is a doing as 消火 is.
    carried = last > 0 and doc[last].text in rules.carriers.words and doc[last - 1].tag_.endswith("サ変可能")
    carried = carried and not rules.events.matches_end(doc[last - 1].text)
    ends_as_event = any(text.endswith(word) and (len(word) > 1 or not verbal) for word in rules.events.words)
    return carried or (doing and not ends_as_event)


def classify_noun(doc: Doc, first: int, end: int) -> NounClass:
    """Tell the class of thing that the noun from token `first` to before `end` names.

    Args:
        doc: The document.
        first: The noun's first token.
        end: The token behind the noun.

    Returns:
        The class; empty where it cannot be told.
    """
    last = find_noun_end(doc, first, end) - 1
    text, rules = doc[first : last + 1].text, activity_rules()
    if is_doing_noun(doc, last):
        return "doing"
    # 施設 is no doing, and acts as a body.
    is_body = any(text.endswith(word) for word in set(rules.people.words) & set(rules.events.words))
    if rules.events.matches_end(text.rstrip("」』")) and not is_body:
        return "event"
    if rules.people.matches_end(text):
        return "people"
    return "place" if "地名" in doc[last].tag_ else ""


def find_noun_end(doc: Doc, first: int, end: int) -> int:
    """Find the end of a noun without a note in brackets, 等 and signs behind it.

    Args:
        doc: The document.
        first: The noun's first token, which is always kept.
        end: The token behind the noun with its notes.

    Returns:
        The token behind the noun alone.
    """
    while end - 1 > first:
        text = doc[end - 1].text
        if text in _NOTE_CLOSING:
            end = _find_note_start(doc, first, end)
        elif text in _BEHIND_NOUNS or doc[end - 1].is_space:
            end -= 1
        else:
            break
    return end


def _find_note_start(doc: Doc, first: int, end: int) -> int:
    """Find where the note in brackets begins that ends before `end`; behind `first` if it is never opened."""
    depth = 0
    while end - 1 > first:
        end -= 1
        depth += (doc[end].text in _NOTE_CLOSING) - (doc[end].text in _NOTE_OPENING)
        if depth == 0:
            break
    return end
