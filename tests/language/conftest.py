import pytest
from spacy.language import Language

from reports import language_model


@pytest.fixture(scope="session")
def nlp() -> Language:
    return language_model()
