"""The registry of finding codes: what each means and what to do.

docs/findings.md is written from it.

`python -m extractor.checks.codes docs/findings.md` writes the lists of the docs anew.
"""

import re
import sys
import textwrap
from functools import cache
from pathlib import Path
from typing import Any

from extractor.records.findings import Bilingual, StrictModel
from extractor.records.messages import message_table
from extractor.records.report import Severity
from extractor.runtime.atomic_write import write_atomically
from extractor.runtime.files import LARGEST_BY_HAND, read_text_file

# The codes of `extractor years`, which say one report against another.
YEARS_CODES = ("restated-value", "continuity-break")


class Sentence(Bilingual):
    """The two templates of a message, with parameters to try them with.

    `severity` is that of its findings; None of a reason. An example's text `@key` is the message of that key.
    """

    severity: Severity | None = None
    examples: tuple[dict[str, str | int | float | tuple[str, ...]], ...] = ({},)


class Meaning(Bilingual):
    """What it means that a finding of one severity is there."""

    severity: Severity


class CodeEntry(StrictModel):
    """A finding code.

    It has a Japanese title, its meaning by severity (the usual one first), and what to do.
    """

    title: str
    meanings: tuple[Meaning, ...]
    action: Bilingual


@cache
def codes() -> dict[str, CodeEntry]:
    """Read all finding codes, in the order in which they are documented."""
    return {
        code: CodeEntry.model_validate({name: value for name, value in entry.items() if name != "sentences"})
        for code, entry in message_table().items()
        if "meanings" in entry
    }


@cache
def sentences() -> dict[str, Sentence]:
    """Read all sentences, by their keys.

    Those of codes have the severity of the code where they have none.
    """
    return {
        f"{group}.{variant}": Sentence.model_validate(_usual_severity(entry) | sentence)
        for group, entry in message_table().items()
        for variant, sentence in entry["sentences"].items()
    }


def _usual_severity(entry: dict[str, Any]) -> dict[str, Any]:
    return {"severity": entry["meanings"][0]["severity"]} if "meanings" in entry else {}


def write_docs_section(years: bool = False) -> str:
    """Write the codes as Markdown, a heading for each.

    Under it are its title, what each severity means, and what to do.

    Args:
        years: Write those of `extractor years`, and not those of a report.

    Returns:
        Lines of at most 120 characters, with the Japanese texts behind the English ones.
    """
    lines: list[str] = []
    for code, entry in codes().items():
        if (code in YEARS_CODES) is not years:
            continue
        lines += [f"### `{code}`: {entry.title}", ""]
        for meaning in entry.meanings:
            lines += _wrap_item(f"{meaning.severity}: {meaning.en}", meaning.ja)
        lines += [*_wrap_item(f"What to do: {entry.action.en}", entry.action.ja), ""]
    return "\n".join(lines) + "\n"


def _wrap_item(english: str, japanese: str) -> list[str]:
    """Wrap an item of a list: the English text by its blanks, the Japanese one wherever a line is full."""
    lines = textwrap.wrap(english, 116, break_long_words=False, break_on_hyphens=False)
    lines[-1] += "  "  # a line break
    lines += textwrap.wrap(japanese, 116)
    return [("- " if number == 0 else "  ") + line for number, line in enumerate(lines)]


def replace_sections(text: str) -> str:
    """Replace the two lists of docs/findings.md by the registry's.

    They are those of a report and of `extractor years`.
    """
    sections = iter((write_docs_section(), write_docs_section(years=True)))
    made = re.sub(r"(?:^### (?:.*\n)(?:(?!## ).*\n)*)+", lambda _: next(sections), text, flags=re.MULTILINE)
    return made.rstrip() + "\n"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    write_atomically(path, replace_sections(read_text_file(path, LARGEST_BY_HAND)))
