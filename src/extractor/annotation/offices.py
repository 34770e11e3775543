"""Find the offices that prose names, by the endings in `offices.toml`."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import groupby

from pydantic import BaseModel, ConfigDict
from spacy.tokens import Doc, Token

from extractor.grammar.mentions import OfficeMention
from extractor.grammar.office_names import ends_as_office

_NOMINAL = ("名詞-普通名詞", "名詞-固有名詞", "名詞-数詞", "接頭辞", "接尾辞")


class OfficeEndings(BaseModel):
    """The content of `offices.toml`; the comments there say what each list is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    suffixes: tuple[str, ...]
    others: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[str, ...]


@cache
def office_endings() -> OfficeEndings:
    """Load the endings from the package, once a process."""
    text = resources.files("extractor.annotation").joinpath("offices.toml").read_text(encoding="utf-8")
    return OfficeEndings.model_validate(tomllib.loads(text))


def find_offices(doc: Doc) -> Iterator[OfficeMention]:
    """Find the offices that a text names, in the order of print."""
    for nominal, tokens in groupby(doc, _is_nominal):
        run = list(tokens)
        name = doc[run[0].i : run[-1].i + 1].text
        if nominal and _is_office(name) and name != run[-1].text:
            yield OfficeMention(run[0].idx, run[-1].idx + len(run[-1]), name)


def _is_nominal(token: Token) -> bool:
    return token.tag_.startswith(_NOMINAL)


def _is_office(name: str) -> bool:
    """Check whether a composed noun ends as an office does."""
    endings = office_endings()
    return ends_as_office(name, endings.suffixes, endings.others)
