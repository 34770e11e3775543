"""Offices: the divisions that prose names."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from pydantic import BaseModel, ConfigDict
from spacy.tokens import Doc, Token

from extractor.grammar.mentions import Named
from extractor.grammar.office_names import ends_as_office


class OfficeWords(BaseModel):
    """All of `offices.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    suffixes: tuple[str, ...]
    others: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[str, ...]


@cache
def office_words() -> OfficeWords:
    """The words of offices, from the package."""
    text = resources.files("extractor.annotation").joinpath("offices.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    return OfficeWords.model_validate(data)


def find_offices(doc: Doc) -> Iterator[Named]:
    """The offices that a text names, in the order of print."""
    first = 0
    for token in doc:
        following = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if not _composes(token):
            first = token.i + 1
        elif following is None or not _composes(following):
            name = doc[first : token.i + 1].text
            if _is_office(name, doc[first : token.i + 1].text.removesuffix(token.text)):
                yield Named(doc[first].idx, token.idx + len(token), name)


def _composes(token: Token) -> bool:
    """Whether a word is part of a composed noun."""
    return token.tag_.startswith(("名詞-普通名詞", "名詞-固有名詞", "名詞-数詞", "接頭辞", "接尾辞"))


def _is_office(name: str, before: str) -> bool:
    """Whether a composed noun names an office: it ends as one, and something says which."""
    words = office_words()
    return ends_as_office(name, words.suffixes, words.others) and before != ""
