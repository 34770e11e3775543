"""One browser for the rehearsals of a file."""

from collections.abc import Iterator

import pytest

from press import browser
from press.browser import Browser
from press.tab import needed


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    needed()
    with browser.running(tmp_path_factory.mktemp("browser")) as found:
        yield found
