"""Words: what records, fields, kinds and the page's parts are called in either language."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Literal

Language = Literal["ja", "en"]


@cache
def words(language: Language) -> dict[str, Any]:
    """All words of a language; groups of them (`kinds`, `records`, `fields` …) are mappings."""
    text = (resources.files("extractor.reporting") / "words.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)[language]
    return found


def word(language: Language, group: str, name: str) -> str:
    """One word of a group; a name that has none, with blanks for its underscores."""
    return str(words(language)[group].get(name, name if group == "codes" else name.replace("_", " ")))
