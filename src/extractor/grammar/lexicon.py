"""Lexicon: the words and patterns by which facts are found in prose, as data (`facts.toml`), with their examples."""

import re
from functools import cache

from extractor.grammar.eras import ERA_NAME
from extractor.grammar.vocabulary import WordData, WordList, load_vocabulary, load_words, words_to_regex

# A number in figures or in words, as patterns of `facts.toml` write it: {n}. Bounded, for long rows of figures.
_NUMBER = "(?:[0-9][0-9,.]{0,14}|[〇一二三四五六七八九十百千]{1,9})"


class ProseCounters(WordList[tuple[str, float, str], str]):
    """What stands behind a number of prose.

    That is words that count nothing (`ordinal`), and counters in a row. `rooms` are named by numbers of three figures.
    `combined`: a counter, what may follow it, and how many of it make one. Examples are (text, value, unit),
    counter-examples texts without a quantity.
    """

    ordinal: tuple[str, ...]
    rooms: tuple[str, ...]
    combined: tuple[tuple[str, str, int], ...]


class Behind(WordList[str, tuple[str, str]]):
    """Words directly behind a counter that make an ordinal or another word of it.

    Examples are texts without a quantity, counter-examples (text, what is found).
    """

    words: tuple[str, ...]


class ProseQualifiers(WordList[tuple[str, str, tuple[str, ...]], tuple[str, str]]):
    """Qualifiers before a number of prose.

    `alone` are those that do not stand behind another noun; others are composed. `rates` make one with a number and a
    counter, or one of `per`, before them (1人当たり, 10a当たり); of the counters `each`, one does so by itself before a
    number (1日2回). Examples are (text, what is found, its qualifiers), counter-examples (text, what is found) without
    qualifiers.
    """

    alone: tuple[str, ...]
    rates: tuple[str, ...]
    per: tuple[str, ...]
    each: tuple[str, ...]


class Numerals(WordList[tuple[str, float, str], str]):
    """Numbers in words.

    `words` begin with one and are none; the nouns of `behind` may stand behind one and its counter. Examples are as
    those of `Counters`.
    """

    words: tuple[str, ...]
    behind: tuple[str, ...]


class Which(WordList[str, tuple[str, str]]):
    """A pattern in which numbers say which and not how many.

    {n} is a number, {era} the name of an era. Examples are texts without a quantity, counter-examples (text, what is
    found).
    """

    pattern: str


class Times(WordList[str, tuple[str, str, str]]):
    """What makes a time no time.

    `named`: words of names that begin with one (豪雨). `other`: a pattern behind a time. `habit`: a pattern before it.
    `compared`: a pattern behind から that makes it no beginning.

    Examples are texts without a time, or with one that does not begin; counter-examples (text, time, edtf).
    """

    named: tuple[str, ...]
    other: str
    habit: str
    compared: str


class CountedWords(WordList[tuple[str, str], str]):
    """What is counted.

    `places` are where and `spans` are how long; `own` units are themselves what is counted. `becomes`: how verbs begin
    that say of their object how many it now is, `reaches` those with に that say how many there are, `changes` what
    stands behind a change (37件増えた). `limits` say of a noun behind the amount how much it has. `things` count what a
    doing is done to.

    Examples are (text, what is counted), counter-examples texts in which nothing is.
    """

    places: tuple[str, ...]
    spans: tuple[str, ...]
    own: tuple[str, ...]
    becomes: tuple[str, ...]
    reaches: tuple[str, ...]
    changes: tuple[str, ...]
    limits: frozenset[str]
    things: frozenset[str]


class Lexicon(WordData):
    """All of `facts.toml`."""

    counters: ProseCounters
    behind: Behind
    qualifiers: ProseQualifiers
    numerals: Numerals
    which: tuple[Which, ...]
    times: Times
    counted: CountedWords


@cache
def load_lexicon() -> Lexicon:
    """Load the lexicon, once."""
    return load_words("extractor.grammar", "data/facts.toml", Lexicon)


@cache
def compile_counters() -> re.Pattern[str]:
    """Compile the known counters for plain text (`make_signs_plain`), longest first.

    They are those of cells and those of prose alone, without ％ (which is plain there) and without words of ordinals,
    which count nothing. One of Latin letters is found only where the word ends there.
    """
    counters = load_vocabulary().counters
    words = {*counters.words, *counters.prose_words} - {"％", *load_lexicon().counters.ordinal}
    letters = {word for word in words if word.isascii() and word.isalnum()}
    return re.compile(rf"(?:{words_to_regex(words - letters)})|(?:{words_to_regex(letters)})(?![0-9A-Za-z])")


@cache
def compile_qualifiers_before() -> re.Pattern[str]:
    """Compile the qualifiers that may stand before a number.

    A rate (1人当たり) is among them.
    """
    known, words = load_vocabulary().qualifiers, load_lexicon().qualifiers
    simple = words_to_regex({*known.before, *known.prose_before} - {*known.no_prose})
    counter = rf"{compile_counters().pattern}|{words_to_regex(words.per)}"
    one = rf"(?:[0-9]{{1,4}}|一)(?:{counter}|[^\W\d_]{{1,3}}(?=につき))"
    rate = rf"{one}(?:{one})?(?:{words_to_regex(words.rates)})"
    often = rf"(?:[0-9]{{1,3}}|[一二三四五六七八九十])(?:{words_to_regex(load_lexicon().counted.spans)})に"
    return re.compile(rf"{rate}|{often}|{simple}|[1一](?:{words_to_regex(words.each)})")


@cache
def compile_rate_behind() -> re.Pattern[str]:
    """Compile what stands behind an amount that says for how much another is (1人当たり, 1人1日当たり)."""
    rates = words_to_regex(load_lexicon().qualifiers.rates)
    return re.compile(rf"(?:[1一](?:{compile_counters().pattern}))?(?:{rates})")


@cache
def compile_qualifiers_after() -> re.Pattern[str]:
    """Compile the qualifiers that may stand behind a counter."""
    words = load_vocabulary().qualifiers
    return re.compile(words_to_regex({*words.after, *words.prose_after}))


def which_to_regex(which: Which) -> str:
    """Write a pattern of `facts.toml` as a regular expression."""
    return which.pattern.replace("{n}", _NUMBER).replace("{era}", ERA_NAME)


@cache
def compile_which() -> re.Pattern[str]:
    """Compile all patterns in which numbers say which."""
    return re.compile("|".join(f"(?:{which_to_regex(which)})" for which in load_lexicon().which))
