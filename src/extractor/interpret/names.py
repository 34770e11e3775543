"""Names: the parts of an item's name, its note, the whole that it is part of, the several things that it counts."""

import re
from dataclasses import dataclass

from extractor.fold import key
from extractor.interpret.items import item_of

_PART_OF = re.compile(r"^(?P<whole>.+?)の(?:うち|内)、?(?P<part>.+)$")
_OWN_PART = re.compile(r"^[(（]?(?:うち|内数?)[、:：]?(?P<part>.+)$")
_SEPARATORS = re.compile(r"及び|並びに|および|ならびに|・|、|，|,|／|/")
_TOTAL = re.compile(r"^(?:合計|総計|計|小計)(?=$|[^画測算上器])")
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
    """The things that a name counts, where it counts several; else empty. Each must end as a counted item does.

    >>> components("知識技能習得訓練コース 入校者数・就職者数")
    ('入校者数', '就職者数')
    >>> components("アウトソーシング実証件数、参加者")
    ('アウトソーシング実証件数', '参加者')
    >>> components("障がい者雇用事業所見学・意見交換会の開催回数")
    ()
    """
    parts = [part.strip() for part in _parts(label)]
    if len(parts) < 2 or not all(part and item_of(part) for part in parts):
        return ()
    # A heading before a blank belongs to all of them.
    return tuple(part.split(" ")[-1] for part in parts)


def _parts(label: str) -> list[str]:
    """The label parted at separators that stand outside brackets."""
    inside = [found.span() for found in re.finditer(r"[(（「『][^)）」』]*[)）」』]", label)]
    parts, start = [], 0
    for found in _SEPARATORS.finditer(label):
        if not any(low <= found.start() < high for low, high in inside):
            parts.append(label[start : found.start()])
            start = found.end()
    return [*parts, label[start:]]
