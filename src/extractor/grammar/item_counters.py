"""Items: what kind of thing a metric's name says it counts, and which counters fit it."""

from extractor.grammar.normalize import key
from extractor.grammar.vocabulary import Item, vocabulary


def item_of(name: str) -> Item | None:
    """The kind of item that a name's ending tells, the longest ending first; None where it tells none."""
    plain = key(name)
    best: tuple[int, Item] | None = None
    for item in vocabulary().item:
        for ending in item.endings:
            if plain.endswith(key(ending)) and (best is None or len(ending) > best[0]):
                best = (len(ending), item)
    return best[1] if best else None


def counter_fits(name: str, unit: str) -> bool:
    """Whether things of this name are counted so; true where the name does not tell.

    >>> counter_fits("セミナー参加企業数", "名"), counter_fits("セミナー参加企業数", "者"), counter_fits("取組", "回")
    (False, True, True)
    """
    item = item_of(name)
    return item is None or unit in item.units
