"""Names: the parts of an item's name, its note, the whole that it is part of, the several things that it counts."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from extractor.grammar.item_counters import item_of
from extractor.grammar.normalize import key
from extractor.grammar.vocabulary import alternatives, vocabulary

_PART_OF = re.compile(r"^(?P<whole>.+?)の(?:うち|内)、?(?P<part>.+)$")
_OWN_PART = re.compile(r"^[(（]?(?:うち|内数?)[、:：]?(?P<part>.+)$")
_TOTAL = re.compile(r"^(?:合計|総計|計|小計)(?=$|[^画測算上器])")
_OPENING, _CLOSING = frozenset("(（「『[【〔"), frozenset(")）」』]】〕")
# More signs than any ending of a counted thing has.
_ENDING = 24
_PAIRS = {")": "(", "）": "（", "]": "[", "】": "【", "〕": "〔"}


@dataclass(frozen=True, slots=True)
class ItemName:
    """`label` is the name less the `note` in brackets at its end; `part_of` the whole's name for 〜のうち…."""

    label: str
    note: str | None
    part_of: str | None


def item_name(name: str) -> ItemName:
    """The parts of an item's name.

    >>> item_name("県内大学との連携による取組 (ワークショップ、社会人との交流会等)")
    ItemName(label='県内大学との連携による取組', note='ワークショップ、社会人との交流会等', part_of=None)
    >>> item_name("利用者数のうち講師派遣事業参加者数").part_of
    '利用者数'
    >>> item_name("若年者ものづくり競技大会(全国大会)参加選手数").note is None
    True
    """
    label, note = _split_note(name)
    whole = _PART_OF.match(label)
    return ItemName(label, note, whole["whole"] if whole else None)


def _split_note(name: str) -> tuple[str, str | None]:
    if not name or name[-1] not in _PAIRS:
        return name, None
    closing, opening = name[-1], _PAIRS[name[-1]]
    depth = 0
    for index in range(len(name) - 1, -1, -1):
        depth += (name[index] == closing) - (name[index] == opening)
        if depth == 0:
            label = name[:index].rstrip()
            return (label, name[index + 1 : -1].strip()) if label else (name, None)
    return name, None


def own_part(name: str) -> bool:
    """Whether a name says by itself that it is part of the row above (うち県外)."""
    return bool(_OWN_PART.match(name))


def is_total_name(name: str) -> bool:
    """Whether a name is that of a total row."""
    return bool(_TOTAL.match(key(name)))


def components(label: str) -> tuple[str, ...]:
    """The things that a name counts, where it counts several; else empty.

    Each ends as what is counted does (`composite` of `vocabulary.toml`). That is told by words alone, so that a cell is
    read the same whether the prose is analysed or not.

    >>> components("知識技能習得訓練コース 入校者数・就職者数")
    ('入校者数', '就職者数')
    >>> components("アウトソーシング実証件数、参加者")
    ('アウトソーシング実証件数', '参加者')
    >>> components("企業と大学の交流会の開催回数と参加者数")
    ('企業と大学の交流会の開催回数', '参加者数')
    >>> components("障がい者雇用事業所見学・意見交換会の開催回数")
    ()
    """
    depths = _depths(label)
    parts, start = [], 0
    for found in _joints().finditer(label):
        if depths[found.start()]:
            continue
        ending = label[max(start, found.start() - _ENDING) : found.start()].strip()
        if _is_count(ending) or (found.lastgroup == "between" and item_of(ending)):
            parts.append(label[start : found.start()].strip())
            start = found.end()
    last = label[start:].strip()
    if not parts or not (_is_count(last) or item_of(last)):
        return ()
    # A heading before a blank belongs to all of them.
    return tuple(part.split(" ")[-1] for part in (*parts, last))


def _depths(label: str) -> list[int]:
    """In how many brackets each sign stands; one that is not closed holds nothing."""
    steps, opened = [0] * (len(label) + 1), list[int]()
    for at, sign in enumerate(label):
        if sign in _OPENING:
            opened.append(at)
        elif sign in _CLOSING and opened:
            steps[opened.pop()] += 1
            steps[at] -= 1
    return list(accumulate(steps))


def _is_count(name: str) -> bool:
    """Whether a name ends as that of a number does; a word that is such an ending alone is none."""
    words = vocabulary().composite
    return name.endswith(words.endings) and not name.endswith(words.no_endings) and name not in words.endings


@cache
def _joints() -> re.Pattern[str]:
    words = vocabulary().composite
    return re.compile(f"(?P<between>{alternatives(words.between)})|(?:{alternatives(words.behind_counts)})")
