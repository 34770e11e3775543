"""Words: what records, fields, kinds and the page's parts are called in either language."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from extractor.checks.codes import YEARS_CODES, codes
from extractor.records.messages import Language
from extractor.records.report import Finding

__all__ = ["Language", "message_in", "word", "words"]


@cache
def words(language: Language) -> dict[str, Any]:
    """Load all words of a language.

    Groups of them (`kinds`, `records`, `fields` …) are mappings.
    """
    text = (resources.files("extractor.reporting") / "words.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)[language]
    # In English a code is called by its name.
    titles = {code: entry.title for code, entry in codes().items()} if language == "ja" else {}
    found["codes"] = titles
    found["years"]["codes"] = {code: titles[code] for code in YEARS_CODES if code in titles}
    return found


def message_in(finding: Finding, language: Language) -> str:
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
    return str(words(language)[group].get(name, name if group == "codes" else name.replace("_", " ")))
