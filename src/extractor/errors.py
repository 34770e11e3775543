"""Errors: what a caller of the package may have to handle."""

import re

LONGEST_NOTE = 200  # characters of a message of a library


class CannotRead(Exception):  # noqa: N818 - it is an outcome that is reported, not a fault of the program
    """An input that gives no report, for a reason a person can act on.

    `status` is one of the fixed words of `run.json`; the message is one line without the file's name.
    """

    def __init__(self, status: str, message: str, page: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.page = page

    def __reduce__(self) -> tuple[type["CannotRead"], tuple[str, str, int | None]]:
        return type(self), (self.status, str(self), self.page)  # an exception is pickled by its args alone otherwise


class RequestRefused(Exception):  # noqa: N818 - what was asked for is at fault, not the program
    """Something asked for that cannot be done; the message says why on one line. Nothing was changed.

    The commands end with exit code 2.
    """


class CannotTake(RequestRefused):
    """Some changes of a report cannot be taken without others."""


class Refused(RequestRefused):
    """Nothing of a report is taken."""


class NoDecisions(RequestRefused):
    """A file that holds no decisions, or decisions on other files than those that are there."""


class CannotReview(RequestRefused):
    """There is nothing to review."""


def shorten_message(text: str) -> str:
    """Make a short line of printable ASCII without memory addresses, the same on every run."""
    short = re.sub(r" at 0x[0-9a-fA-F]+", "", text[: 4 * LONGEST_NOTE])
    short = " ".join(short.encode("ascii", "backslashreplace").decode("ascii").split())
    short = re.sub(r"[\x00-\x1f\x7f]", "?", short)
    return short if len(short) <= LONGEST_NOTE else short[: LONGEST_NOTE - 3] + "..."
