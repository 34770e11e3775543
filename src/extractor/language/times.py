"""Times: when something was, is or will be, as EDTF (docs/facts.md)."""

from collections.abc import Iterator

from spacy.tokens import Doc

from extractor.language.found import Mention


def find_times(doc: Doc, fiscal_year: int | None) -> Iterator[Mention]:
    """The times of a text in the order of print; months without a year lie in the fiscal year."""
    yield from ()
