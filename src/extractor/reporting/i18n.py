"""Words: what records, fields, kinds, parts of pages and options of commands are called in either language."""

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from extractor.language import Language, fill_template

if TYPE_CHECKING:  # a command's help needs words, and none of the records
    from extractor.records.report import Finding

__all__ = ["Language", "load_words", "message_in", "say", "word", "words"]


@cache
def load_words(language: Language) -> dict[str, Any]:
    """Load the words of a language as `words.toml` holds them, which is quick.

    Groups of them (`kinds`, `records`, `fields` …) are mappings.
    """
    text = (resources.files("extractor.reporting") / "words.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)[language]
    return found


@cache
def words(language: Language) -> dict[str, Any]:
    """Load all words of a language, and what finding codes are called (`codes`)."""
    from extractor.checks.codes import YEARS_CODES, codes

    # In English a code is called by its name.
    titles = {code: entry.title for code, entry in codes().items()} if language == "ja" else {}
    found = load_words(language)
    of_years = {code: titles[code] for code in YEARS_CODES if code in titles}
    return found | {"codes": titles, "years": found["years"] | {"codes": of_years}}


def say(language: Language, place: str, **parameters: Any) -> str:
    """Write a line of the terminal or of Markdown.

    Args:
        language: The language.
        place: The group and the name of the line in `words.toml`, such as `run.done`.
        parameters: What it is filled with, as `fill_template` takes it.

    Returns:
        The line.
    """
    group, _, name = place.partition(".")
    return fill_template(load_words(language)[group][name], language, parameters)


def message_in(finding: "Finding", language: Language) -> str:
    """Give a finding's sentence in a language.

    Args:
        finding: The finding.
        language: The language.

    Returns:
        The sentence; in English where it has no Japanese one (a file of schema 1.0).
    """
    return (language == "ja" and finding.message_ja) or finding.message


def word(language: Language, group: str, name: str) -> str:
    """Give one word of a group.

    Args:
        language: The language of the word.
        group: The group.
        name: What the word is for.

    Returns:
        The word; for a name that has none, the name with blanks for its underscores (a name of `codes` as it is).
    """
    known = words(language) if group == "codes" else load_words(language)
    return str(known[group].get(name, name if group == "codes" else name.replace("_", " ")))
