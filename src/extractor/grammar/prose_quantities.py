"""Quantities: how many or how much there is in prose, with qualifiers (docs/facts.md)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.grammar.bounds import add_bounds
from extractor.grammar.lexicon import compile_qualifiers_after, compile_qualifiers_before, compile_which, load_lexicon
from extractor.grammar.mentions import FactMention
from extractor.grammar.numerals import SCALE, multiply_powers
from extractor.grammar.prose_counters import Counter, find_counter
from extractor.grammar.prose_numerals import EXACT, ProseNumber, find_figures
from extractor.grammar.tokens import SpanSet, WordSequence
from extractor.records.report import Quantity

_POWERS = re.compile(f"{SCALE}+$")
# Qualifiers reach back no farther than this many letters.
_REACH = 30
# Between two amounts, these make a range of them; the second's end is no new state (5件から8件に増えた).
_TO = "～"
_FROM = "から"
# Behind an amount it says that there may be so many at most, and not to how many something fell or rose.
_AT_MOST = "まで"
_IS_LIMIT = re.compile(rf"{_AT_MOST}(?=[の。、)]|と[しす]|で(?:す|あ|、|。|は)|$)")
_BECOMES = re.compile("(?:に|へ)(?!相当|及ぶ|およぶ)")


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with its counter and qualifiers; `bare`: it has no counter of its own, but stands before a ～."""

    figure: ProseNumber
    start: int
    end: int
    value: int | Decimal
    unit: str | None
    qualifiers: tuple[str, ...]
    bare: bool = False
    several: str = ""


def find_quantities(words: WordSequence, times: Iterable[tuple[int, int]]) -> Iterator[FactMention]:
    """Find the quantities of a text, in the order of print.

    Args:
        words: The text.
        times: The half-open places of its times; what touches one is no quantity.

    Yields:
        Each quantity, without what it counts. The ends of a range (5～10名) are two.
    """
    which = (found.span() for found in compile_which().finditer(words.plain))
    for amount in _find_amounts(words, SpanSet([*times, *words.find_quotations(), *which])):
        quantity = Quantity(value=amount.value, unit=amount.unit, qualifiers=amount.qualifiers)
        quantity = add_bounds(quantity, amount.several)
        yield FactMention(amount.start, amount.end, quantity)


def _find_amounts(words: WordSequence, taken: SpanSet) -> Iterator[_Amount]:
    # An amount that a ～ or から follows waits for the other end of its range.
    first: _Amount | None = None
    before: _Amount | None = None
    at = 0
    for figure in find_figures(words.plain):
        if figure.start < at:
            continue
        amount = _read_amount(words, figure, taken, at)
        if before is not None and amount is not None and _ends_range(words, before, amount):
            yield replace(before, qualifiers=(*before.qualifiers, _TO))
            amount = _drop_limit(replace(amount, qualifiers=(_TO, *amount.qualifiers)))
        elif before is not None:
            yield before
        before = None
        is_second = first is not None and amount is not None and first.end + 1 == figure.start
        if amount and words.plain[figure.start - 1 : figure.start] == _TO:
            amount = replace(amount, start=figure.start, qualifiers=(_TO, *amount.qualifiers)) if is_second else None
        yield from _end_first(words, first, amount if is_second else None)
        waits = amount is not None and words.plain[amount.end : amount.end + 1] == _TO
        first = amount if waits else None
        at = amount.end if amount else at
        if amount and not waits and not amount.bare:
            if words.plain.startswith(_FROM, amount.end):
                before = amount
            else:
                yield amount
    yield from _end_first(words, first, None)
    if before is not None:
        yield before


def _drop_limit(amount: _Amount) -> _Amount:
    """Take まで off the end of a range (40歳から74歳まで)."""
    if amount.qualifiers[-1:] != (_AT_MOST,):
        return amount
    return replace(amount, end=amount.end - len(_AT_MOST), qualifiers=amount.qualifiers[:-1])


def _ends_range(words: WordSequence, first: _Amount, second: _Amount) -> bool:
    """Tell whether two amounts with から between them are the ends of a range (40歳から74歳まで)."""
    joined = first.end + len(_FROM) == second.start and first.unit == second.unit and first.value < second.value
    return joined and not _BECOMES.match(words.plain, second.end)


def _end_first(words: WordSequence, first: _Amount | None, second: _Amount | None) -> Iterator[_Amount]:
    """Yield the first end of a range, in the second's unit where it has none of its own (5～10名, 5～10万円)."""
    if first is None or (first.bare and second is None):
        return
    if first.bare and second is not None:
        value, unit = _share_powers(words, first, second), second.unit
        first = replace(first, value=value, unit=unit, bare=False)
    yield replace(first, qualifiers=(*first.qualifiers, _TO))


def _share_powers(words: WordSequence, first: _Amount, second: _Amount) -> int | Decimal:
    """Multiply the first end of a range by the powers that only the second has, where it is less without them."""
    mine, others = (_POWERS.search(words.plain[: amount.figure.end], amount.figure.start) for amount in (first, second))
    if others is None or mine is not None or first.figure.in_words:
        return first.value
    scale = Decimal(multiply_powers(others[0]))
    is_less = first.value < second.figure.multiply(1 / scale)
    return first.figure.multiply(scale) if is_less else first.value


def _read_amount(words: WordSequence, figure: ProseNumber, taken: SpanSet, at: int) -> _Amount | None:
    """Read a number and what touches it, behind `at`; None where it is no quantity."""
    if taken.touches_any(figure.start, figure.end):
        return None
    start, before = _read_qualifiers_before(words, figure.start, taken, at)
    counter = find_counter(words, figure)
    if figure.share:
        end, behind = _read_qualifiers_after(words, figure.end)
        return None if counter else _Amount(figure, start, end, figure.value, None, (*before, *behind))
    if counter is None:
        is_bare = words.plain[figure.end : figure.end + 1] == _TO
        return _Amount(figure, start, figure.end, figure.value, None, before, bare=True) if is_bare else None
    if taken.touches_any(figure.start, counter.end):
        return None
    value, end = _add_lesser_unit(words, figure, counter)
    end, behind = _read_qualifiers_after(words, end)
    vague = (counter.vague.removesuffix("十"),) if counter.vague else ()
    unit = words.text[counter.start : counter.end]
    return _Amount(figure, start, end, value, unit, (*before, *vague, *behind), several=counter.vague or "")


def _add_lesser_unit(words: WordSequence, figure: ProseNumber, counter: Counter) -> tuple[int | Decimal, int]:
    """Add a lesser unit that goes on (3割5分, 1時間30分, 2年半): the value and where it ends."""
    half = words.word_at(counter.end)
    if half is not None and half.text == "半":
        return figure.value + Decimal("0.5"), half.end
    value, end, parts, unit = Decimal(figure.value), counter.end, 1, words.plain[counter.start : counter.end]
    while found := _match_lesser_unit(words, unit, end):
        count, unit, many = found
        parts *= many
        value = EXACT.add(value, EXACT.divide(Decimal(count[1]), Decimal(parts)))
        end = count.end()
    return (int(value) if value == int(value) else value) if end > counter.end else figure.value, end


def _match_lesser_unit(words: WordSequence, unit: str, end: int) -> tuple[re.Match[str], str, int] | None:
    """Match a number of a lesser unit behind a unit: the match, the lesser unit, and how many make one."""
    for whole, lesser, many in load_lexicon().counters.combined:
        found = re.compile(rf"([0-9]+)({lesser})").match(words.plain, end) if whole == unit else None
        if found is not None and words.ends_word(found.end()) and int(found[1]) < many:
            return found, found[2], many
    return None


def _read_qualifiers_after(words: WordSequence, end: int) -> tuple[int, tuple[str, ...]]:
    """Read the qualifiers behind a counter: where they end, and which they are."""
    qualifiers: list[str] = []
    while (found := compile_qualifiers_after().match(words.plain, end)) and words.ends_word(found.end()):
        qualifiers.append(found[0])
        end = found.end()
    if (limit := _IS_LIMIT.match(words.plain, end)) and words.ends_word(limit.end()):
        qualifiers.append(_AT_MOST)
        end = limit.end()
    return end, tuple(qualifiers)


def _read_qualifiers_before(words: WordSequence, start: int, taken: SpanSet, at: int) -> tuple[int, tuple[str, ...]]:
    """Read the qualifiers before a number and behind `at`: where they begin, and which they are."""
    qualifiers: list[str] = []
    edge = max(at, start - _REACH)
    while found := _match_qualifier(words, edge, start, taken):
        qualifiers.insert(0, words.text[found.start() : found.end()])
        start = found.start()
    return start, tuple(qualifiers)


def _match_qualifier(words: WordSequence, edge: int, end: int, taken: SpanSet) -> re.Match[str] | None:
    """Match the longest qualifier that ends at a place, a blank aside, and begins at `edge` or behind it."""
    end -= words.plain[end - 1 : end] == " " and end - 1 > edge
    known = compile_qualifiers_before()
    found = next((found for start in range(edge, end) if (found := known.fullmatch(words.plain, start, end))), None)
    if (
        found is None
        or not words.begins_word(found.start())
        or not words.ends_word(end)
        or taken.touches_any(*found.span())
    ):
        return None
    previous = words.word_before(found.start())
    if previous is None:
        return found
    lists = load_lexicon().qualifiers
    is_noun = found[0] in lists.alone and previous.is_noun and previous.text not in lists.rates
    return None if is_noun else found
