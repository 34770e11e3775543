"""What a person does to a page, with keys and a mouse, each stroke and click counted; and pictures of it."""

import base64
import json
import os
import time
from pathlib import Path
from typing import Any

from press.browser import Browser
from press.tab import Tab

# Where the pictures are kept; without it they go with the test's own folder.
PICTURES = "REHEARSAL_PICTURES"
WIDTH, HEIGHT = 1400, 900
_SECONDS = 30


class Hand:
    """A page that is open in a browser, and a person before it. `struck`: keys and clicks so far."""

    def __init__(self, running: Browser, page: Path, pictures: Path) -> None:
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        running.ask("Emulation.setDeviceMetricsOverride", **size)
        self.tab, self.struck = Tab(running, page), 0
        self._downloads = page.parent
        self._pictures = Path(os.environ.get(PICTURES) or pictures)
        running.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self._downloads))

    def js(self, expression: str) -> Any:
        """The value of an expression in the page."""
        return self.tab.js(expression)

    def count_open(self) -> int:
        """How many changes are open."""
        return int(self.js("changes.filter(isOpen).length"))

    def count_said(self, verdict: str) -> int:
        """Of how many changes this was said."""
        return int(self.js(f"changes.filter((one) => decided(one).verdict === '{verdict}').length"))

    def press(self, *keys: str) -> None:
        """Strike keys."""
        self.struck += len(keys)
        self.tab.press(*keys)

    def type(self, text: str, *then: str) -> None:
        """Type a text where the cursor is, and strike keys after it."""
        self.struck += len(text)
        self.tab.browser.ask("Input.insertText", text=text)
        self.press(*then)

    def click(self, selector: str, holding: str = "") -> None:
        """Click in the middle of the first element that is seen and has this text in it."""
        where = self.js(
            f"(() => {{ const one = [...document.querySelectorAll({json.dumps(selector)})].find((one) =>"
            f"one.checkVisibility() && one.textContent.includes({json.dumps(holding)})); if (!one) return null;"
            "one.scrollIntoView({ block: 'center' }); const box = one.getBoundingClientRect();"
            "return [box.left + box.width / 2, box.top + box.height / 2]; })()"
        )
        assert where is not None, f"nothing to click: {selector} {holding}"
        self.struck += 1
        for kind in ("mousePressed", "mouseReleased"):
            at = {"x": where[0], "y": where[1], "button": "left", "clickCount": 1}
            self.tab.browser.ask("Input.dispatchMouseEvent", type=kind, **at)

    def find(self, text: str, value: str = "") -> None:
        """Search, and go to the first that is found and whose value begins so."""
        self.press("/")
        self.type(text, "Enter")
        while value and not self.js(f"joined(looked.after).startsWith({json.dumps(value)})"):
            assert self.js("at < shown.length - 1"), f"{text} {value} is not shown"
            self.press("j")

    def leave_search(self) -> None:
        """Show all again."""
        self.press("/", "Escape")

    def save(self, name: str) -> Path:
        """Click what saves the decisions; the file as the browser wrote it."""
        path = self._downloads / name
        path.unlink(missing_ok=True)
        self.click("button.save, #save")
        until = time.monotonic() + _SECONDS
        while not path.exists() and time.monotonic() < until:
            time.sleep(0.05)
        return path

    def look(self, name: str) -> None:
        """Take a picture of what is seen."""
        self._pictures.mkdir(parents=True, exist_ok=True)
        picture = self.tab.browser.ask("Page.captureScreenshot", format="png")["data"]
        (self._pictures / f"{name}.png").write_bytes(base64.b64decode(picture))
