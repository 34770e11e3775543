"""Whatever ends a run, each file in its folders is the old one or the new one, never half; the next run repairs."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import pytest

from made_up import MadeUp

KILLS = 12
OLD, NEW = MadeUp().text(), MadeUp().text().replace("12名", "99名")
COMMAND = [sys.executable, "-m", "extractor", "run", "--no-language", "--force"]


def write_inputs(folder: Path, text: str, count: int = 3) -> None:
    (folder / "raw").mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / "raw" / f"report{number}.txt").write_text(text, encoding="utf-8")


def run(folder: Path) -> int:
    return subprocess.run(COMMAND, cwd=folder, capture_output=True, check=False).returncode


def read_outputs(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted((folder / "output").glob("report*.json"))}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes], Path]:
    """What the old and the new inputs give, and a folder with the outputs of the old ones."""
    folder = tmp_path_factory.mktemp("whole")
    found = []
    for text in (NEW, OLD):
        write_inputs(folder, text)
        assert run(folder) == 0
        found.append(read_outputs(folder))
    return found[1], found[0], folder


def check_whole(folder: Path, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    for name, data in read_outputs(folder).items():
        assert data in (old[name], new[name]), f"{name} is half"
    json.loads((folder / "output" / "run.json").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_a_run_that_is_killed_leaves_nothing_half(
    tmp_path: Path, both: tuple[dict[str, bytes], dict[str, bytes], Path]
) -> None:
    old, new, folder = both
    shutil.copytree(folder, tmp_path / "work")
    write_inputs(tmp_path / "work", NEW)
    started = time.monotonic()
    assert run(tmp_path / "work") == 0
    seconds = time.monotonic() - started
    chance = Random(9)
    for _ in range(KILLS):
        shutil.rmtree(tmp_path / "work")
        shutil.copytree(folder, tmp_path / "work")
        write_inputs(tmp_path / "work", NEW)
        process = subprocess.Popen(
            COMMAND, cwd=tmp_path / "work", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(chance.uniform(0.0, seconds))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        check_whole(tmp_path / "work", old, new)
    assert run(tmp_path / "work") == 0
    assert read_outputs(tmp_path / "work") == new
    # What a killed run was writing beside its place is no output, and does not stay for ever.
    assert {file.suffix for file in (tmp_path / "work" / "output").iterdir()} == {".json"}


@pytest.mark.slow
def test_two_runs_into_one_folder_leave_nothing_half(
    tmp_path: Path, both: tuple[dict[str, bytes], dict[str, bytes], Path]
) -> None:
    old, new, folder = both
    shutil.copytree(folder, tmp_path / "work")
    write_inputs(tmp_path / "work", NEW)
    runs = [subprocess.Popen(COMMAND, cwd=tmp_path / "work", stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in runs] == [0, 0]
    check_whole(tmp_path / "work", old, new)
    assert read_outputs(tmp_path / "work") == new


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A file system of so many bytes, where the machine lets one be made."""
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a file system")
def test_a_full_disk_costs_no_output_that_is_there(
    tmp_path: Path, both: tuple[dict[str, bytes], dict[str, bytes], Path]
) -> None:
    old, new, folder = both
    with small_disk(tmp_path / "disk", "4m") as disk:
        shutil.copytree(folder / "output", disk / "output")
        with suppress(OSError), (disk / "filling").open("wb", buffering=0) as filling:
            while filling.write(b"x" * 4096):
                pass
        write_inputs(tmp_path, NEW)
        done = subprocess.run(
            [*COMMAND, "raw", "--out", str(disk / "output")], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 2, done
        assert "Traceback" not in done.stderr
        assert "error:" in done.stderr
        for name, data in read_outputs(disk).items():
            assert data in (old[name], new[name]), f"{name} is half"
        assert read_outputs(disk).keys() == old.keys()
