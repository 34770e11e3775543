"""Every run ends in order: what is odd about one file costs that file alone, and signals and closed streams nothing."""

import ctypes
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from command import extractor
from reports import RAW, ROOT
from test_bad_input import PROSE, REPORT, record

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="other systems have no such names, pipes and signals"),
]

ASCII: dict[str, Any] = {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
LOCALES: dict[str, dict[str, Any]] = {"UTF-8": {"LC_ALL": "C.UTF-8"}, "ASCII": ASCII}
# 報告書, as an archive that was made with Windows names it.
CP932 = "報告書".encode("cp932")
SHOWN = r"\x95\xf1\x8d\x90\x8f\x91"


def run(cwd: Path, *arguments: str | bytes | Path, **environment: Any) -> "subprocess.CompletedProcess[str]":
    return extractor("run", "--no-language", "--out", "out", *arguments, cwd=cwd, **environment)


def statuses(folder: Path) -> dict[str, str]:
    return {one["file"]: one["status"] for one in record(folder).values()}


def make(path: Path | bytes, text: str = REPORT) -> None:
    with open(path, "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(text.encode())


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_a_name_that_is_not_utf_8_is_read_and_named_the_same_in_every_locale(
    tmp_path: Path, locale: dict[str, Any]
) -> None:
    (tmp_path / "raw").mkdir()
    folder = os.fsencode(tmp_path / "raw")
    for name in (CP932 + b".txt", "報告書.txt".encode(), "全角\u3000空白.txt".encode()):
        make(os.path.join(folder, name))  # noqa: PTH118
    done = run(tmp_path, "raw", **locale)
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads((tmp_path / "out" / "run.json").read_bytes().decode("utf-8"))["inputs"]
    assert {one["file"]: one["output"] for one in said} == {
        f"{SHOWN}.txt": f"{SHOWN}.json",
        "報告書.txt": "報告書.json",
        "全角\u3000空白.txt": "全角\u3000空白.json",
    }
    assert {one["status"] for one in said} == {"read"}
    out = os.fsencode(tmp_path / "out")
    assert sorted(set(os.listdir(out)) - {b"run.json"}) == sorted(  # noqa: PTH208
        [CP932 + b".json", "報告書.json".encode(), "全角\u3000空白.json".encode()]
    )
    with open(os.path.join(out, CP932 + b".json"), "rb") as file:  # noqa: PTH118, PTH123
        assert json.loads(file.read().decode("utf-8"))["source"]["file"] == f"{SHOWN}.txt"
    assert f"{SHOWN}.txt" in done.stdout
    assert "報告書.txt" in done.stdout


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_a_name_that_is_not_utf_8_can_be_accepted_and_reviewed(tmp_path: Path, locale: dict[str, Any]) -> None:
    (tmp_path / "raw").mkdir()
    make(os.path.join(os.fsencode(tmp_path / "raw"), CP932 + b".txt"))  # noqa: PTH118
    (tmp_path / ".extractor_cache").mkdir()
    assert extractor("run", cwd=tmp_path, **locale).returncode == 0
    taken = extractor("accept", f"{SHOWN}.txt", cwd=tmp_path, **locale)
    assert (taken.returncode, taken.stdout.split()) == (0, ["new", SHOWN])
    assert CP932 + b".json" in os.listdir(os.fsencode(tmp_path / "golden"))  # noqa: PTH208
    seen = extractor("review", "--json", "-", cwd=tmp_path, **locale)
    assert (seen.returncode, seen.stderr) == (0, "")
    assert [(one["report"], one["state"]) for one in json.loads(seen.stdout)["reports"]] == [(SHOWN, "same")]
    # What was read is no longer what is there: that is seen under such a name too.
    with open(os.path.join(os.fsencode(tmp_path / "raw"), CP932 + b".txt"), "ab") as file:  # noqa: PTH118, PTH123
        file.write(b"\n")
    late = extractor("accept", cwd=tmp_path, **locale)
    assert (late.returncode, "has changed since the last run" in late.stdout) == (2, True)


@pytest.mark.parametrize(
    ("stem", "status"),
    [(b"a" * 251, "cannot-write"), (b"a" * 250, "read"), ("長".encode() * 83, "read"), (b"\x95" * 245, "read")],
    ids=["251", "250", "249 in kanji", "245 that are not UTF-8"],
)
def test_a_long_name_costs_that_file_alone(tmp_path: Path, stem: bytes, status: str) -> None:
    (tmp_path / "raw").mkdir()
    make(os.path.join(os.fsencode(tmp_path / "raw"), stem + b".txt"))  # noqa: PTH118
    make(tmp_path / "raw" / "good.txt")
    done = run(tmp_path, "raw")
    assert sorted(statuses(tmp_path / "out").values()) == sorted(["read", status])
    assert done.returncode == (0 if status == "read" else 2)
    assert len(done.stderr.splitlines()) == (0 if status == "read" else 1)


def heed_permissions() -> None:
    """Take from root, before a program begins, what lets it open all files."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def bound(cwd: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A run of one who may not open what he may not open."""
    return subprocess.run(
        [sys.executable, "-m", "extractor", *arguments],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        preexec_fn=heed_permissions,
        timeout=300,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="root may open all files")
def test_a_file_that_may_not_be_opened_costs_that_file_alone(tmp_path: Path) -> None:
    for name in ("good.txt", "shut.txt", "shut.pdf"):
        make(tmp_path / name)
    for name in ("locked", "no-way-in"):
        (tmp_path / name).mkdir()
        make(tmp_path / name / "inside.txt")
    (tmp_path / "shut.txt").chmod(0)
    (tmp_path / "shut.pdf").chmod(0)
    (tmp_path / "locked").chmod(0)
    (tmp_path / "no-way-in").chmod(0o400)
    paths = ["shut.txt", "good.txt", "locked", "no-way-in", "shut.pdf"]
    done = bound(tmp_path, "run", "--no-language", "--out", "out", *paths)
    for name in ("locked", "no-way-in"):
        (tmp_path / name).chmod(0o700)
    found = {path: one["status"] for path, one in record(tmp_path / "out").items()}
    if found["shut.txt"] == "read":
        pytest.skip("nothing is shut for this user")
    assert found == {
        "shut.txt": "cannot-open",
        "good.txt": "read",
        "locked": "cannot-open",
        "no-way-in/inside.txt": "cannot-open",
        # Of two with one output name the first counts, though it cannot be read.
        "shut.pdf": "name-taken",
    }
    assert done.returncode == 2
    assert [line[:7] for line in done.stderr.splitlines()] == ["error: "] * 4


@pytest.mark.skipif(sys.platform != "linux", reason="root may open all files")
@pytest.mark.parametrize(
    "arguments",
    [["diff", "a.json", "a.json"], ["years", "a.json", "a.json"], ["accept", "--decisions", "a.json"]],
    ids=lambda arguments: str(arguments[0]),
)
def test_a_record_that_may_not_be_opened_is_one_line(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / "a.json").chmod(0)
    done = bound(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: a.json: it ")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def huge(path: Path) -> None:
    """A file of ten gigabytes that takes no room."""
    with path.open("wb") as file:
        file.truncate(10 << 30)


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def socket_at(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


def folder(path: Path) -> None:
    path.mkdir()


def nowhere(path: Path) -> None:
    path.symlink_to("gone")


# What may have the name of a file and is none, or is too much; and the status of an input that is so.
NO_FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "pipe": (pipe, "not-supported"),
    "device": (endless, "not-supported"),
    "huge": (huge, "too-heavy"),
    "circle": (circle, "cannot-open"),
    "socket": (socket_at, "not-supported"),
    "folder": (folder, "not-supported"),
    "nowhere": (nowhere, "no-such-file"),
}


@pytest.mark.parametrize("ending", [".pdf", ".txt"])
def test_what_is_no_file_costs_no_other_input_anything(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "raw").mkdir()
    monkeypatch.chdir(tmp_path / "raw")  # the name of a socket is short
    for name, (spoil, _) in NO_FILES.items():
        spoil(Path(name + ending))
    make(Path("good.txt"))
    done = run(tmp_path, "raw")
    expected = {name + ending: status for name, (_, status) in NO_FILES.items()}
    assert statuses(tmp_path / "out") == expected | {"good.txt": "read"}
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == len(NO_FILES)


@pytest.mark.parametrize("name", [name for name in NO_FILES if name != "nowhere"])
def test_a_neighbour_that_is_no_file_costs_its_input_alone(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(Path("a.txt"))
    make(Path("b.txt"))
    NO_FILES[name][0](Path("a.toml"))
    done = run(tmp_path, "a.txt", "b.txt")
    assert statuses(tmp_path / "out") == {"a.txt": "bad-corrections", "b.txt": "read"}
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: a.txt: a.toml: it cannot be opened: ")


@pytest.mark.parametrize(
    "place", ["golden/good.json", "golden/series.toml", "golden/fingerprints.lock", "output/run.json"]
)
@pytest.mark.parametrize("name", ["pipe", "device", "huge", "circle", "folder"])
def test_a_record_that_is_no_file_is_not_waited_for(tmp_path: Path, name: str, place: str) -> None:
    for one in ("raw", "golden", "output"):
        (tmp_path / one).mkdir()
    make(tmp_path / "raw" / "good.txt")
    if place != "output/run.json":
        assert extractor("run", "--quiet", "--no-language", cwd=tmp_path).returncode == 0
    NO_FILES[name][0](tmp_path / place)
    for command in (["review"], ["accept"], ["diff", "output/good.json", place]):
        done = extractor(*command, cwd=tmp_path)
        assert "Traceback" not in done.stderr
        assert done.returncode in {0, 1, 2}
        assert len(done.stderr.splitlines()) <= 1


CLOSED = [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)]


@pytest.mark.parametrize("closed", CLOSED, ids=str)
def test_closed_standard_streams_cost_nothing(tmp_path: Path, closed: Sequence[int]) -> None:
    make(tmp_path / "a.txt")
    make(tmp_path / "b.txt")
    shut = " ".join(f"{number}>&-" for number in closed)
    command = f'exec "$0" -m extractor run --no-language --out out --jobs 2 a.txt b.txt {shut}'
    done = subprocess.run(["sh", "-c", command, sys.executable], cwd=tmp_path, capture_output=True, timeout=300)
    assert statuses(tmp_path / "out") == {"a.txt": "read", "b.txt": "read"}
    assert (done.returncode, done.stderr) == (0, b"")


def processes_of(session: int) -> list[int]:
    """The processes of a session that are there."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, *rest = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(rest[2]) == session and state != "Z":
                found.append(int(entry.name))
    return found


def wait_until_gone(session: int) -> None:
    until = time.monotonic() + 20
    while left := processes_of(session):
        assert time.monotonic() < until, left
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no /proc")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("whole_group", [False, True], ids=["alone", "with its children"])
def test_a_signal_ends_the_run_in_order(tmp_path: Path, name: str, whole_group: bool) -> None:
    make(tmp_path / "a.txt")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "long.json").write_text("older")
    (tmp_path / "long.pdf").write_bytes((RAW / "aomori-sme-2023.pdf").read_bytes())
    arguments = ["run", "--no-language", "--out", "out", "--jobs", "1", "a.txt", "long.pdf"]
    running = subprocess.Popen(
        [sys.executable, "-m", "extractor", *arguments],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    while not (tmp_path / "out" / "a.json").is_file():
        time.sleep(0.01)
    number = getattr(signal, name)
    (os.killpg if whole_group else os.kill)(running.pid, number)
    stdout, stderr = running.communicate(timeout=60)
    assert (running.returncode, stdout) == (128 + number, "")
    assert stderr.splitlines() == [f"error: stopped by {name} before all was done"]
    assert statuses(tmp_path / "out") == {"a.txt": "read", "long.pdf": "not-reached"}
    assert (record(tmp_path / "out")["long.pdf"]["stale"], (tmp_path / "out/long.json").read_text()) == (True, "older")
    wait_until_gone(running.pid)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no /proc")
def test_no_process_outlives_one_that_was_killed(tmp_path: Path) -> None:
    (tmp_path / "long.pdf").write_bytes((RAW / "aomori-sme-2023.pdf").read_bytes())
    running = subprocess.Popen(
        [sys.executable, "-m", "extractor", "run", "--out", "out", "--quiet", "long.pdf"],
        cwd=tmp_path,
        start_new_session=True,
    )
    while len(processes_of(running.pid)) < 3:  # itself, what watches resources, and what reads
        time.sleep(0.01)
    time.sleep(1)
    running.kill()
    running.wait()
    wait_until_gone(running.pid)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_while_the_program_starts_is_one_line(tmp_path: Path, name: str) -> None:
    code = f"""
import os, signal, sys
class Comes:
    def find_spec(self, name, *more):
        if name == "extractor.cli.app":
            os.kill(os.getpid(), signal.{name})
sys.meta_path.insert(0, Comes())
from extractor.__main__ import main
main()"""
    done = subprocess.run([sys.executable, "-c", code, "schema"], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (128 + getattr(signal, name), "")
    assert done.stderr.splitlines() == [f"error: stopped by {name} before all was done"]


def test_a_signal_that_is_ignored_stays_ignored(tmp_path: Path) -> None:
    make(tmp_path / "a.txt")
    running = subprocess.Popen(
        ["sh", "-c", "trap '' HUP; exec \"$0\" -m extractor run --no-language --out out a.txt", sys.executable],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    time.sleep(1)
    running.send_signal(signal.SIGHUP)
    _, stderr = running.communicate(timeout=60)
    assert (running.returncode, stderr) == (0, b"")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no /dev/full")
@pytest.mark.parametrize("arguments", [["schema"], ["run", "--no-language", "a.txt"], ["run", "gone.txt"], ["--help"]])
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_full_disk_under_any_stream_is_no_fault(tmp_path: Path, arguments: list[str], stream: str) -> None:
    make(tmp_path / "a.txt")
    with Path("/dev/full").open("wb") as full:
        streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | {stream: full}
        done = subprocess.run([sys.executable, "-m", "extractor", *arguments], cwd=tmp_path, timeout=300, **streams)
    assert done.returncode in {0, 2}
    assert done.returncode == 2 or stream == "stderr"
    assert b"Traceback" not in (done.stderr or b"")


def test_a_device_that_an_option_names_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    make(tmp_path / "a.txt")
    assert run(tmp_path, "a.txt").returncode == 0
    (tmp_path / "golden").mkdir()
    (tmp_path / "null").symlink_to("/dev/null")
    done = extractor("review", "--out", "out", "--json", "null", cwd=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "null").is_symlink()
    assert Path("/dev/null").is_char_device()


def test_a_fault_of_the_program_is_one_line_and_its_own_code(tmp_path: Path) -> None:
    # Told apart from all that a person can do wrong: here a step of the program itself fails.
    code = (
        "import extractor.cli.schema as c; c.print_schema = lambda **_: 1 / 0; import extractor.__main__ as m; m.main()"
    )
    for debug, lines in (([], 1), (["--debug"], 5)):
        done = subprocess.run(
            [sys.executable, "-c", code, *debug, "schema"], cwd=tmp_path, capture_output=True, encoding="utf-8"
        )
        assert (done.returncode, done.stdout) == (70, "")
        assert done.stderr.splitlines()[-1].startswith("error: a fault of the program: ZeroDivisionError: ")
        assert len(done.stderr.splitlines()) >= lines
        assert ("Traceback" in done.stderr) == bool(debug)


@pytest.mark.parametrize("error", ["RecursionError", "MemoryError", "KeyError(chr(10))", "UnicodeError"])
def test_every_kind_of_fault_is_one_line(tmp_path: Path, error: str) -> None:
    code = f"""
import extractor.cli.schema as c
def fail(**_): raise {error}
c.print_schema = fail
from extractor.__main__ import main
main()"""
    done = subprocess.run([sys.executable, "-c", code, "schema"], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert (done.returncode, len(done.stderr.splitlines())) == (70, 1)


def test_prose_under_an_odd_name_is_refused_with_a_line(tmp_path: Path) -> None:
    make(os.path.join(os.fsencode(tmp_path), CP932 + b".txt"), PROSE)  # noqa: PTH118
    done = run(tmp_path, CP932 + b".txt")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"error: {SHOWN}.txt: ")
    assert line.endswith("[not-a-report]")


def test_files_are_opened_by_name_in_one_room_alone() -> None:
    # Data of the package and of libraries are files that no one else names.
    own = re.compile(
        r"resources\.files|_find_files|_FOLDER|MODELS|entry\.read_bytes|/ name\)\.read_text|joinpath|METADATA"
    )
    opens = re.compile(r"\.read_bytes\(\)|\.read_text\(|\.open\(\"|\bopen\(\w+, \"r")
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if opens.search(line) and not own.search(line)
    ]
    assert found == []
