"""Components: the finders of this package as parts of any spaCy pipeline.

They read `doc._.fiscal_year`, the report's (None: times that need it are found without their date), and leave
`doc._.mentions` (quantities and times in the order of print), `doc._.offices` and `doc._.deeds`.
"""

from collections.abc import Callable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extractor.annotation.activities import find_activities
from extractor.annotation.counted_nouns import Amount, counted
from extractor.annotation.offices import find_offices
from extractor.annotation.tokens import doc_to_words
from extractor.grammar.prose_dates import find_times
from extractor.grammar.prose_quantities import find_quantities

TIMES, QUANTITIES, OFFICES = "extractor_times", "extractor_quantities", "extractor_offices"
ACTIVITIES = "extractor_activities"
# In this order: what is a time is no quantity.
OF_WORDS = (TIMES, QUANTITIES, OFFICES)

for _name, _default in (("fiscal_year", None), ("mentions", ()), ("offices", ()), ("deeds", ())):
    Doc.set_extension(_name, default=_default, force=True)

Component = Callable[[Doc], Doc]


@Language.factory(TIMES, default_config={"fiscal_year": None})
def times(nlp: Language, name: str, fiscal_year: int | None) -> Component:
    """Times, as mentions; `fiscal_year` is that of documents which have none of their own."""

    def component(doc: Doc) -> Doc:
        year = doc._.fiscal_year
        doc._.mentions = tuple(find_times(doc_to_words(doc), fiscal_year if year is None else year))
        return doc

    return component


@Language.factory(QUANTITIES)
def quantities(nlp: Language, name: str) -> Component:
    """Quantities, as mentions among those that are there."""

    def component(doc: Doc) -> Doc:
        words = doc_to_words(doc)
        times = [(time.start, time.end) for time in doc._.mentions]
        found = list(find_quantities(words, times))
        amounts = [Amount(one.start, one.end, one.quantity.unit, one.quantity.value) for one in found if one.quantity]
        nouns = counted(words, amounts, times)
        named = [replace(mention, counted=noun) for mention, noun in zip(found, nouns, strict=True)]
        doc._.mentions = tuple(sorted((*doc._.mentions, *named), key=lambda one: (one.start, one.end)))
        return doc

    return component


@Language.factory(OFFICES)
def offices(nlp: Language, name: str) -> Component:
    """Offices that are named."""

    def component(doc: Doc) -> Doc:
        doc._.offices = tuple(find_offices(doc))
        return doc

    return component


@Language.factory(ACTIVITIES)
def activities(nlp: Language, name: str) -> Component:
    """Activities; needs the dependency tree."""

    def component(doc: Doc) -> Doc:
        doc._.deeds = tuple(find_activities(doc, doc._.mentions))
        return doc

    return component
