"""Counters: what counts or measures a number of prose.

A counter that no list has is one where Sudachi says that it counts (助数詞), or where a noun of two letters or more
follows the number (5高校, 12公民館). This errs where a name begins with a number and no list of `facts.toml` knows it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.grammar.cell_amounts import comes_whole
from extractor.grammar.lexicon import (
    compile_counters,
    compile_qualifiers_after,
    compile_qualifiers_before,
    compile_rate_behind,
    load_lexicon,
)
from extractor.grammar.prose_numerals import ProseNumber
from extractor.grammar.tokens import Word, WordSequence

_VAGUE = re.compile(r"余り?|数(?:十(?!十))?(?![百千万億])| ")
_HOW_OFTEN = re.compile("に[0-9一二三四五六七八九十]{1,3}[回度]")
_LATIN = re.compile("[0-9A-Za-z]")
# A number from here on has no counter that is not listed, unless it is written with a comma: it may be a year or code.
_MANY = 1000
_ROOM_NUMBER = 100
# A counter that no list has is composed of no more words than these.
_MOST_WORDS = 2
# The words that are looked at behind the first of a counter, and behind a counter.
_REACH_OF_NAME, _REACH_BEHIND = 5, 4
_CLOSING = frozenset("）)」』】〕。、，")


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter from `start` to `end`.

    `vague` is what stands between it and its number (余, 数).
    """

    start: int
    end: int
    vague: str | None = None


def find_counter(words: WordSequence, figure: ProseNumber) -> Counter | None:
    """Find the counter behind a number.

    Args:
        words: The text.
        figure: The number.

    Returns:
        The counter; None where the number counts nothing, says which, or belongs to another word.
    """
    between = _VAGUE.match(words.plain, figure.end)
    start = between.end() if between else figure.end
    known = _find_known(words, start)
    if _is_ordinal(words.plain, start, known or start):
        return None
    is_open = known is None and not figure.in_words and words.plain[start - 1] != " "
    end = _find_unlisted(words, figure, start) if is_open else known
    if end is None or _is_other(words, figure, start, end):
        return None
    return Counter(start, end, between[0].strip() or None if between else None)


def _find_known(words: WordSequence, start: int) -> int | None:
    """Find where the longest known counter ends that is no part of a longer word."""
    end = len(words.plain)
    while found := compile_counters().match(words.plain, start, end):
        if words.ends_word(found.end()) or not found[0][-1].isalpha():
            return found.end()
        if len(found[0]) <= 1:
            return None
        end = found.end() - 1
    return None


def _is_ordinal(plain: str, start: int, known: int) -> bool:
    """Tell whether a word of more letters than the known counter stands here that says which."""
    return any(
        plain.startswith(word, start)
        for word in load_lexicon().counters.ordinal
        if start + len(word) > known and len(word) > 1
    )


def _find_unlisted(words: WordSequence, figure: ProseNumber, start: int) -> int | None:
    """Find where a counter ends that no list has."""
    first = words.word_at(start)
    if first is None or not _may_count(words, figure, first):
        return None
    counts = "助数詞" in first.tag
    if figure.value != int(figure.value) or figure.value < 0:
        return first.end if counts else None
    index = words.index_at(start)
    nouns = _collect_nouns(words.all[index : index + _REACH_OF_NAME + 1])
    name = "".join(noun.text for noun in nouns).removesuffix("等")
    if figure.value >= _ROOM_NUMBER and name.endswith(load_lexicon().counters.rooms):
        return None
    if counts:
        return first.end
    # A year or a code has no comma.
    written_out = "," in words.plain[figure.start : figure.end]
    may_be_code = figure.value >= _MANY and not written_out
    return None if may_be_code or len(name) < 2 or _is_name(words, index, nouns) else start + len(name)


def _may_count(words: WordSequence, figure: ProseNumber, first: Word) -> bool:
    """Tell whether the word behind a number may be a counter: a noun, no name, not beside Latin letters."""
    if not first.is_noun or "固有名詞" in first.tag or first.text in load_lexicon().counters.ordinal:
        return False
    beside = words.plain[max(0, figure.start - 1) : figure.start], words.plain[first.start]
    return not any(map(_LATIN.match, beside))


def _collect_nouns(words: Sequence[Word]) -> list[Word]:
    """Collect the nouns that the first word is composed with, less the doings at the end (5高校参加)."""
    ends = (at for at, word in enumerate(words) if at and (not word.is_noun or _ends_name(word)))
    nouns = list(words[: next(ends, len(words))])
    while len(nouns) > 1 and nouns[-1].may_be_doing and not words[0].may_be_doing:
        nouns.pop()
    return nouns


def _ends_name(word: Word) -> bool:
    """Tell whether a word is no part of a name that began before it: an adverb, an adjective, a qualifier."""
    is_other = "副詞可能" in word.tag or "形状詞" in word.tag
    return is_other or compile_qualifiers_after().match(word.text) is not None


def _is_name(words: WordSequence, index: int, nouns: Sequence[Word]) -> bool:
    """Tell whether nouns behind a number are none that it counts, but a name or word that begins with it."""
    if nouns[0].tag.startswith("接尾辞") or "副詞可能" in nouns[0].tag or len(nouns) > _MOST_WORDS:
        return True
    return any(noun.may_be_doing for noun in nouns[1:]) or not _ends_here(
        words.all[index + len(nouns) :][:_REACH_BEHIND]
    )


def _ends_here(behind: Sequence[Word]) -> bool:
    """Tell whether a composed noun ends before words: no noun goes on (6県知事会議), but a verb may (5高校参加した)."""
    if not behind or not behind[0].is_noun or behind[0].text == "等" or _ends_name(behind[0]):
        return True
    doings = next((place for place, word in enumerate(behind) if not word.may_be_doing), len(behind))
    return doings > 0 and (doings == len(behind) or behind[doings].is_verb or behind[doings].text in _CLOSING)


def _is_other(words: WordSequence, figure: ProseNumber, start: int, end: int) -> bool:
    """Tell whether number and counter are, or belong to, something else than an amount."""
    lists = load_lexicon()
    unit, behind, following = words.plain[start:end], words.word_at(end), words.plain[end : end + 1]
    # 5人/年 is a rate.
    if following == "/" or comes_whole(words.plain[figure.start : figure.end], unit):
        return True
    if (behind is not None and behind.text in lists.behind.words) or compile_rate_behind().match(words.plain, end):
        return True
    # 1日2回: of 2回, it says of how much.
    if figure.value == 1 and unit in lists.qualifiers.each and re.match("[0-9]", following):
        return True
    # 3日に1回: of 1回, it says how often.
    if unit in lists.counted.spans and _HOW_OFTEN.match(words.plain, end):
        return True
    if figure.value == 1 and unit == "つ" and not _is_one_of_many(words, figure, behind):
        return True
    return figure.in_words and not _stands_alone(words, figure, end)


def _is_one_of_many(words: WordSequence, figure: ProseNumber, behind: Word | None) -> bool:
    """Tell whether 1つ counts (窓口を1つ設置), for mostly it says which or that all is one (1つの窓口, 1つとして)."""
    is_marked = words.plain[max(0, figure.start - 1) : figure.start] in {"を", "が", "も"}
    return (
        is_marked and behind is not None and (behind.is_verb or behind.may_be_doing or behind.text in {"ずつ", "以上"})
    )


def _stands_alone(words: WordSequence, figure: ProseNumber, end: int) -> bool:
    """Tell whether a number in words and its counter are these words and no others (四つ葉, 三沢市, 二人三脚)."""
    if words.text[figure.start : end] in load_lexicon().numerals.words:
        return False
    if not words.begins_word(figure.start) or not words.ends_word(end):
        return False
    whole, previous = words.word_at(figure.start), words.word_before(figure.start)
    if whole is None:
        return False
    if whole.end == end and not whole.tag.startswith("名詞-普通名詞"):
        # The dictionary has places of such names (十人), but none with a qualifier.
        return _is_qualified(words, previous, end)
    if previous is not None and "固有名詞" in previous.tag:
        return False
    return _may_follow_numeral(words, end)


def _is_qualified(words: WordSequence, previous: Word | None, end: int) -> bool:
    before = previous is not None and compile_qualifiers_before().fullmatch(previous.text)
    behind = compile_qualifiers_after().match(words.plain, end)
    return bool(before or (behind and words.ends_word(behind.end())))


def _may_follow_numeral(words: WordSequence, end: int) -> bool:
    """Tell whether what stands behind a number in words and its counter makes no name of them (四つ葉の会)."""
    behind, index = words.word_at(end), words.index_at(end)
    if behind is None or not (behind.is_noun or behind.tag.startswith("名詞-数詞")):
        return True
    if behind.text in load_lexicon().numerals.behind or compile_qualifiers_after().fullmatch(behind.text):
        return True
    return behind.may_be_doing and index + 1 < len(words.all) and words.all[index + 1].is_verb
