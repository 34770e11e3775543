"""Quantities: how many or how much, of what (docs/facts.md)."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from extractor.language.found import Mention


def find_quantities(doc: Doc, times: Sequence[Mention]) -> Iterator[Mention]:
    """The quantities of a text in the order of print, none of which touches a time."""
    yield from ()
