"""The finders of this package as components of any spaCy pipeline, and GiNZA with all of them.

In: `doc._.fiscal_year`, the report's (None: times that need it are found without their date). Out: `doc._.mentions`
(quantities and times in the order of print), `doc._.offices` and `doc._.deeds` (activities).
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops

from extractor.annotation.activities import find_activities
from extractor.annotation.counted_nouns import name_counted_nouns
from extractor.annotation.linked_amounts import link_amounts
from extractor.annotation.terms import find_offices
from extractor.grammar.prose_dates import find_times
from extractor.grammar.prose_quantities import find_quantities
from extractor.grammar.tokens import Word, WordSequence

MODEL = "ja_ginza"
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
        nouns = name_counted_nouns(words, found, times)
        named = (replace(mention, counted=noun) for mention, noun in zip(found, nouns, strict=True))
        mentions = sorted((*doc._.mentions, *named), key=lambda mention: (mention.start, mention.end))
        return link_amounts(words.plain, mentions)

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


def doc_to_words(doc: Doc) -> WordSequence:
    """Return the document's text with the place, text and part of speech of each of its words."""
    words = [Word(token.idx, token.idx + len(token.text), token.text, token.tag_) for token in doc]
    return WordSequence(doc.text, words)


def load_model() -> Language:
    """Load GiNZA with the components of this package.

    Facts and offices need words alone, activities the tree.

    Names of entities are left out: GiNZA's misread dates, and nothing is taken from them. So are three parts that
    nothing here reads, of which one (`bunsetu_recognizer`) takes cubic time for long lists. NumPy's own products of
    matrices take a seventh of the time of BLIS for sentences as short as these, and give the same trees.
    """
    set_current_ops(NumpyOps(use_blis=False))
    nlp = spacy.load(MODEL, exclude=["ner", "morphologizer", "compound_splitter", "bunsetu_recognizer"])
    for name in OF_WORDS:
        nlp.add_pipe(name, before="tok2vec")
    nlp.add_pipe(ACTIVITIES, last=True)
    return nlp
