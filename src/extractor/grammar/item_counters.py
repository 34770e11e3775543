"""Items: what kind of thing a metric's name says it counts, and which counters fit it."""

from extractor.grammar.normalize import comparison_key
from extractor.grammar.vocabulary import ItemKind, load_vocabulary


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
