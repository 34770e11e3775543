"""Load GiNZA.

No other module does: it takes seconds, and what can do without it does.
"""

import spacy
from spacy.language import Language
from thinc.api import NumpyOps, set_current_ops

from extractor.annotation import spacy_components as components

MODEL = "ja_ginza"


def load_model() -> Language:
    """Load GiNZA with the components of this package.

    Facts and offices need words alone, activities the tree.

    Names of entities are left out: GiNZA's misread dates, and nothing is taken from them. So are three parts that
    nothing here reads, of which one (`bunsetu_recognizer`) takes cubic time for long lists. NumPy's own products of
    matrices take a seventh of the time of BLIS for sentences as short as these, and give the same trees.
    """
    set_current_ops(NumpyOps(use_blis=False))
    nlp = spacy.load(MODEL, exclude=["ner", "morphologizer", "compound_splitter", "bunsetu_recognizer"])
    for name in components.OF_WORDS:
        nlp.add_pipe(name, before="tok2vec")
    nlp.add_pipe(components.ACTIVITIES, last=True)
    return nlp
