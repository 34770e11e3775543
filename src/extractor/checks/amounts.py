"""Amounts: what several checks ask of a value's amount."""

from extractor.records.report import Observation, Quantity

PERCENT = {"%", "％"}


def single_amount(value: Observation) -> Quantity | None:
    """Give the one amount of a value; None where it has none or several."""
    return value.quantities[0] if len(value.quantities) == 1 else None
