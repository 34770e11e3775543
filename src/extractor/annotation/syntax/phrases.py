"""Phrases: the nouns and verbs of a sentence, each with what marks it."""

import re
from dataclasses import dataclass
from typing import Literal

from extractor.annotation.activity_rules import Mark

Kind = Literal["noun", "verb", "copula", "word"]
# What a verb's clause is to the rest: `end` of the sentence, set beside the next (`and`), told of a noun, or another.
Tie = Literal["end", "and", "noun", "other"]

_WITH = re.compile("など|等|ら|[はもの]$")


@dataclass(slots=True)
class Phrase:
    """Tokens from `first` to `last`, of which those before `core` are the noun or verb and the rest marks it.

    `particle` is the marking particle as printed, without commas; `mark` words that mark as a particle does.
    `noun_form`: a verb whose する is not printed. A verb's inflection is from `ending` (0: from `core`) to `infl`.
    A note in brackets is part of it: between the noun and する (`開催（12回）した`), or behind both (`開催（12回）。`),
    where it ends at `noted`.
    """

    first: int
    core: int
    last: int
    kind: Kind
    particle: str = ""
    mark: Mark | None = None
    comma: bool = False
    adnominal: bool = False
    joins: bool = False
    tie: Tie = "other"
    ending: int = 0
    infl: int = 0
    noted: int = 0
    linked: bool = False
    noun_form: bool = False

    @property
    def forms(self) -> slice:
        """The tokens of its inflection."""
        return slice(max(self.core, self.ending), self.infl)

    @property
    def end(self) -> int:
        """Behind the noun or verb with its inflection and its note."""
        return max(self.core, self.infl, self.noted)

    @property
    def case(self) -> str:
        """The particle that decides: を, が, に, で, と, は …"""
        bare = _WITH.sub("", self.particle)
        return bare or ("は" if "は" in self.particle else "")
