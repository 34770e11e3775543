"""Activities: what was done, or is planned, from the dependency tree (docs/facts.md)."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from extractor.language.found import Deed, Mention


def find_activities(doc: Doc, mentions: Sequence[Mention]) -> Iterator[Deed]:
    """The activities of a text in the order of print."""
    yield from ()
