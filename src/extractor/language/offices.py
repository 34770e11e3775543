"""Offices: the divisions that prose names."""

from collections.abc import Iterator

from spacy.tokens import Doc

from extractor.language.found import Named


def find_offices(doc: Doc) -> Iterator[Named]:
    """The offices that a text names, in the order of print."""
    yield from ()
