"""Grammar: the words that decide how phrases hang together, as data (`activities.toml`)."""

import re
import tomllib
from functools import cache, cached_property
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Role = Literal["recipient", "means", "purpose", "toward", "of_toward"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class Mark(_Part):
    """Words behind a noun that mark it as one particle does; `adnominal`: they tell of a noun. `outer`: of a clause."""

    name: str
    pattern: str
    role: Role | None = None
    adnominal: bool = False
    outer: bool = False

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern, ready for use."""
        return re.compile(self.pattern)


class Link(_Part):
    """Words behind a verb that set its clause beside the one it leads to."""

    name: str
    pattern: str

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern, ready for use."""
        return re.compile(self.pattern)


class Words(_Part):
    """Words that a noun or a verb is or ends with."""

    words: tuple[str, ...]

    def end(self, text: str) -> bool:
        """Whether the text ends with one of the words."""
        return text.endswith(self.words)


class Grammar(BaseModel):
    """All of `activities.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mark: tuple[Mark, ...]
    link: tuple[Link, ...]
    tools: Words
    people: Words
    no_doing: Words
    events: Words
    mutual: Words
    taking_ni: Words
    inner: Words
    doings: Words
    placing: Words
    yielding: Words
    passing_on: Words
    holding: Words
    causes: Words
    called_off: Words
    closing: Words
    as_nouns: Words
    shares: Words


@cache
def grammar() -> Grammar:
    """The grammar, from the package."""
    text = resources.files("extractor.annotation").joinpath("activities.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    return Grammar.model_validate(data)
