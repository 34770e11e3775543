"""Which fonts the machine has."""

import shutil
import subprocess
from functools import cache


@cache
def _families() -> frozenset[str]:
    if shutil.which("fc-list") is None:
        return frozenset()
    said = subprocess.run(["fc-list", ":", "family"], capture_output=True, check=True, timeout=60).stdout.decode()
    return frozenset(name.strip() for line in said.splitlines() for name in line.split(","))


def has_font(name: str) -> bool:
    """Whether the font is installed."""
    return name in _families()
