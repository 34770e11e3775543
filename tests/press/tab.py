"""A page of this program in a headless browser, as a person uses it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from press import browser
from press.browser import Browser


def needed() -> None:
    """Skip the test where there is no browser; fail where there must be one."""
    if browser.find() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is missing")
        pytest.skip("chromium (Debian: chromium) is missing")


class Tab:
    """The page in a browser."""

    def __init__(self, running: Browser, page: Path) -> None:
        self.browser, self.page = running, page
        for domain in ("Runtime", "Log", "Network"):
            running.ask(f"{domain}.enable")
        running.events.clear()
        running.go(page)

    def js(self, expression: str) -> Any:
        """The value of an expression in the page."""
        answer = self.browser.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, *keys: str) -> None:
        """Strike keys, one after another."""
        for key in keys:
            text = {"text": key} if len(key) == 1 else {}
            for kind in ("keyDown", "keyUp"):
                self.browser.ask("Input.dispatchKeyEvent", type=kind, key=key, **(text if kind == "keyDown" else {}))

    def choose(self, name: str, value: str) -> None:
        """Set a filter."""
        self.js(
            f"(() => {{ const one = $('by-{name}'); one.value = {json.dumps(value)};"
            "one.dispatchEvent(new Event('change')); })()"
        )

    def write(self, selector: str, text: str) -> None:
        """Fill in a field."""
        self.js(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)}); one.value = {json.dumps(text)};"
            "one.dispatchEvent(new Event('input', { bubbles: true })); })()"
        )

    def count(self) -> str:
        """What the page says of how much it shows."""
        return str(self.js("$('count').textContent"))

    def complaints(self) -> list[Any]:
        """What the browser complained of, and what it asked the network for."""
        told = {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"}
        asked = [
            one["params"]["request"]["url"]
            for one in self.browser.events
            if one["method"] == "Network.requestWillBeSent"
        ]
        outside = [url for url in asked if not url.startswith(("file:", "blob:", "data:"))]
        return [one for one in self.browser.events if one["method"] in told] + outside
