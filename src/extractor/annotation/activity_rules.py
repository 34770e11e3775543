"""The words and patterns of `activities.toml`.

They decide how the phrases of a sentence hang together.

In: the file in the package. Out: `ActivityRules`. Each rule stands there beside its examples and counter-examples.
"""

import re
from functools import cache, cached_property
from typing import Literal

from extractor.grammar.vocabulary import WordData, WordList, load_words

Role = Literal["recipient", "means", "purpose", "place", "agent", "toward", "of_toward"]


class _PatternRule(WordList[str, str]):
    name: str
    pattern: str

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern)


class CompoundParticle(_PatternRule):
    """Words behind a noun that mark it as one particle does (を対象に, により).

    `role` is what the noun is to its verb. With `adnominal`, the phrase tells of a noun (を対象とした). With
    `of_things`, it marks no noun of doing. With `outer`, the phrase belongs to the main clause, and not to a verb that
    tells of a noun.
    """

    role: Role | None = None
    adnominal: bool = False
    of_things: bool = False
    outer: bool = False


class ClauseLink(_PatternRule):
    """Words behind a verb that set its clause beside the one it leads to (するとともに, したほか)."""


class ExampledWords(WordList[str, str]):
    """Words that a noun or a verb is or ends with."""

    words: tuple[str, ...]

    def matches_end(self, text: str) -> bool:
        """Check whether the text ends with one of the words."""
        return text.endswith(self.words)


class ActivityRules(WordData):
    """The content of `activities.toml`; the comments there say what each list is for."""

    compound_particle: tuple[CompoundParticle, ...]
    clause_link: tuple[ClauseLink, ...]
    adverbs: ExampledWords
    connectives: ExampledWords
    tools: ExampledWords
    people: ExampledWords
    no_doing: ExampledWords
    ending: ExampledWords
    events: ExampledWords
    mutual: ExampledWords
    taking_ni: ExampledWords
    inner: ExampledWords
    carriers: ExampledWords
    doings: ExampledWords
    placing: ExampledWords
    granting: ExampledWords
    changing: ExampledWords
    joining: ExampledWords
    telling: ExampledWords
    sites: ExampledWords
    bodies: ExampledWords
    yielding: ExampledWords
    passing_on: ExampledWords
    holding: ExampledWords
    causes: ExampledWords
    called_off: ExampledWords
    closing: ExampledWords
    as_nouns: ExampledWords
    shares: ExampledWords

    def ends_as_people(self, text: str) -> bool:
        """Check whether a noun ends as people or a body do, and no event (講習会員, 講習会)."""
        people, events = (
            max((len(word) for word in words if text.endswith(word)), default=0)
            for words in (self.people.words, self.events.words)
        )
        return 0 < people >= events

    def is_concrete(self, verb: str) -> bool:
        """Check whether a verb tells of what is done, and not of what is aimed at."""
        return any(
            words.matches_end(verb)
            for words in (self.holding, self.yielding, self.passing_on, self.placing, self.granting)
        )


@cache
def activity_rules() -> ActivityRules:
    """Load the rules from the package, once a process."""
    return load_words("extractor.annotation", "activities.toml", ActivityRules)
