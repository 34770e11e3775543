import pytest
from spacy.language import Language

from extractor.annotation.model import load


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load()
