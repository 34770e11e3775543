"""Messages: what the program says of a report, as data first: a key with parameters.

`messages.toml` holds the sentences of each key in English and Japanese, and what each finding code means. No other
module holds a sentence of a finding or a reason, and none reads one back.
"""

import errno
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from extractor.errors import CannotRead
from extractor.language import Language, fill_template

if TYPE_CHECKING:  # that nothing has changed, or why a file is refused, is said without the records
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from extractor.records.report import Finding, Severity, Source


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
    def severity(self) -> "Severity":
        """The severity of a finding with this message."""
        group = message_table()[self.code]
        assert "meanings" in group, f"{self.code} is no finding code"
        severity: Severity = self._sentence.get("severity", group["meanings"][0]["severity"])
        return severity

    def render(self, language: Language) -> str:
        """Write the message in a language."""
        return fill_template(self._sentence[language], language, dict(self.parameters))

    @property
    def _sentence(self) -> dict[str, Any]:
        group, _, variant = self.key.partition(".")
        sentence: dict[str, Any] = message_table()[group]["sentences"][variant]
        return sentence

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


def make_refusal(key: str, /, page: int | None = None, **parameters: Any) -> CannotRead:
    """Make the error of an input that gives no report.

    Args:
        key: Its status, as in `run.json`, and the variant: a key of `messages.toml`.
        page: The page that it is about, from 1; None: it is about the whole file.
        parameters: As of `make_message`.

    Returns:
        The error, to be raised.

    >>> make_refusal("damaged.page-tree", 3).render("ja")
    '頁の一覧がない'
    """
    message = make_message(key, **parameters)
    return CannotRead(message.code, message, page)


def explain_os_error(error: OSError) -> Message:
    """Say why the system, or this program, does not open or write a file."""
    said: object = error.strerror  # the program's own errors have a message there
    if isinstance(said, Message):
        return said
    name = errno.errorcode.get(error.errno or 0, "other")
    known = name in message_table()["system"]["sentences"]
    return make_message(f"system.{name if known else 'other'}", text=str(error.strerror), code=name)


def explain_mistake(error: "ValidationError") -> Message:
    """Say the first thing that is wrong in a file of the program's own, without its place."""
    first = _first_mistake(error)
    kind = re.sub(r"_type$|_parsing$|_tag_invalid$", "", first["type"])
    known = kind in message_table()["mistake"]["sentences"]
    return make_message(f"mistake.{kind if known else 'other'}", text=first["msg"].splitlines()[0], kind=first["type"])


def locate_mistake(error: "ValidationError") -> str:
    """Give the place of the first thing that is wrong in a file of the program's own: `reports/0/leaves`."""
    return "/".join(map(str, _first_mistake(error)["loc"]))


def _first_mistake(error: "ValidationError") -> "ErrorDetails":
    return error.errors(include_url=False, include_context=False, include_input=False)[0]


def explain_syntax_error(error: Exception) -> Message:
    """Say where a file is no JSON or TOML, as the library that reads it found."""
    text = " ".join(str(error).splitlines()[0].split()) if str(error) else type(error).__name__
    place = re.search(r"line (\d+),? column (\d+)", text)
    if place is None:
        return make_message("syntax.somewhere", text=text)
    return make_message("syntax.place", text=text, line=place[1], column=place[2])


def make_finding(message: Message, pointer: str, source: "Source") -> "Finding":
    """Make the finding that says a message.

    Args:
        message: Of a key whose group is a finding code.
        pointer: RFC 6901, into the report.
        source: Where it stands.

    Returns:
        The finding, with the code and the severity of the message and its text in both languages.
    """
    from extractor.records.report import Finding

    return Finding(
        code=message.code,
        severity=message.severity,
        message=message.render("en"),
        pointer=pointer,
        source=source,
        message_ja=message.render("ja"),
    )


def report_finding(key: str, pointer: str, source: "Source", /, **parameters: Any) -> "Finding":
    """Make a message and the finding that says it.

    Args:
        key: Group and variant of the message; the group is a finding code.
        pointer: RFC 6901, into the report.
        source: Where it stands.
        parameters: Those of the message (`make_message`).

    Returns:
        The finding.
    """
    return make_finding(make_message(key, **parameters), pointer, source)


@cache
def message_table() -> dict[str, dict[str, Any]]:
    """Read `messages.toml`: a table for each finding code and each group of reasons."""
    text = (resources.files("extractor.records") / "messages.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
