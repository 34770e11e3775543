import pytest
from spacy.language import Language

from extractor.annotation.spacy_components import load_model


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_model()
