"""Bounds: the least and the greatest number that an amount may be by its qualifiers (docs/records.md, quantities)."""

from collections.abc import Sequence
from decimal import Decimal

from extractor.grammar.vocabulary import load_vocabulary
from extractor.records.report import Quantity

Bound = int | Decimal | None


def add_bounds(quantity: Quantity, several: str = "") -> Quantity:
    """Add to an amount the bounds that its qualifiers set.

    Args:
        quantity: The amount with its qualifiers.
        several: What is printed between the number and its counter and stands for a figure (数, 数十), or nothing.

    Returns:
        The amount; a bound that nothing sets is None, and both are where it is exact.

    >>> bounded = add_bounds(Quantity(value=1200, unit="名", qualifiers=("約",)))
    >>> bounded.lower, bounded.upper
    (1150, 1250)
    >>> [add_bounds(Quantity(value=30, unit="社", qualifiers=(word,))).lower for word in ("以上", "未満", "延べ")]
    [30, None, None]
    >>> add_bounds(Quantity(value=10, unit="社", qualifiers=("数",)), "数").upper
    19
    """
    lower, upper = _find_bounds(quantity.value, quantity.qualifiers, several)
    return quantity if lower is None and upper is None else quantity.model_copy(update={"lower": lower, "upper": upper})


def _find_bounds(value: int | Decimal, qualifiers: Sequence[str], several: str) -> tuple[Bound, Bound]:
    words = load_vocabulary().bounds
    if several.startswith("数"):
        unit = 10 if several.endswith("十") else 1
        return value + unit, value + 10 * unit - 1
    is_least, is_most = (any(word in known for word in qualifiers) for known in (words.least, words.most))
    if is_least or is_most:
        return (value if is_least else None), (value if is_most else None)
    if not value or not any(word in words.about for word in qualifiers):
        return None, None
    # The figure is rounded at its last one that is not 0.
    half = Decimal(5).scaleb(int(Decimal(value).normalize().as_tuple().exponent) - 1)
    return _to_number(value - half), _to_number(value + half)


def _to_number(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value.normalize()
