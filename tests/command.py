"""The command line, as a person runs it: in a folder of its own, and where it matters in a process of its own."""

import io
import os
import re
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from extractor.cli.app import app
from extractor.language import choose_language
from extractor.runtime.process_end import end_in_order
from reports import ROOT

PROGRESS = re.compile(r"^\d+ s: \d+ of \d+ done, reading .*\n", re.MULTILINE)


def extractor(
    *arguments: str | bytes | Path,
    cwd: Path = ROOT,
    stdout: int = subprocess.PIPE,
    apart: bool = False,
    **environment: str,
) -> "subprocess.CompletedProcess[str]":
    """What became of a run of the command; without the lines of a slow machine on how far it has come.

    `apart`: in a process of its own, where that matters; so it is wherever a stream or an environment is given.
    """
    if apart or environment or stdout != subprocess.PIPE:
        done = _run_apart(*arguments, cwd=cwd, stdout=stdout, **environment)
    else:
        told = here(*map(os.fsdecode, arguments), cwd=cwd)
        done = subprocess.CompletedProcess(arguments, told.code, told.stdout, told.stderr)
    done.stderr = PROGRESS.sub("", done.stderr)
    return done


def _run_apart(
    *arguments: str | bytes | Path, cwd: Path, stdout: int, **environment: str
) -> "subprocess.CompletedProcess[str]":
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


@dataclass(frozen=True)
class Done:
    """What became of a command in this process."""

    code: int
    stdout: str
    stderr: str


def here(*arguments: str | Path, cwd: Path) -> Done:
    """What becomes of a command in this process: as `extractor`, but for signals and the streams of the system."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        code = end_in_order(lambda: app([str(one) for one in arguments], prog_name="extractor"))
    # What was asked for is not asked for by the next test.
    choose_language([], os.environ)
    return Done(code, out.getvalue(), err.getvalue())
