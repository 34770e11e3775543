"""Counters: what counts or measures a number of prose.

A counter that no list has is one where Sudachi says that it counts (助数詞), or where a noun of two letters or more
follows the number (5高校, 12公民館). This errs where a name begins with a number and no list of `facts.toml` knows it.
"""

import re
from dataclasses import dataclass

from extractor.grammar.cell_amounts import comes_whole
from extractor.grammar.lexicon import after, counters, lexicon
from extractor.grammar.prose_numerals import Figure
from extractor.grammar.tokens import Word, Words

_VAGUE = re.compile(r"余り?|数(?![百千万億])")
_LATIN = re.compile("[0-9A-Za-z]")
_MANY = 1000
# A counter that no list has is composed of no more words than these.
_WORDS = 2
_CLOSING = frozenset("）)」』】〕。、，")


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter from `start` to `end`; `vague` is what stands between it and its number (余, 数)."""

    start: int
    end: int
    vague: str | None = None


def counter(words: Words, figure: Figure) -> Counter | None:
    """The counter behind a number; None where the number counts nothing."""
    plain = words.plain
    at = figure.end
    vague = _VAGUE.match(plain, at)
    if vague:
        at = vague.end()
    elif plain[at : at + 1] == " ":
        at += 1
    found = _known(words, at)
    if _ordinal(plain, at, found or at):
        return None
    if found is None and not figure.in_words and plain[at - 1] != " ":
        found = _open(words, figure, at)
    if found is None or _is_other(words, figure, at, found):
        return None
    return Counter(at, found, vague[0] if vague else None)


def _known(words: Words, at: int) -> int | None:
    """Where the longest known counter ends that is no part of a longer word."""
    end = len(words.plain)
    while (found := counters().match(words.plain, at, end)) is not None:
        if words.ends(found.end()) or not words.plain[found.end() - 1].isalpha():
            return found.end()
        if found.end() - at <= 1:
            return None
        end = found.end() - 1
    return None


def _counts(word: Word) -> bool:
    return "助数詞" in word.tag


def _open(words: Words, figure: Figure, at: int) -> int | None:
    """Where a counter ends that no list has."""
    first = words.at(at)
    lists = lexicon().counters
    if first is None or not first.is_noun or "固有名詞" in first.tag or first.text in lists.ordinal:
        return None
    if _LATIN.match(words.plain[at]) or _LATIN.match(words.plain[max(0, figure.start - 1) : figure.start]):
        return None
    if figure.value != int(figure.value) or figure.value < 0:
        return first.end if _counts(first) else None
    index = words.index(at)
    run = [first]
    for word in words.all[index + 1 : index + 6]:
        if not word.is_noun or "副詞可能" in word.tag or "形状詞" in word.tag or after().match(word.text):
            break
        run.append(word)
    while len(run) > 1 and "サ変" in run[-1].tag and "サ変" not in first.tag:
        run.pop()
    name = "".join(word.text for word in run).removesuffix("等")
    if figure.value >= 100 and name.endswith(lists.rooms):
        return None
    if _counts(first):
        return first.end
    written_out = "," in words.plain[figure.start : figure.end]
    if len(name) < 2 or first.tag.startswith("接尾辞") or "副詞可能" in first.tag or _is_name(words, index, run):
        return None
    return at + len(name) if figure.value < _MANY or written_out else None


def _is_name(words: Words, index: int, run: list[Word]) -> bool:
    """Whether nouns behind a number seem a name that begins with it: of many words, doings, or more than the nouns."""
    return len(run) > _WORDS or any("サ変" in one.tag for one in run[1:]) or not _ends_here(words, index + len(run))


def _ends_here(words: Words, index: int) -> bool:
    """Whether a composed noun ends before a word: no noun makes a longer name of it (6県知事会議), but a verb may."""
    rest = words.all[index : index + 4]
    if not rest or not rest[0].is_noun or rest[0].text == "等" or "形状詞" in rest[0].tag:
        return True
    if "副詞可能" in rest[0].tag or after().match(rest[0].text):
        return True
    doings = next((place for place, one in enumerate(rest) if "サ変" not in one.tag), len(rest))
    return doings > 0 and (doings == len(rest) or rest[doings].does or rest[doings].text in _CLOSING)


def _ordinal(plain: str, at: int, known: int) -> bool:
    """Whether a word of more letters than the known counter stands here that says which."""
    return any(
        plain.startswith(word, at) for word in lexicon().counters.ordinal if at + len(word) > known and len(word) > 1
    )


def _is_other(words: Words, figure: Figure, at: int, end: int) -> bool:
    """Whether number and counter are, or belong to, something else than an amount."""
    behind = words.at(end)
    unit = words.plain[at:end]
    # 5人/年 is a rate.
    if comes_whole(words.plain[figure.start : figure.end], unit) or words.plain[end : end + 1] == "/":
        return True
    lists = lexicon()
    if behind is not None and behind.text in (*lists.behind.words, *lists.qualifiers.rates):
        return True
    if figure.value == 1 and unit in lists.qualifiers.each and re.match("[0-9]", words.plain[end : end + 1]):
        return True
    if unit == "つ" and figure.value == 1 and not _one_of_many(words, figure, end):
        return True
    return figure.in_words and not _stands_alone(words, figure, end)


def _one_of_many(words: Words, figure: Figure, end: int) -> bool:
    """Whether 1つ counts (窓口を1つ設置), for mostly it says which or that all is one (1つの窓口, 1つとして)."""
    behind = words.at(end)
    marked = words.plain[max(0, figure.start - 1) : figure.start] in {"を", "が", "も"}
    return marked and behind is not None and (behind.does or "サ変" in behind.tag or behind.text in {"ずつ", "以上"})


def _stands_alone(words: Words, figure: Figure, end: int) -> bool:
    """Whether a number in words and its counter are these words and no others (四つ葉, 三沢市, 二人三脚)."""
    text = words.text[figure.start : end]
    if not words.begins(figure.start) or not words.ends(end):
        return False
    first, index = words.index(figure.start), words.index(end)
    whole = words.all[first]
    if text in lexicon().numerals.words or (whole.end == end and not whole.tag.startswith("名詞-普通")):
        return False
    if first and "固有名詞" in words.all[first - 1].tag and words.all[first - 1].end == figure.start:
        return False
    behind = words.at(end)
    if behind is None or not (behind.is_noun or behind.tag.startswith("名詞-数詞")):
        return True
    if after().fullmatch(behind.text) or behind.text in lexicon().numerals.behind:
        return True
    return "サ変" in behind.tag and index + 1 < len(words.all) and words.all[index + 1].does
