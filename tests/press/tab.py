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


# Keys that are held, as the protocol numbers them; keys that write, and keys that do something by their code.
_HELD = {"Control": 2, "Shift": 8}
_TEXTS = {"Enter": "\r"}
_CODES = {"Enter": 13, "Escape": 27, "Tab": 9}


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
        """Strike keys, one after another; `Control+z` is one with another held."""
        for struck in keys:
            *held, key = struck.split("+") if len(struck) > 1 else [struck]
            modifiers = sum(_HELD[one] for one in held)
            text = {"text": _TEXTS.get(key, key)} if (len(key) == 1 or key in _TEXTS) and "Control" not in held else {}
            code = {"windowsVirtualKeyCode": _CODES[key]} if key in _CODES else {}
            for kind in ("keyDown", "keyUp"):
                said = text if kind == "keyDown" else {}
                self.browser.ask("Input.dispatchKeyEvent", type=kind, key=key, modifiers=modifiers, **code, **said)

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
