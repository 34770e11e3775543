"""The registry of finding codes: what each means and what to do. docs/findings.md is written from it.

`python -m extractor.checks.codes docs/findings.md` writes the table of the docs anew.
"""

import re
import sys
from functools import cache
from pathlib import Path

from extractor.records.messages import Bilingual, Data, message_table
from extractor.records.report import Severity

# The codes of `extractor years`, which say one report against another.
YEARS_CODES = ("restated-value", "continuity-break")
_HEAD = "| code | 日本語 | severity | when | what to do |\n| --- | --- | --- | --- | --- |\n"


class Meaning(Bilingual):
    """What it means that a finding of one severity is there."""

    severity: Severity


class CodeEntry(Data):
    """A finding code: its Japanese title, its meaning by severity (the usual one first), and what to do."""

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


def write_docs_table(years: bool = False) -> str:
    """Write the codes as a Markdown table, a row for each severity of a code.

    Args:
        years: Write those of `extractor years`, and not those of a report.
    """
    rows = []
    for code, entry in codes().items():
        if (code in YEARS_CODES) is years:
            for number, meaning in enumerate(entry.meanings):
                names = (f"`{code}`", entry.title) if number == 0 else ("", "")
                action = entry.action.en if number == 0 else ""
                rows.append("| " + " | ".join([*names, meaning.severity, meaning.en, action]) + " |")
    return _HEAD + "\n".join(rows) + "\n"


def replace_tables(text: str) -> str:
    """Replace the two tables of docs/findings.md, those of a report and of `extractor years`, by the registry's."""
    tables = iter((write_docs_table(), write_docs_table(years=True)))
    return re.sub(r"(?:^\|.*\n)+", lambda _: next(tables), text, flags=re.MULTILINE)


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(replace_tables(path.read_text(encoding="utf-8")), encoding="utf-8")
