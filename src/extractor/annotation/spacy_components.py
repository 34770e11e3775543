"""The finders of this package as components of any spaCy pipeline.

In: `doc._.fiscal_year`, the report's (None: times that need it are found without their date). Out: `doc._.mentions`
(quantities and times in the order of print), `doc._.offices` and `doc._.deeds` (activities).
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extractor.annotation.activities import find_activities
from extractor.annotation.counted_nouns import Amount, name_counted_nouns
from extractor.annotation.offices import find_offices
from extractor.annotation.tokens import doc_to_words
from extractor.grammar.prose_dates import find_times
from extractor.grammar.prose_quantities import find_quantities

TIMES, QUANTITIES, OFFICES = "extractor_times", "extractor_quantities", "extractor_offices"
ACTIVITIES = "extractor_activities"
# The components that need no tree, in this order: what is a time is no quantity.
OF_WORDS = (TIMES, QUANTITIES, OFFICES)

for _name, _default in (("fiscal_year", None), ("mentions", ()), ("offices", ()), ("deeds", ())):
    Doc.set_extension(_name, default=_default, force=True)

Component = Callable[[Doc], Doc]


def _fill_extension(name: str, find: Callable[[Doc], Iterable[object]]) -> Component:
    """Make a component that puts what is found in a document into one of its extensions."""

    def component(doc: Doc) -> Doc:
        doc._.set(name, tuple(find(doc)))
        return doc

    return component


@Language.factory(TIMES, default_config={"fiscal_year": None})
def times(nlp: Language, name: str, fiscal_year: int | None) -> Component:
    """Make the component that finds times, as mentions.

    Args:
        nlp: The pipeline that the component is for.
        name: The component's name there.
        fiscal_year: That of documents which have none of their own.

    Returns:
        The component; it replaces `doc._.mentions`.
    """

    def find(doc: Doc) -> Iterable[object]:
        return find_times(doc_to_words(doc), fiscal_year if doc._.fiscal_year is None else doc._.fiscal_year)

    return _fill_extension("mentions", find)


@Language.factory(QUANTITIES)
def quantities(nlp: Language, name: str) -> Component:
    """Make the component that finds quantities, as mentions among those that are there.

    Args:
        nlp: The pipeline that the component is for.
        name: The component's name there.

    Returns:
        The component; it adds to `doc._.mentions`.
    """

    def find(doc: Doc) -> Iterable[object]:
        words = doc_to_words(doc)
        times = [(time.start, time.end) for time in doc._.mentions]
        found = list(find_quantities(words, times))
        amounts = [Amount(one.start, one.end, one.quantity.unit, one.quantity.value) for one in found if one.quantity]
        nouns = name_counted_nouns(words, amounts, times)
        named = (replace(mention, counted=noun) for mention, noun in zip(found, nouns, strict=True))
        return sorted((*doc._.mentions, *named), key=lambda mention: (mention.start, mention.end))

    return _fill_extension("mentions", find)


@Language.factory(OFFICES)
def offices(nlp: Language, name: str) -> Component:
    """Make the component that finds the offices that are named.

    Args:
        nlp: The pipeline that the component is for.
        name: The component's name there.

    Returns:
        The component; it replaces `doc._.offices`.
    """
    return _fill_extension("offices", find_offices)


@Language.factory(ACTIVITIES)
def activities(nlp: Language, name: str) -> Component:
    """Make the component that finds activities; it needs the dependency tree.

    Args:
        nlp: The pipeline that the component is for.
        name: The component's name there.

    Returns:
        The component; it replaces `doc._.deeds`.
    """
    return _fill_extension("deeds", lambda doc: find_activities(doc, doc._.mentions))
