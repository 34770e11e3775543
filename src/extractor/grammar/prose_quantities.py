"""Quantities: how many or how much, of what (docs/facts.md)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.grammar import lexicon
from extractor.grammar.mentions import Mention
from extractor.grammar.prose_counters import Counter, counter
from extractor.grammar.prose_numerals import EXACT, Figure, figures
from extractor.grammar.tokens import Spans, Words
from extractor.records.report import Quantity

_POWERS = re.compile("[百千万億兆]+$")
# Qualifiers reach back no farther than this many letters.
_REACH = 30
# Behind の they are a noun (12回のうち8回).
_OF_THEM = {"うち", "内"}


@dataclass(frozen=True, slots=True)
class _Found:
    """A number with its counter and qualifiers; `unit` None: none, `bare`: it has no counter of its own yet."""

    figure: Figure
    start: int
    end: int
    value: int | Decimal
    unit: str | None
    qualifiers: tuple[str, ...]
    bare: bool = False


def find_quantities(words: Words, times: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    """The quantities of a text in the order of print, none of which touches a time."""
    which = (one.span() for one in lexicon.which().finditer(words.plain))
    for one in _found(words, Spans([*times, *words.quoted(), *which])):
        yield Mention(one.start, one.end, Quantity(value=one.value, unit=one.unit, qualifiers=one.qualifiers))


def _found(words: Words, taken: Spans) -> Iterator[_Found]:
    first: _Found | None = None
    at = 0
    for figure in figures(words):
        if figure.start < at:
            continue
        one = None if taken.touch(figure.start, figure.end) else _amount(words, figure, taken, at)
        second_of_range = first is not None and one is not None and first.end + 1 == figure.start
        if words.plain[figure.start - 1 : figure.start] == "～":
            one = (
                replace(one, start=figure.start, qualifiers=("～", *one.qualifiers))
                if second_of_range and one
                else None
            )
        if first is not None and one is not None and second_of_range:
            yield _begun(words, first, one)
        elif first is not None and not first.bare:
            yield replace(first, qualifiers=(*first.qualifiers, "～"))
        first = None
        if one is None:
            continue
        at = one.end
        if words.plain[one.end : one.end + 1] == "～":
            first = one
        elif not one.bare:
            yield one
    if first is not None and not first.bare:
        yield replace(first, qualifiers=(*first.qualifiers, "～"))


def _begun(words: Words, first: _Found, second: _Found) -> _Found:
    """The first end of a range, in the second's unit where it has none (5～10名, 5～10万円)."""
    if not first.bare:
        return replace(first, qualifiers=(*first.qualifiers, "～"))
    value = first.value
    mine, others = (words.plain[one.figure.start : one.figure.end] for one in (first, second))
    power = _POWERS.search(others)
    if power and not _POWERS.search(mine) and not first.figure.in_words:
        one = second.figure.times(1 / Decimal(_scale(power[0])))
        value = first.figure.times(Decimal(_scale(power[0]))) if value < one else value
    return replace(first, value=value, unit=second.unit, qualifiers=(*first.qualifiers, "～"), bare=False)


def _scale(powers: str) -> int:
    scale = 1
    for power in powers:
        scale *= {"百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}[power]
    return scale


def _amount(words: Words, figure: Figure, taken: Spans, at: int) -> _Found | None:
    """What a number and what touches it are, behind `at`; None where it is no quantity."""
    start, before = _before(words, figure.start, taken, at)
    if figure.share:
        if counter(words, figure) is not None:
            return None
        end, behind = _after(words, figure.end)
        return _Found(figure, start, end, figure.value, None, (*before, *behind))
    unit = counter(words, figure)
    if unit is None:
        bare = words.plain[figure.end : figure.end + 1] == "～"
        return _Found(figure, start, figure.end, figure.value, None, before, bare=True) if bare else None
    if taken.touch(figure.start, unit.end):
        return None
    value, end = _combined(words, figure, unit)
    vague = (unit.vague[0],) if unit.vague else ()
    end, behind = _after(words, end)
    return _Found(figure, start, end, value, words.text[unit.start : unit.end], (*before, *vague, *behind))


def _combined(words: Words, figure: Figure, unit: Counter) -> tuple[int | Decimal, int]:
    """The value with a lesser unit that goes on (3割5分, 1時間30分, 2年半), and where it ends."""
    name, plain = words.plain[unit.start : unit.end], words.plain
    half = words.at(unit.end)
    if half is not None and half.text == "半":
        return figure.value + Decimal("0.5"), half.end
    for one, lesser, many in lexicon.lexicon().counters.combined:
        found = re.compile(rf"([0-9]+)(?:{lesser})").match(plain, unit.end) if name == one else None
        if found is not None and words.ends(found.end()) and int(found[1]) < many:
            value = EXACT.add(Decimal(figure.value), EXACT.divide(Decimal(found[1]), Decimal(many)))
            return (int(value) if value == int(value) else value), found.end()
    return figure.value, unit.end


def _after(words: Words, end: int) -> tuple[int, tuple[str, ...]]:
    """Where the qualifiers behind a counter end, and which they are."""
    found: list[str] = []
    while (one := lexicon.after().match(words.plain, end)) is not None and words.ends(one.end()):
        found.append(one[0])
        end = one.end()
    return end, tuple(found)


def _before(words: Words, start: int, taken: Spans, at: int) -> tuple[int, tuple[str, ...]]:
    """Where the qualifiers before a number begin, and which they are."""
    known, alone = lexicon.before()
    found: list[str] = []
    edge = max(at, start - _REACH)
    while True:
        stop = start - 1 if words.plain[start - 1 : start] == " " and start - 1 > edge else start
        one = next((each for begin in range(edge, stop) if (each := known.fullmatch(words.plain, begin, stop))), None)
        if one is None or not words.begins(one.start()) or not words.ends(stop) or taken.touch(*one.span()):
            return start, tuple(found)
        previous = words.all[words.index(one.start()) - 1] if one.start() else None
        if (
            previous is not None
            and previous.end == one.start()
            and ((one[0] in alone and previous.is_noun) or (one[0] in _OF_THEM and previous.text == "の"))
        ):
            return start, tuple(found)
        found.insert(0, words.text[one.start() : stop])
        start = one.start()
