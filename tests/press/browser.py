"""Reports printed by headless Chromium, as many as are wanted in one run of it.

It is spoken to over a pair of pipes (DevTools protocol, messages in JSON that end in a zero byte): a run of its own for
every file would take several times as long.
"""

import base64
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2

from press.fonts import has_font
from press.html import POSTSCRIPT, TRUETYPE, Fonts, document
from press.imposition import impose
from press.model import Printed, ReportModel
from press.style import Style

_NAMES = ("chromium", "chromium-browser")
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--remote-debugging-pipe",
)
# Where one glyph stands for two characters, the PDF's fonts name this one.
READS_AS = {"―": "—"}
# For any one answer; ample on a machine that is busy.
ANSWER_SECONDS = 90
# The page numbers in the list may push a row to the next page, once.
PASSES = 3


def find() -> str | None:
    """The browser's path."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


@cache
def missing() -> str | None:
    """What this producer needs and the machine has not; None: all is there."""
    if find() is None:
        return "chromium (Debian: chromium)"
    packages = {TRUETYPE: "fonts-ipafont", POSTSCRIPT: "fonts-noto-cjk"}
    for fonts, package in packages.items():
        for font in (fonts.mincho, fonts.gothic):
            if not has_font(font):
                return f"the font {font} (Debian: {package})"
    return None


def typeset(model: ReportModel, style: Style, fonts: Fonts = TRUETYPE) -> Printed:
    """One report."""
    return typeset_all([(model, style, fonts)])[0]


def typeset_all(wanted: Sequence[tuple[ReportModel, Style, Fonts]]) -> list[Printed]:
    """Several reports in one run, in order."""
    # Its helpers may still be writing when it is stopped.
    with tempfile.TemporaryDirectory(prefix="press-", ignore_cleanup_errors=True) as there:
        folder = Path(there)
        with running(folder) as browser:
            return [_typeset(browser, folder, *one) for one in wanted]


def _typeset(browser: "Browser", folder: Path, model: ReportModel, style: Style, fonts: Fonts) -> Printed:
    """Print until the numbers in the list are those of the pages on which the programmes begin."""
    labels: Mapping[str, str] = {}
    page = folder / "report.html"
    for _ in range(PASSES):
        page.write_text(document(model, style, labels, fonts), encoding="utf-8")
        pdf = browser.printed(page)
        before, labels = labels, _labels(pdf, model, style)
        if labels == before:
            return Printed(impose(pdf, style.imposed), labels, READS_AS)
    raise AssertionError("the page numbers do not settle")


def _labels(pdf: bytes, model: ReportModel, style: Style) -> dict[str, str]:
    """The number of the page on which each programme begins: the PDF's outline says that, in their order."""
    if not style.list_says_page:
        return {}
    with pypdfium2.PdfDocument(pdf) as opened:
        pages = [entry.get_dest().get_index() for entry in opened.get_toc()]
    ids = [programme_id for programme_id, _ in model.programmes()]
    return {one: str(style.first_page + page) for one, page in zip(ids, pages, strict=True)}


@contextmanager
def running(folder: Path) -> Iterator["Browser"]:
    """A running browser; at the end it is gone, with all that it started."""
    program = find()
    assert program is not None
    # It reads from file 3 and writes to file 4, and the shell is what can number files so (sh of Debian: only to 9).
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    numbered = ["bash", "-c", f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}', "bash"]
    command = [*numbered, program, *_QUIET, f"--user-data-dir={folder / 'profile'}", "about:blank"]
    with os.fdopen(ours_out, "wb", buffering=0) as out, os.fdopen(ours_in, "rb", buffering=0) as answers:
        run = subprocess.Popen(
            command,
            pass_fds=(theirs_in, theirs_out),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "HOME": str(folder)},
        )
        os.close(theirs_in)
        os.close(theirs_out)
        try:
            yield Browser(out.fileno(), answers.fileno())
        finally:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()


class Browser:
    """One open tab. `events`: what it has told without being asked."""

    def __init__(self, out: int, answers: int) -> None:
        self._out, self._answers = out, answers
        self._asked = 0
        self._buffer = b""
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")

    def go(self, page: Path) -> None:
        """Open a file, anew if it is open."""
        self.ask("Page.navigate", url=page.as_uri())
        while self._message().get("method") != "Page.loadEventFired":
            pass

    def printed(self, page: Path) -> bytes:
        """A file as PDF."""
        self.go(page)
        wanted = {"preferCSSPageSize": True, "printBackground": True, "generateDocumentOutline": True}
        return base64.b64decode(self.ask("Page.printToPDF", **wanted)["data"])

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command; its result."""
        self._asked += 1
        message: dict[str, Any] = {"id": self._asked, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while (answer := self._message()).get("id") != self._asked:
            pass
        assert "result" in answer, f"{method}: {answer}"
        result: dict[str, Any] = answer["result"]
        return result

    def _message(self) -> dict[str, Any]:
        until = time.monotonic() + ANSWER_SECONDS
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._answers], [], [], max(0.0, until - time.monotonic()))
            assert ready, f"the browser gave no answer in {ANSWER_SECONDS} s"
            more = os.read(self._answers, 1 << 20)
            assert more, "the browser ended"
            self._buffer += more
        first, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(first)
        if "method" in message:
            self.events.append(message)
        return message
