"""Vocabulary: the words of values in cells and prose, as data (`vocabulary.toml`), with their examples."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from extractor.grammar.characters import PLAIN_MINUS

_Example = TypeVar("_Example")
_CounterExample = TypeVar("_CounterExample")


class WordData(BaseModel):
    """A table of a word list; a key that it does not know is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WordList(WordData, Generic[_Example, _CounterExample]):
    """A table with its own examples and counter-examples, which tests run."""

    examples: tuple[_Example, ...]
    counter_examples: tuple[_CounterExample, ...]


class Counters(WordList[tuple[str, float, str], str]):
    """Words that count what stands before them.

    `words` do so in cells and prose, `prose_words` in prose alone. `whole` ones count what comes whole. Examples are
    (cell, value, unit), counter-examples unreadable cells.
    """

    words: tuple[str, ...]
    prose_words: tuple[str, ...]
    whole: tuple[str, ...]


class Qualifiers(WordList[tuple[str, tuple[str, ...]], str]):
    """Words before a number, behind its counter, and `noted` in a bracket behind it.

    `prose_before` and `prose_after` qualify in prose alone; those of `no_prose` do so in cells alone.
    Examples are (cell, qualifiers of all its amounts), counter-examples cells that hold none.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    prose_before: tuple[str, ...]
    prose_after: tuple[str, ...]
    no_prose: tuple[str, ...]
    noted: tuple[str, ...]


class Bounds(WordData):
    """Qualifiers by which an amount is the least or the greatest that it may be, or is rounded."""

    least: tuple[str, ...]
    most: tuple[str, ...]
    about: tuple[str, ...]


class Signs(WordList[tuple[str, float], str]):
    """Words before a figure that say its sign.

    `less` and `more` count in cells alone, the others in prose too. Examples are (cell, value), counter-examples cells
    that are unreadable; so for `budgets`, in thousand yen.
    """

    negative: tuple[str, ...]
    less: tuple[str, ...]
    positive: tuple[str, ...]
    more: tuple[str, ...]
    budgets: tuple[tuple[str, int], ...]
    budget_counter_examples: tuple[str, ...]

    @property
    def all_negative(self) -> tuple[str, ...]:
        """Those that say in a cell that a figure is negative."""
        return self.negative + self.less

    @property
    def all(self) -> tuple[str, ...]:
        """Those that say a figure's sign in a cell."""
        return self.all_negative + self.positive + self.more

    def is_negative(self, sign: str) -> bool:
        """Tell whether a sign or word makes the figure behind it negative in a cell.

        The sign or word stands there without brackets.
        """
        return sign in PLAIN_MINUS or sign in self.all_negative


class Totals(WordList[str, str]):
    """Names of rows and columns of sums.

    There are also the letters before and behind which such names are parts of other words. Examples begin with such a
    name, ending examples end with one; the counter-examples do not.
    """

    words: tuple[str, ...]
    not_before: str
    not_behind: str
    ending_examples: tuple[str, ...]
    ending_counter_examples: tuple[str, ...]


class CellLabels(WordList[tuple[str, tuple[float, ...]], str]):
    """Words before a figure that say what is counted or where.

    It also says what makes it doubtful whether they do. A word with one of `doubtful` in it outside of those that are
    `clear` may say that the number is of something else. `single`, `kana` and `latin` are words that end in one letter,
    in hiragana and in Latin letters. Examples are (cell, values), counter-examples cells that are unreadable.
    """

    doubtful: tuple[str, ...]
    clear: tuple[str, ...]
    single: tuple[str, ...]
    kana: tuple[str, ...]
    latin: tuple[str, ...]


class ItemKind(WordList[tuple[str, str], tuple[str, str]]):
    """Items whose names end so, and the counters that fit them.

    Examples are (name, cell).
    """

    endings: tuple[str, ...]
    units: tuple[str, ...]


class Columns(WordList[tuple[str, int, str], str]):
    """Words in the head of a year's column.

    They are those of `actual` values, or of `planned` ones by the qualifier that these then have; `vague` ones say so
    only beside a year. `parts` are parts of a year, `whole` names what is of all of it. `of_years`: heads over years.
    `beside`: heads of columns that stand beside those of years and hold no year's value, `compared` such by what they
    compare. Examples are (head, year,
    qualifier or nothing) in a report of 2023, counter-examples heads that name no year; part examples are (head, year,
    part or nothing).
    """

    actual: tuple[str, ...]
    vague: tuple[str, ...]
    parts: tuple[str, ...]
    whole: tuple[str, ...]
    part_examples: tuple[tuple[str, int, str], ...]
    part_counter_examples: tuple[str, ...]
    planned: dict[str, tuple[str, ...]]
    of_years: tuple[str, ...]
    beside: tuple[str, ...]
    compared: dict[str, tuple[str, ...]]
    beside_examples: tuple[str, ...]
    beside_counter_examples: tuple[str, ...]


class BlockWords(WordList[tuple[str, str], str]):
    """What stands in a programme's block besides its two passages, table and offices.

    `section`: headings of further prose. `attribute`: labels of forms. `caption` is how the caption of a picture
    begins, `scene` how one may end. Examples are (line, which of these), counter-examples lines that are none.
    """

    section: tuple[str, ...]
    attribute: tuple[str, ...]
    caption: tuple[str, ...]
    scene: tuple[str, ...]


class Listed(WordList[tuple[str, str], str]):
    """What a list says of a row in a word.

    That the programme is `new` or `ongoing`; that it is `repeated` here, has no number (`vacant`), no budget
    (`unfunded`) or one that is `within` another's. Examples are (cell, which of these), counter-examples cells that say
    none of it.
    """

    new: tuple[str, ...]
    ongoing: tuple[str, ...]
    repeated: tuple[str, ...]
    unfunded: tuple[str, ...]
    within: tuple[str, ...]
    vacant: tuple[str, ...]


class AbsentWords(WordList[str, str]):
    """Words that say in a cell that there is no value. Examples are cells without a value, counter-examples others."""

    words: tuple[str, ...]


class Composite(WordList[tuple[str, tuple[str, ...]], str]):
    """How a name that counts several things is put together.

    Its parts end in `endings` (and not in `no_endings`) or as an item does. Words `between` stand between any two,
    words `behind_counts` only behind an ending. Examples are (name, its parts), counter-examples names of one thing.
    """

    endings: tuple[str, ...]
    no_endings: tuple[str, ...]
    between: tuple[str, ...]
    behind_counts: tuple[str, ...]


class Names(WordList[tuple[str, str], tuple[str, str]]):
    """Last words that say what kind of thing a name is of.

    Examples are pairs of names that are one without them.
    """

    kinds: tuple[str, ...]

    def without_kind(self, name: str) -> str:
        """Give the name less its last word, where that is a kind of thing."""
        ends = [kind for kind in self.kinds if name.endswith(kind) and name != kind]
        return name[: -len(max(ends, key=len))] if ends else name


class Narrative(WordList[tuple[str, str, str, str], tuple[str, str, str, str]]):
    """Words that help to compare a number of the prose with an item of the table.

    They help to tell whether both mean the same thing. Examples are (prose, item, value, what is said: agrees or
    disagrees), counter-examples what is not said.
    """

    counting: tuple[str, ...]
    doings: tuple[str, ...]
    partial: tuple[str, ...]
    ways: tuple[str, ...]
    same_units: tuple[tuple[str, ...], ...]


class Vocabulary(WordData):
    """All of `vocabulary.toml`."""

    columns: Columns
    blocks: BlockWords
    listed: Listed
    names: Names
    composite: Composite
    counters: Counters
    qualifiers: Qualifiers
    bounds: Bounds
    signs: Signs
    labels: CellLabels
    absent: AbsentWords
    narrative: Narrative
    totals: Totals
    item: tuple[ItemKind, ...]


_Words = TypeVar("_Words", bound=BaseModel)


def load_words(package: str, file: str, model: type[_Words]) -> _Words:
    """Load a word list that is part of the program.

    Args:
        package: The package in which it is.
        file: Its path there.
        model: What its tables are.

    Returns:
        The validated list.

    Raises:
        pydantic.ValidationError: It has a key that the model does not know, or lacks one.
    """
    return model.model_validate(tomllib.loads(resources.files(package).joinpath(file).read_text(encoding="utf-8")))


@cache
def load_vocabulary() -> Vocabulary:
    """Load the vocabulary, once."""
    return load_words("extractor.grammar", "data/vocabulary.toml", Vocabulary)


def words_to_regex(words: Iterable[str], between: str = "") -> str:
    """Write words as a regular expression, the longest first.

    Args:
        words: The words.
        between: A pattern of what may stand between two letters of a word.

    Returns:
        The expression, without brackets around it.

    >>> words_to_regex(["人", "人日", "m2"]), words_to_regex(["合計"], between=" ?")
    ('m2|人日|人', '合 ?計')
    """
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(between.join(map(re.escape, word)) for word in longest_first)
