"""The same bytes for the same input, wherever and however it is run."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import extractor
from extractor.runtime.fingerprint import LANGUAGE_LIBRARIES, LIBRARIES
from reports import INPUTS, ROOT, report_text

pytestmark = pytest.mark.slow

# One input of each kind: a PDF and a transcript.
BOTH = [path for path in INPUTS if path.name in {"aomori-sme-2022.pdf", "aomori-sme-2023-transcript.txt"}]
# Two runs that differ in all of this at once. Were any of it to reach an output, the runs would not be equal: two
# influences cannot cancel out in every byte of every output. The third reading is that of this process (reports.py).
ONE = {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC", "COLUMNS": "200"}
# Without PYTHONUTF8=0, Python itself would make UTF-8 of the C locale.
OTHER = {"PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Asia/Tokyo", "COLUMNS": "40"}


def run(cwd: Path, arguments: list[str], environment: dict[str, str]) -> dict[str, bytes]:
    """The outputs of a run, by file name; without run.json, which holds what may differ."""
    done = subprocess.run(
        [sys.executable, "-m", "extractor", "run", "--quiet", *arguments],
        cwd=cwd,
        env={name: value for name, value in os.environ.items() if name != "PYTHONUTF8"} | environment,
        timeout=300,
    )
    assert done.returncode in {0, 1}, "an input could not be read"
    return {path.name: path.read_bytes() for path in (cwd / "output").iterdir() if path.name != "run.json"}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Of a run over copies in a relative folder, one at a time; and of one over absolute paths in another order."""
    here, there = tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("there")
    (here / "raw").mkdir()
    for path in BOTH:
        shutil.copyfile(path, here / "raw" / path.name)
        shutil.copyfile(path.with_suffix(".toml"), here / "raw" / f"{path.stem}.toml")
    absolute = [str(path.resolve()) for path in reversed(BOTH)]
    return run(here, ["--jobs", "1"], ONE), run(there, ["--jobs", "2", *absolute], OTHER)


def test_runs_that_differ_in_all_else_write_the_same_bytes(
    outputs: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    one, other = outputs
    assert set(one) == {f"{path.stem}.json" for path in BOTH}
    # Names alone: of two large unequal texts pytest would show more than anyone reads.
    assert set(one) == set(other)
    assert [name for name in one if one[name] != other[name]] == []


def test_run_writes_what_is_read_in_this_process(outputs: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    # The golden test compares the latter, so it speaks for the former.
    assert [path.name for path in BOTH if outputs[0][f"{path.stem}.json"] != report_text(path).encode()] == []


@pytest.mark.parametrize("path", INPUTS, ids=[path.name for path in INPUTS])
def test_output_is_plain_text_that_every_system_writes_alike(path: Path) -> None:
    text = report_text(path)
    assert "\r" not in text
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("path", INPUTS, ids=[path.name for path in INPUTS])
def test_output_holds_no_host_path_time_or_version(path: Path) -> None:
    # Times and paths of the runs differ, so that the test above would find them; hosts and versions are the same there.
    text = report_text(path)
    versions = [metadata.version(name) for name in (*LIBRARIES, *LANGUAGE_LIBRARIES)]
    unwanted = [platform.node(), platform.python_version(), extractor.__version__, *versions]
    assert [word for word in unwanted if word and re.search(rf"(?<![\w.]){re.escape(word)}(?![\w.])", text)] == []
    assert str(ROOT) not in text
    assert json.loads(text)["source"]["file"] == path.name
    assert re.findall(r"\d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d", text) == []
