"""Vocabulary: the words of values, as data (`vocabulary.toml`)."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Counters(_Part):
    """Words that count what stands before them; examples are (text, value, unit), counter-examples unreadable texts."""

    words: tuple[str, ...]
    whole: tuple[str, ...]
    examples: tuple[tuple[str, float, str], ...]
    counter_examples: tuple[str, ...]


class Qualifiers(_Part):
    """Words before a number, behind its counter, and `noted` in a bracket behind it.

    Examples are (text, qualifiers of all its amounts), counter-examples texts that hold none.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    noted: tuple[str, ...]
    examples: tuple[tuple[str, tuple[str, ...]], ...]
    counter_examples: tuple[str, ...]


class Signs(_Part):
    """Words before a figure that say its sign; `less` and `more` in cells alone, the others in prose too.

    Examples are (cell, value), counter-examples cells that are unreadable; so for `budgets`, in thousand yen.
    """

    negative: tuple[str, ...]
    less: tuple[str, ...]
    positive: tuple[str, ...]
    more: tuple[str, ...]
    examples: tuple[tuple[str, float], ...]
    counter_examples: tuple[str, ...]
    budgets: tuple[tuple[str, int], ...]
    budget_counter_examples: tuple[str, ...]

    @property
    def all_negative(self) -> tuple[str, ...]:
        """Those that say in a cell that a figure is less than nothing."""
        return self.negative + self.less

    @property
    def all(self) -> tuple[str, ...]:
        """Those that say a figure's sign in a cell."""
        return self.all_negative + self.positive + self.more


class Labels(_Part):
    """Words before a figure that say what is counted or where, and what makes doubtful whether they do.

    A word with one of `doubtful` in it outside of those that are `clear` may say that the number is of something else.
    `single`, `kana` and `latin` are words that end in one letter, in hiragana and in Latin letters. Examples are
    (cell, values), counter-examples cells that are unreadable.
    """

    doubtful: tuple[str, ...]
    clear: tuple[str, ...]
    single: tuple[str, ...]
    kana: tuple[str, ...]
    latin: tuple[str, ...]
    examples: tuple[tuple[str, tuple[float, ...]], ...]
    counter_examples: tuple[str, ...]


class Item(_Part):
    """Items whose names end so, and the counters that fit them; examples are (name, cell)."""

    endings: tuple[str, ...]
    units: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[tuple[str, str], ...]


class Columns(_Part):
    """Words in the head of a year's column: `actual` values, or `planned` ones by the qualifier that they then have.

    `beside`: heads of columns that stand beside those of years and hold no year's value.
    Examples are (head, year, qualifier or nothing) in a report of 2023, counter-examples heads that name no year.
    """

    actual: tuple[str, ...]
    planned: dict[str, tuple[str, ...]]
    examples: tuple[tuple[str, int, str], ...]
    counter_examples: tuple[str, ...]
    beside: tuple[str, ...]
    beside_examples: tuple[str, ...]
    beside_counter_examples: tuple[str, ...]


class Composite(_Part):
    """How a name that counts several things is put together.

    Its parts end in `endings` (and not in `no_endings`) or as an item does. Words `between` stand between any two,
    words `behind_counts` only behind an ending. Examples are (name, its parts), counter-examples names of one thing.
    """

    endings: tuple[str, ...]
    no_endings: tuple[str, ...]
    between: tuple[str, ...]
    behind_counts: tuple[str, ...]
    examples: tuple[tuple[str, tuple[str, ...]], ...]
    counter_examples: tuple[str, ...]


class Names(_Part):
    """Last words that say what kind of thing a name is of; examples are pairs of names that are one without them."""

    kinds: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[tuple[str, str], ...]

    def without_kind(self, name: str) -> str:
        """The name less its last word, where that is a kind of thing."""
        ends = [kind for kind in self.kinds if name.endswith(kind) and name != kind]
        return name[: -len(max(ends, key=len))] if ends else name


class Narrative(_Part):
    """Words that help to tell whether a number of the prose and an item of the table mean the same thing.

    Examples are (prose, item, value, what is said: agrees or disagrees), counter-examples what is not said.
    """

    counting: tuple[str, ...]
    doings: tuple[str, ...]
    partial: tuple[str, ...]
    ways: tuple[str, ...]
    same_units: tuple[tuple[str, ...], ...]
    examples: tuple[tuple[str, str, str, str], ...]
    counter_examples: tuple[tuple[str, str, str, str], ...]


class Vocabulary(_Part):
    """All of `vocabulary.toml`."""

    columns: Columns
    names: Names
    composite: Composite
    counters: Counters
    qualifiers: Qualifiers
    signs: Signs
    labels: Labels
    narrative: Narrative
    item: tuple[Item, ...]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, from the package."""
    text = resources.files("extractor.grammar").joinpath("data/vocabulary.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    return Vocabulary.model_validate(data)


def alternatives(words: tuple[str, ...]) -> str:
    """The words as a regular expression, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
