"""Lexicon: the words and patterns by which facts are found in prose, as data (`facts.toml`)."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from pydantic import BaseModel, ConfigDict

from extractor.grammar.vocabulary import alternatives, vocabulary

# A number in figures or in words, as patterns of `facts.toml` write it: {n}. Bounded, for long rows of figures.
_NUMBER = "(?:[0-9][0-9,.]{0,14}|[〇一二三四五六七八九十百千]{1,9})"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Counters(_Part):
    """Counters of prose besides those of cells (`words`), and words behind a number that count nothing (`ordinal`).

    `rooms` are named by numbers of three figures. `combined`: a counter, what may follow it, and how many of it make
    one. Examples are (text, value, unit), counter-examples texts without a quantity.
    """

    words: tuple[str, ...]
    ordinal: tuple[str, ...]
    rooms: tuple[str, ...]
    combined: tuple[tuple[str, str, int], ...]
    examples: tuple[tuple[str, float, str], ...]
    counter_examples: tuple[str, ...]


class Behind(_Part):
    """Words directly behind a counter that make an ordinal or another word of it.

    Examples are texts without a quantity, counter-examples (text, what is found).
    """

    words: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[tuple[str, str], ...]


class Qualifiers(_Part):
    """Qualifiers besides those of cells; `alone` ones do not stand behind another noun, `other` ones are none in prose.

    `rates` make one with a number and a counter, or one of `per`, before them (1人当たり, 10a当たり); of the counters
    `each`, one does so by itself before a number (1日2回). Examples are (text, what is found, its qualifiers),
    counter-examples (text, what is found) without qualifiers.
    """

    before: tuple[str, ...]
    alone: tuple[str, ...]
    after: tuple[str, ...]
    other: tuple[str, ...]
    rates: tuple[str, ...]
    per: tuple[str, ...]
    each: tuple[str, ...]
    examples: tuple[tuple[str, str, tuple[str, ...]], ...]
    counter_examples: tuple[tuple[str, str], ...]


class Numerals(_Part):
    """Numbers in words: `words` that begin with one and are none, nouns that may stand `behind` one and its counter.

    Examples as of `Counters`.
    """

    words: tuple[str, ...]
    behind: tuple[str, ...]
    examples: tuple[tuple[str, float, str], ...]
    counter_examples: tuple[str, ...]


class Which(_Part):
    """A pattern in which numbers say which and not how many; {n} is a number.

    Examples are texts without a quantity, counter-examples (text, what is found).
    """

    pattern: str
    examples: tuple[str, ...]
    counter_examples: tuple[tuple[str, str], ...]


class Times(_Part):
    """What makes a time no time: `named`, words of names that begin with one (豪雨), `other`, a pattern behind a time,
    `habit` one before it; `compared`, a pattern behind から that makes it no beginning.

    Examples are texts without a time, or with one that does not begin; counter-examples (text, time, edtf).
    """

    named: tuple[str, ...]
    other: str
    habit: str
    compared: str
    examples: tuple[str, ...]
    counter_examples: tuple[tuple[str, str, str], ...]


class Counted(_Part):
    """What is counted: `places` are where and `spans` are how long, `own` units are themselves what is counted.

    `becomes`: how verbs begin that say of their object how many it now is.

    Examples are (text, what is counted), counter-examples texts in which nothing is.
    """

    places: tuple[str, ...]
    spans: tuple[str, ...]
    own: tuple[str, ...]
    becomes: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[str, ...]


class Lexicon(_Part):
    """All of `facts.toml`."""

    counters: Counters
    behind: Behind
    qualifiers: Qualifiers
    numerals: Numerals
    which: tuple[Which, ...]
    times: Times
    counted: Counted


@cache
def lexicon() -> Lexicon:
    """The lexicon, from the package."""
    text = resources.files("extractor.grammar").joinpath("data/facts.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    return Lexicon.model_validate(data)


@cache
def counters() -> re.Pattern[str]:
    """The known counters, longest first; of Latin letters where the word ends there."""
    words = {word for word in (*vocabulary().counters.words, *lexicon().counters.words) if word != "％"}
    words -= set(lexicon().counters.ordinal)
    letters = tuple(word for word in words if word.isascii() and word.isalnum())
    others = tuple(sorted(words - set(letters)))
    return re.compile(rf"(?:{alternatives(others)})|(?:{alternatives(letters)})(?![0-9A-Za-z])")


@cache
def before() -> tuple[re.Pattern[str], frozenset[str]]:
    """The qualifiers before a number, so many as touch one another up to a place; those that stand alone."""
    words = lexicon().qualifiers
    known = tuple(dict.fromkeys((*vocabulary().qualifiers.before, *words.before, *words.alone)))
    one = alternatives(tuple(word for word in known if word not in words.other))
    rate = rf"(?:[0-9]{{1,4}}|一)(?:{counters().pattern}|{alternatives(words.per)})(?:{alternatives(words.rates)})"
    return re.compile(rf"{rate}|{one}|[1一](?:{alternatives(words.each)})"), frozenset(words.alone)


@cache
def after() -> re.Pattern[str]:
    """A qualifier behind a counter."""
    known = dict.fromkeys((*vocabulary().qualifiers.after, *lexicon().qualifiers.after))
    return re.compile(alternatives(tuple(known)))


def pattern(one: Which) -> str:
    """A pattern of `facts.toml` as a regular expression."""
    return one.pattern.replace("{n}", _NUMBER)


@cache
def which() -> re.Pattern[str]:
    """All patterns in which numbers say which."""
    return re.compile("|".join(f"(?:{pattern(one)})" for one in lexicon().which))
