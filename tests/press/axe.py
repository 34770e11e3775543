"""axe-core on a page in the browser: what keeps somebody from using it."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from press.browser import Browser

# A window in points; at twice the size there is room for half as many.
WIDTH, HEIGHT = 1400, 900
# What is found is told by impact: critical, serious, moderate, minor. What is a matter of taste is left out.
_RUN = """axe.run(document, { preload: false, resultTypes: ["violations"] }).then((found) => found.violations.map(
  (one) => [one.impact, one.id, one.nodes.map((node) => node.target.join(" ") + ": " + node.failureSummary)]))"""


@cache
def _script() -> str:
    """axe-core as a package for Python carries it. Of that package nothing is imported: it wants another browser."""
    package = find_spec("axe_playwright_python")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).with_name("axe.min.js").read_text(encoding="utf-8")


def find_obstacles(running: Browser) -> list[Any]:
    """All that axe-core finds on the page that is open, by day, by night and at twice the size.

    Of each, the impact, the rule, and the elements with the reason.
    """
    running.ask("Runtime.evaluate", expression=_script() + ";0")
    found: list[Any] = []
    for scheme, zoom in (("light", 1), ("dark", 1), ("light", 2)):
        running.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        size = {"width": WIDTH // zoom, "height": HEIGHT // zoom, "deviceScaleFactor": zoom, "mobile": False}
        running.ask("Emulation.setDeviceMetricsOverride", **size)
        answer = running.ask("Runtime.evaluate", expression=_RUN, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        found += [(scheme, zoom, *one) for one in answer["result"]["value"]]
    running.ask("Emulation.setEmulatedMedia", features=[])
    running.ask("Emulation.clearDeviceMetricsOverride")
    return found
