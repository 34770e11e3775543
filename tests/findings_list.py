"""Write the lists of docs/findings.md anew from the registry: `python tests/findings_list.py docs/findings.md`."""

import re
import sys
import textwrap
from pathlib import Path

from extractor.checks.codes import YEARS_CODES, codes


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
    path.write_text(replace_sections(path.read_text(encoding="utf-8")), encoding="utf-8")
