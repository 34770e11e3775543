"""Names of items: their notes, the wholes of which they are parts, what they count and by which counters, totals."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractor.grammar.normalize import comparison_key
from extractor.grammar.tokens import SpanSet, find_bracketed
from extractor.grammar.vocabulary import ItemKind, load_vocabulary, words_to_regex

_PART_OF = re.compile(r"(?P<whole>.+?)の(?:うち|内)、?.+$")
_OWN_PART = re.compile(r"[(（]?(?:うち|内数?)[、:：]?.+$")
_OPENING, _CLOSING = "(（「『[【〔", ")）」』]】〕"
_NOTE_BRACKETS = {")": "(", "）": "（", "]": "[", "】": "【", "〕": "〔"}
# The characters before a joint in which the ending of a counted thing is looked for; more than any has.
_ENDING = 24


@dataclass(frozen=True, slots=True)
class ItemName:
    """The parts of an item's name.

    `label` is the name less the `note` in brackets at its end; `part_of` is the whole's name for 〜のうち….
    """

    label: str
    note: str | None
    part_of: str | None


def parse_item_name(name: str) -> ItemName:
    """Split an item's name into its parts.

    >>> parse_item_name("県内大学との連携による取組 (ワークショップ、社会人との交流会等)")
    ItemName(label='県内大学との連携による取組', note='ワークショップ、社会人との交流会等', part_of=None)
    >>> parse_item_name("利用者数のうち講師派遣事業参加者数").part_of
    '利用者数'
    >>> parse_item_name("若年者ものづくり競技大会(全国大会)参加選手数").note is None
    True
    """
    label, note = _split_note(name)
    whole = _PART_OF.match(label)
    return ItemName(label, note, whole["whole"] if whole else None)


def _split_note(name: str) -> tuple[str, str | None]:
    opening = _NOTE_BRACKETS.get(name[-1:])
    bracketed = find_bracketed(name, opening, name[-1]) if opening else ()
    start = next((start for start, end in bracketed if end == len(name)), 0)
    label = name[:start].rstrip()
    return (label, name[start + 1 : -1].strip()) if label else (name, None)


def is_own_part(name: str) -> bool:
    """Tell whether a name says by itself that it is part of the row above.

    >>> is_own_part("うち県外"), is_own_part("（内数）県外"), is_own_part("県外")
    (True, True, False)
    """
    return _OWN_PART.match(name) is not None


def is_total_name(name: str, at: Literal["start", "end", "whole"] = "start") -> bool:
    """Tell whether a name is that of a row or column of sums.

    Args:
        name: The name as printed.
        at: Where the word for a total must stand: `start`, the name may go on behind it (計 (県内)), as in a row of a
            programme's table; `end`, it may begin before it and go on in a bracket (基本方針①計), as in a list;
            `whole`, alone.

    Returns:
        False also where the word is part of another (計画, 特別会計).

    >>> is_total_name("合　計"), is_total_name("計（県内）"), is_total_name("計画策定数")
    (True, True, False)
    >>> is_total_name("基本方針①計(37事業)", at="end"), is_total_name("特別会計", at="end")
    (True, False)
    """
    return _compile_totals()[at].search(comparison_key(name)) is not None


@cache
def _compile_totals() -> dict[str, re.Pattern[str]]:
    totals = load_vocabulary().totals
    word = words_to_regex(totals.words)
    other = "".join(rf"(?<!{sign}計)" for sign in totals.not_behind)
    return {
        "start": re.compile(rf"^(?:{word})(?=$|[^{totals.not_before}])"),
        "end": re.compile(rf"(?:{word}){other}(?:\(.*\))?$"),
        "whole": re.compile(rf"^(?:{word})$"),
    }


def find_item(name: str) -> ItemKind | None:
    """Find the kind of item that a name's ending tells, the longest ending first.

    It gives None where it tells none.

    >>> find_item("参加企業数").units[0], find_item("登録事業者数").units[0], find_item("取組")
    ('社', '者', None)
    """
    plain = comparison_key(name)
    endings = [
        (len(ending), item)
        for item in load_vocabulary().item
        for ending in item.endings
        if plain.endswith(comparison_key(ending))
    ]
    return max(endings, key=lambda ending: ending[0])[1] if endings else None


def counter_fits(name: str, unit: str) -> bool:
    """Tell whether things of this name are counted by this unit.

    Args:
        name: The metric's name.
        unit: The counter, as printed.

    Returns:
        True also where the name does not tell what is counted.

    >>> counter_fits("セミナー参加企業数", "名"), counter_fits("セミナー参加企業数", "者"), counter_fits("取組", "回")
    (False, True, True)
    """
    item = find_item(name)
    return item is None or unit in item.units


def split_components(label: str) -> tuple[str, ...]:
    """Split a name that counts several things into these; empty where it counts one.

    Each ends as what is counted does (`composite` of `vocabulary.toml`). That is told by words alone, so that a cell is
    read the same whether the prose is analysed or not.

    >>> split_components("知識技能習得訓練コース 入校者数・就職者数")
    ('入校者数', '就職者数')
    >>> split_components("アウトソーシング実証件数、参加者")
    ('アウトソーシング実証件数', '参加者')
    >>> split_components("企業と大学の交流会の開催回数と参加者数")
    ('企業と大学の交流会の開催回数', '参加者数')
    >>> split_components("障がい者雇用事業所見学・意見交換会の開催回数")
    ()
    """
    bracketed = SpanSet(find_bracketed(label, _OPENING, _CLOSING))
    parts, start = [], 0
    for joint in _compile_joints().finditer(label):
        if bracketed.touches_any(joint.start(), joint.start() + 1):
            continue
        ending = label[max(start, joint.start() - _ENDING) : joint.start()].strip()
        if _is_count(ending) or (joint.lastgroup == "between" and find_item(ending)):
            parts.append(label[start : joint.start()].strip())
            start = joint.end()
    last = label[start:].strip()
    if not parts or not (_is_count(last) or find_item(last)):
        return ()
    # A heading before a blank belongs to all of them.
    return tuple(part.split(" ")[-1] for part in (*parts, last))


def _is_count(name: str) -> bool:
    """Tell whether a name ends as that of a number does; a word that is such an ending alone is none."""
    words = load_vocabulary().composite
    return name.endswith(words.endings) and not name.endswith(words.no_endings) and name not in words.endings


@cache
def _compile_joints() -> re.Pattern[str]:
    words = load_vocabulary().composite
    return re.compile(f"(?P<between>{words_to_regex(words.between)})|(?:{words_to_regex(words.behind_counts)})")
