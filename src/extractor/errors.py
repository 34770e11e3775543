"""Errors: one class for each family of failures that a caller of the package may have to handle.

In: what went wrong. Out: an exception with one line of text and the exit code by which a command says it. A failure
that is none of these is a fault of the program (exit code 70).
"""

import re

from extractor.language import Language, Translatable, render_text

LONGEST_NOTE = 200  # characters of a message of a library


class ExtractorError(Exception):
    """What all failures have in common.

    The message is one line, without the file's name: a text, or what can be said in both languages.

    Attributes:
        exit_code: What a command ends with that fails so.
    """

    exit_code = 2

    def __init__(self, message: str | Translatable) -> None:
        super().__init__(message)

    def render(self, language: Language) -> str:
        """Write the message in a language."""
        return render_text(self.args[0], language)


class CannotRead(ExtractorError):  # noqa: N818 - it is an outcome that is reported, not a fault of the program
    """An input that gives no report, for a reason a person can act on.

    Attributes:
        status: One of the fixed words of `run.json` (`encrypted`, `not-a-report` …; the README lists them).
        page: The page that it is about, counted from 1; None where it is about the whole file.
        reason: The message.

    >>> refusal = CannotRead("damaged", "the page has no usable size", 3)
    >>> refusal.status, refusal.page, refusal.reason, refusal.exit_code
    ('damaged', 3, 'the page has no usable size', 2)
    """

    def __init__(self, status: str, message: str | Translatable, page: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.page = page

    @property
    def reason(self) -> str:
        """The message, in English."""
        return str(self)

    def __reduce__(self) -> tuple[type["CannotRead"], tuple[str, str | Translatable, int | None]]:
        return type(self), (self.status, self.args[0], self.page)  # an exception is pickled by its args alone otherwise


class InvalidFile(ExtractorError):  # noqa: N818 - the file is at fault
    """A file of the program's own that is not as it must be.

    It is an output, a series file, or decisions.
    """


class RequestRefused(ExtractorError):  # noqa: N818 - what was asked for is at fault, not the program
    """Something asked for that cannot be done with the files that are there.

    Nothing was changed.
    """


class Refused(RequestRefused):
    """Nothing of a report is taken."""


class NoDecisions(RequestRefused):
    """A file without decisions, or with decisions on other files than are there."""


class CannotReview(RequestRefused):
    """There is nothing to review."""


def shorten_message(text: str) -> str:
    r"""Make a short line of printable ASCII without memory addresses.

    It is the same on every run.

    >>> shorten_message("<PDFStream at 0x7f3a>:\nno 年")
    '<PDFStream>: no \\u5e74'
    """
    short = re.sub(r" at 0x[0-9a-fA-F]+", "", text[: 4 * LONGEST_NOTE])
    short = " ".join(short.encode("ascii", "backslashreplace").decode("ascii").split())
    short = re.sub(r"[\x00-\x1f\x7f]", "?", short)
    return short if len(short) <= LONGEST_NOTE else short[: LONGEST_NOTE - 3] + "..."
