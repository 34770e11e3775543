"""The phrase: a noun or verb of a sentence with what marks it."""

import re
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Span

from extractor.annotation.activity_rules import CompoundParticle
from extractor.annotation.syntax.noun_classes import NounClass, classify_noun

PhraseKind = Literal["noun", "verb", "copula", "word"]
# What a verb's clause is to the rest: the `end` of the sentence, set beside the next clause (`and`), telling of a
# noun, or another.
ClauseTie = Literal["end", "and", "noun", "other"]

VERBAL: frozenset[PhraseKind] = frozenset({"verb", "copula"})
# Nouns that make an aim of the clause that tells of them (docs/facts.md, purpose).
_AIMS = frozenset({"ため"})
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
    def is_bare_word(self) -> bool:
        """Whether it is an adverb or adjective that no particle marks and no comma sets off."""
        return self.kind == "word" and not self.comma and self.particle == ""

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
