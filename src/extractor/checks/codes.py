"""The registry of finding codes: what each means and what to do. docs/findings.md is written from it."""

from functools import cache
from typing import Any

from extractor.records.findings import Bilingual, StrictModel
from extractor.records.messages import message_table
from extractor.records.report import Severity

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

    def find_meaning(self, severity: Severity) -> Meaning:
        """Find what a finding of a severity means; the usual meaning where it has none of its own."""
        return next((meaning for meaning in self.meanings if meaning.severity == severity), self.meanings[0])


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
