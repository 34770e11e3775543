"""Messages: what the program says of a report, as data first: a key with parameters.

`messages.toml` holds the sentences of each key in English and Japanese, and what each finding code means. No other
module holds a sentence of a finding or a reason, and none reads one back.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from pydantic import BaseModel, ConfigDict

from extractor.language import Language, fill_template
from extractor.records.report import Finding, Severity, Source


class StrictModel(BaseModel):
    """What all parts of the table have in common: nothing unknown in them."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(StrictModel):
    """A text in both languages."""

    en: str
    ja: str


class Sentence(Bilingual):
    """The two templates of a message, with parameters to try them with.

    `severity` is that of its findings; None of a reason. An example's text `@key` is the message of that key.
    """

    severity: Severity | None = None
    examples: tuple[dict[str, str | int | float | tuple[str, ...]], ...] = ({},)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence, or a part of one: a key of `messages.toml` and its parameters, by name.

    The key is a group and a variant, such as `blank-cell.value`. The group of a finding's message is its code.
    """

    key: str
    parameters: tuple[tuple[str, Any], ...] = ()

    @property
    def code(self) -> str:
        """The finding code, or the group of reasons."""
        return self.key.partition(".")[0]

    @property
    def severity(self) -> Severity:
        """The severity of a finding with this message."""
        severity = sentences()[self.key].severity
        assert severity is not None, f"{self.code} is no finding code"
        return severity

    def render(self, language: Language) -> str:
        """Write the message in a language."""
        template = sentences()[self.key]
        text: str = getattr(template, language)
        return fill_template(text, language, dict(self.parameters))

    def __str__(self) -> str:
        return self.render("en")


def make_message(key: str, /, **parameters: Any) -> Message:
    """Make a message.

    Args:
        key: Group and variant, as in `messages.toml`.
        parameters: Texts as printed, numbers, further messages (a reason within a sentence), or tuples of these.

    >>> why = make_message("unreadable.no-number")
    >>> cell = make_message("unreadable-value.cell", text="なし", why=why)
    >>> str(cell), cell.render("ja")
    ('なし cannot be read: there is no number in it', '「なし」は読取不能（数字がない）')
    """
    return Message(key, tuple(sorted(parameters.items())))


def make_finding(message: Message, pointer: str, source: Source) -> Finding:
    """Make the finding that says a message.

    Args:
        message: Of a key whose group is a finding code.
        pointer: RFC 6901, into the report.
        source: Where it stands.

    Returns:
        The finding, with the code and the severity of the message and its text in both languages.
    """
    return Finding(
        code=message.code,
        severity=message.severity,
        message=message.render("en"),
        pointer=pointer,
        source=source,
        message_ja=message.render("ja"),
    )


@cache
def message_table() -> dict[str, dict[str, Any]]:
    """Read `messages.toml`: a table for each finding code and each group of reasons."""
    text = (resources.files("extractor.records") / "messages.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


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
