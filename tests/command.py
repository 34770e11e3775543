"""The command line, as a person runs it: in a process and a folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

from reports import ROOT


def extractor(
    *arguments: str | bytes | Path, cwd: Path = ROOT, stdout: int = subprocess.PIPE, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """What became of a run of the command."""
    return subprocess.run(
        [sys.executable, "-m", "extractor", *arguments],
        cwd=cwd,
        # An empty FORCE_COLOR is as none: what calls the tests may have set it.
        env=os.environ | {"FORCE_COLOR": ""} | environment,
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        timeout=300,
    )
