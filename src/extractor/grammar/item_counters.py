"""Items: what kind of thing a metric's name says it counts, and which counters fit it."""

from extractor.grammar.normalize import key
from extractor.grammar.vocabulary import Item, vocabulary


def item_of(name: str) -> Item | None:
    """Find the kind of item that a name's ending tells, the longest ending first; None where it tells none.

    >>> item_of("参加企業数").units[0], item_of("登録事業者数").units[0], item_of("取組")
    ('社', '者', None)
    """
    plain = key(name)
    endings = [
        (len(ending), item) for item in vocabulary().item for ending in item.endings if plain.endswith(key(ending))
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
    item = item_of(name)
    return item is None or unit in item.units
