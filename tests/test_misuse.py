"""Misuse: whatever is asked for, and of whatever files, no command ends with a traceback or a fault of the program."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from command import extractor, here
from extractor.records.to_json import report_json
from yearly import Made, report

ONE = Made("学び舎事業", "学び舎を開いた。", "", {"参加者数": {2022: "53名", 2023: "60名"}})
TWO = Made("見守り事業", "見守りの網を広げた。", "", {"協定件数": {2022: "44件"}})
INPUT = "本文\n"


def made(year: int, programmes: list[Made]) -> str:
    """An output that was read of INPUT, or `review` would ask for another run."""
    text = report_json(report(year, programmes))
    assert f"{year:064}" in text
    return text.replace(f"{year:064}", hashlib.sha256(INPUT.encode()).hexdigest())


GOOD = json.loads(made(2023, [ONE, TWO]))
OTHER_YEAR = made(2022, [TWO, ONE])
# No code but these says anything; 70 is a fault of the program, and 1 that something differs.
SAID = {0, 1, 2}


def but(*path: str | int, value: Any) -> bytes:
    """The good output with one value in the place of another."""
    data = json.loads(json.dumps(GOOD))
    within = data
    for step in path[:-1]:
        within = within[step]
    within[path[-1]] = value
    return json.dumps(data).encode()


PROGRAMME: tuple[str | int, ...] = ("policies", 0, "programmes", 0)
# Files of bytes that are no output; none is taken for one.
HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "white": b" \n\t ",
    "binary": bytes(range(256)),
    "nul": b"\0" * 1_000,
    "utf-16": json.dumps(GOOD).encode("utf-16"),
    "bom": b"\xef\xbb\xbf" + json.dumps(GOOD).encode(),
    "cp932": json.dumps(GOOD, ensure_ascii=False).encode("cp932"),
    "cut": json.dumps(GOOD).encode()[:-40],
    "null": b"null",
    "number": b"1",
    "text": b'"a"',
    "list": b"[]",
    "object": b"{}",
    "list of lists": b"[[[]]]",
    "deep lists": b"[" * 100_000,
    "deep lists, closed": b"[" * 5_000 + b"]" * 5_000,
    "deep objects": b'{"a":' * 100_000,
    "deep under a good name": b'{"schema_version": "1.0.0", "report": ' + b"[" * 100_000,
    "NaN": b'{"schema_version": NaN}',
    "infinity": b'{"schema_version": -Infinity}',
    "too large a number": b'{"schema_version": 1e999}',
    "too many digits": b'{"schema_version": ' + b"9" * 5_000 + b"}",
    "twice": b'{"schema_version": "1.0", "schema_version": "1.0"}',
    "half a character": b'{"schema_version": "\\ud800"}',
    "half a name": b'{"\\udfff": 1}',
    "no version": b'{"report": {}}',
    "version of another kind": but("schema_version", value=1),
    "version to come": but("schema_version", value="999.0.0"),
    "schema": b'{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}',
    "record of a run": b'{"inputs": []}',
    "no report": but("report", value=None),
    "list for a report": but("report", value=[]),
    "year of text": but("report", "fiscal_year", value="2023"),
    "year of many digits": but("report", "fiscal_year", value=10**4_000),
    "year 0": but("report", "fiscal_year", value=0),
    "year of no era": but("report", "fiscal_year", value=-(10**15)),
    "observed in no year": but(*PROGRAMME, "metrics", 0, "observations", 0, "fiscal_year", value=10**15),
    "year that is no number": but("report", "fiscal_year", value=float("nan")),
    "name of a number": but(*PROGRAMME, "name", value=7),
    "name of half a character": but(*PROGRAMME, "name", value="\ud800"),
    "metrics of text": but(*PROGRAMME, "metrics", value="none"),
    "unknown field": but(*PROGRAMME, "more", value={}),
    "one id twice": but(*PROGRAMME, "id", value=GOOD["policies"][0]["programmes"][1]["id"]),
}
# Good by their form, and odd all the same: these may be compared, or refused.
ODD: dict[str, bytes] = {
    "budget of 4000 digits": but(*PROGRAMME, "budget_thousand_yen", value=10**3_999),
    "negative budget": but(*PROGRAMME, "budget_thousand_yen", value=-(10**30)),
    "no id": but(*PROGRAMME, "id", value=""),
    "no name": but(*PROGRAMME, "name", value=None),
    "markup": but(*PROGRAMME, "name", value="[bold]</script><b>[/x]\x1b[31m\r\n\u202e"),
    "long name": but(*PROGRAMME, "name", value="長" * 100_000),
    "no chapters": but("policies", value=[]),
    "no programmes": but("policies", 0, "programmes", value=[]),
    "huge value": but(*PROGRAMME, "metrics", 0, "observations", 0, "quantities", 0, "value", value=10**300),
}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder in which all is well: two years that were read and accepted, differing in one."""
    for name in ("raw", "output", "golden"):
        (tmp_path / name).mkdir()
    for year, text in ((2022, OTHER_YEAR), (2023, json.dumps(GOOD, ensure_ascii=False, indent=2) + "\n")):
        (tmp_path / "raw" / f"made-{year}.txt").write_text(INPUT, encoding="utf-8")
        for folder in ("output", "golden"):
            (tmp_path / folder / f"made-{year}.json").write_text(text)
    (tmp_path / "output" / "run.json").write_text('{"inputs": []}\n')
    return tmp_path


def check(desk: Path, arguments: list[str], codes: set[int]) -> str:
    """Run a command, and give what it says of what is wrong."""
    done = here(*arguments, cwd=desk)
    assert "Traceback" not in done.stderr
    assert done.code in codes, done.stderr
    if done.code == 2 and "Usage:" not in done.stderr and arguments[0] != "review":
        assert done.stderr.count("error: ") >= 1 or "refused" in done.stdout
    return done.stderr


# A hostile file, by the place in which it lies: what is asked then, and the codes with which it may end.
PLACES: dict[str, tuple[str, list[str], set[int]]] = {
    "diff, left": ("a.json", ["diff", "a.json", "golden/made-2023.json"], {2}),
    "diff, right": ("a.json", ["diff", "--json", "golden/made-2023.json", "a.json"], {2}),
    "years": ("a.json", ["years", "golden/made-2022.json", "a.json"], {2}),
    "review, output": ("output/made-2023.json", ["review", "--json", "-"], {2}),
    "review, golden": ("golden/made-2023.json", ["review", "--markdown", "-"], {2}),
    "accept, run.json": ("output/run.json", ["accept"], {2}),
    "accept, decisions": ("d.json", ["accept", "--decisions", "d.json"], {2}),
    "fingerprints": ("golden/fingerprints.lock", ["diff", "golden/made-2023.json", "output/made-2023.json"], {0}),
    "series": ("golden/series.toml", ["years", "golden/made-2022.json", "golden/made-2023.json"], {0, 2}),
    "corrections": ("raw/made-2023.toml", ["review"], {0}),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(desk: Path, place: str, name: str) -> None:
    where, arguments, codes = PLACES[place]
    (desk / where).write_bytes(HOSTILE[name])
    check(desk, arguments, codes)


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize(
    "arguments",
    [
        ["diff", "a.json", "golden/made-2023.json"],
        ["diff", "--json", "golden/made-2023.json", "a.json"],
        ["years", "golden/made-2022.json", "a.json", "--html", "y.html"],
        ["years", "--json", "golden/made-2022.json", "a.json"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_an_odd_output_is_compared_or_refused(desk: Path, name: str, arguments: list[str]) -> None:
    (desk / "a.json").write_bytes(ODD[name])
    check(desk, arguments, SAID)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_output_is_reviewed_or_refused(desk: Path, name: str) -> None:
    (desk / "output" / "made-2023.json").write_bytes(ODD[name])
    check(desk, ["review", "--html", "r.html", "--markdown", "r.md", "--json", "r.json"], {1, 2})


TOML: dict[str, bytes] = {
    "binary": bytes(range(256)),
    "no table": b"x = ",
    "deep": b"x = " + b"[" * 50_000,
    "deep, closed": b"x = " + b"[" * 5_000 + b"]" * 5_000,
    "many dots": b"a" + b".a" * 4_000 + b" = 1",
    "digits": b"next = " + b"9" * 5_000,
    "infinity": b"next = inf",
    "negative": b"next = -1\nseries = []",
    "wrong kinds": b'next = "1"\nseries = {}',
    "one id twice": b'next = 3\n[[series]]\nid = "s1"\nprogrammes = []\n[[series]]\nid = "s1"\nprogrammes = []\n',
    "from itself": b'next = 3\n[[series]]\nid = "s1"\nfrom = ["s1"]\nprogrammes = []\n',
}


@pytest.mark.parametrize("name", TOML)
@pytest.mark.parametrize(
    "arguments",
    [
        ["years", "golden/made-2022.json", "golden/made-2023.json"],
        ["diff", "golden/made-2022.json", "golden/made-2023.json"],
        ["review"],
        ["accept"],
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_a_hostile_file_of_identities_is_refused(desk: Path, name: str, arguments: list[str]) -> None:
    (desk / "golden" / "series.toml").write_bytes(TOML[name])
    check(desk, arguments, SAID)


def decided(**changes: Any) -> bytes:
    said: dict[str, Any] = {"report": "made-2023", "output_sha256": "0" * 64, "golden_sha256": None, "decisions": []}
    return json.dumps(said | changes).encode()


SHA = "0" * 64
DECISIONS: dict[str, bytes] = {
    "another file": decided(),
    "name of another folder": decided(report="../golden/made-2023"),
    "no name": decided(report=""),
    "name with nul": decided(report="a\0b"),
    "long name": decided(report="a" * 5_000),
    "name of dots": decided(report=".."),
    "half a character": decided(report="\ud800"),
    "no list": decided(decisions={}),
    "odd verdict": decided(decisions=[{"verdict": "maybe"}]),
    "nothing settled": b'{"series": []}',
    "settled for no report": b'{"series": [{"report": "none", "programme": "1", "was": null}]}',
    "settled by a number": b'{"series": 1}',
    "both": b'{"series": [], "decisions": []}',
}


@pytest.mark.parametrize("name", DECISIONS)
def test_hostile_decisions_are_refused(desk: Path, name: str) -> None:
    (desk / "d.json").write_bytes(DECISIONS[name])
    check(desk, ["accept", "--decisions", "d.json"], {2})


def record_of(**changes: Any) -> bytes:
    one: dict[str, Any] = {
        "file": "made-2023.txt",
        "status": "read",
        "output_sha256": SHA,
        "sha256": SHA,
        "fingerprint": {},
    }
    return json.dumps({"inputs": [one | changes]}).encode()


@pytest.mark.parametrize(
    "text",
    [
        record_of(),
        record_of(file=1),
        record_of(file=None),
        record_of(file=""),
        record_of(file=".."),
        record_of(file="\0"),
        record_of(file="\ud800"),
        record_of(file="a" * 5_000),
        record_of(file="../golden/made-2023.json"),
        record_of(status=[]),
        record_of(output_sha256={}),
        record_of(fingerprint=[]),
        record_of(fingerprint={"profile": {"id": []}}),
        b'{"inputs": {}}',
        b'{"inputs": [1]}',
        b'{"inputs": null}',
    ],
    ids=lambda text: text.decode()[:60],
)
def test_a_hostile_record_of_a_run_is_refused(desk: Path, text: bytes) -> None:
    (desk / "output" / "run.json").write_bytes(text)
    check(desk, ["accept"], {2})
    check(desk, ["diff", "output/made-2023.json", "golden/made-2023.json"], {0})


# What is asked for cannot be done, is not understood, or is nothing; the code says which.
ASKED: dict[str, tuple[list[str], set[int]]] = {
    " ".join(arguments)[:70] or "nothing": (arguments, codes)
    for arguments, codes in (
        ([], {0, 2}),
        (["--help"], {0}),
        (["--no-such-option"], {2}),
        (["--debug"], {0, 2}),
        (["no-such-command"], {2}),
        (["\udc95"], {2}),
        (["run", "--help"], {0}),
        (["run", "--jobs", "0"], {2}),
        (["run", "--jobs", "-1"], {2}),
        (["run", "--jobs", "many"], {2}),
        (["run", "--jobs", "1.5"], {2}),
        (["run", "--jobs", "9" * 5_000], {2}),
        (["run", "--jobs"], {2}),
        (["run", "--profile", "none"], {2}),
        (["run", "--profile", "../aomori"], {2}),
        (["run", "--profile", ""], {2}),
        (["run", "--profile", "\udcff\x1b"], {2}),
        (["run", "--strict=yes"], {2}),
        (["run", "gone.pdf"], {2}),
        (["run", ""], {2}),
        (["run", "."], {2}),
        (["run", "/"], {2}),
        (["run", "/dev/null"], {2}),
        (["run", "/dev/zero"], {2}),
        (["run", "/proc/self/mem"], {2}),
        (["run", "gone/gone.pdf"], {2}),
        (["run", "output/run.json/x.pdf"], {2}),
        (["run", "a" * 300 + ".pdf"], {2}),
        (["run", "/".join("a" * 3_000)], {2}),
        (["run", "golden", "golden", "golden"], {2}),
        (["run", "\udc95\udcf1.pdf"], {2}),
        (["run", "gone.pdf", "--out", "/dev/full"], {2}),
        (["run", "gone.pdf", "--out", "/dev/null/below"], {2}),
        (["run", "gone.pdf", "--out", "/proc"], {2}),
        (["run", "gone.pdf", "--out", "/proc/none/below"], {2}),
        (["run", "gone.pdf", "--out", "output/run.json"], {2}),
        (["run", "gone.pdf", "--out", "a" * 300], {2}),
        (["run", "gone.pdf", "--out", ""], {2}),
        (["profiles", "more"], {2}),
        (["profiles"], {0}),
        (["schema", "--years", "--review"], {2}),
        (["schema", "--comparison", "--years", "--review"], {2}),
        (["schema", "more"], {2}),
        (["inspect"], {2}),
        (["inspect", "raw/made-2023.txt", "--page", "1"], {2}),
        (["inspect", "gone.pdf"], {2}),
        (["inspect", "gone.pdf", "--page", "1", "--label", "1"], {2}),
        (["inspect", "gone.pdf", "--page", "x"], {2}),
        (["inspect", "gone.pdf", "--page", "1", "--out", "a.txt"], {2}),
        (["inspect", "gone.pdf", "--page", "1", "--profile", "none"], {2}),
        (["inspect", "raw", "--page", "1"], {2}),
        (["inspect", "\udc95", "--page", "1"], {2}),
        (["diff"], {2}),
        (["diff", "golden/made-2023.json"], {2}),
        (["diff", "gone.json", "gone.json"], {2}),
        (["diff", "golden", "golden"], {2}),
        (["diff", "/dev/zero", "/dev/zero"], {2}),
        (["diff", "/proc/self/mem", "golden/made-2023.json"], {2}),
        (["diff", "golden/made-2023.json", "golden/made-2022.json", "more"], {2}),
        (["diff", "golden/made-2023.json", "golden/made-2022.json", "--golden", "gone"], {1}),
        (["diff", "golden/made-2023.json", "golden/made-2022.json", "--golden", "output/run.json"], {1, 2}),
        (["diff", "golden/made-2023.json", "golden/made-2023.json", "--golden", "a" * 300], {0, 2}),
        (["years"], {2}),
        (["years", "golden/made-2023.json"], {0, 2}),
        (["years", "golden/made-2023.json", "golden/made-2023.json"], {2}),
        (["years", "golden/made-2022.json", "golden/made-2023.json", "--lang", "fr"], {2}),
        (["years", "golden/made-2022.json", "golden/made-2023.json", "--html", "golden"], {2}),
        (["years", "golden/made-2022.json", "golden/made-2023.json", "--html", "/dev/full"], {2}),
        (["years", "golden/made-2022.json", "golden/made-2023.json", "--html", "/proc/y.html"], {2}),
        (["years", "golden/made-2022.json", "golden/made-2023.json", "--html", "a" * 300], {2}),
        (["years", "golden/made-2022.json", "golden/made-2023.json", "--html", "y.html", "--raw", "gone"], {0}),
        (
            ["years", "golden/made-2022.json", "golden/made-2023.json", "--html", "y.html", "--raw", "output/run.json"],
            {0},
        ),
        (["years", "golden/made-2022.json", "golden/made-2023.json", "--html", ""], {2}),
        (["review", "none"], {2}),
        (["review", ""], {2}),
        (["review", "../x"], {2}),
        (["review", "\udc95\udcf1"], {2}),
        (["review", "a\0b"], {2}),
        (["review", "a" * 5_000], {2}),
        (["review", "--out", "gone", "--golden", "gone"], {2}),
        (["review", "--out", "output/run.json"], {0, 1, 2}),
        (["review", "--golden", "output/run.json"], {1, 2}),
        (["review", "--raw", "output/run.json"], {0}),
        (["review", "--lang", ""], {2}),
        (["review", "--html", "golden"], {2}),
        (["review", "--markdown", "/dev/full"], {2}),
        (["review", "--json", "golden/made-2023.json/x"], {2}),
        (["review", "--json", ""], {2}),
        (["review", "--json", "a\0b"], {2}),
        (["accept", "none"], {2}),
        (["accept", "--out", "gone"], {2}),
        (["accept", "--out", "output/run.json"], {2}),
        (["accept", "--golden", "output/run.json"], {2}),
        (["accept", "--only", "/policies"], {2}),
        (["accept", "made-2023", "--only", "policies"], {2}),
        (["accept", "made-2023", "--only", "/none"], {2}),
        (["accept", "--decisions", "gone.json"], {2}),
        (["accept", "--decisions", "golden"], {2}),
        (["accept", "--decisions", "/dev/zero"], {2}),
        (["accept", "--decisions", "a" * 300], {2}),
        (["accept", "--only", "/a", "--decisions", "gone.json"], {2}),
        (["accept", "\0"], {2}),
    )
}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other devices")
@pytest.mark.parametrize("name", ASKED)
def test_what_cannot_be_done_is_said(desk: Path, name: str) -> None:
    arguments, codes = ASKED[name]
    done = here(*arguments, cwd=desk)
    assert "Traceback" not in done.stderr
    assert done.code in codes, done.stderr
    if done.code == 2 and arguments:
        assert done.stderr + done.stdout
    assert Path("/dev/full").is_char_device()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 << 30)


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other devices")
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("spoil", [pipe, endless, huge, circle, folder], ids=lambda spoil: spoil.__name__)
def test_what_is_no_file_is_refused_and_not_waited_for(desk: Path, place: str, spoil: Callable[[Path], None]) -> None:
    where, arguments, codes = PLACES[place]
    (desk / where).unlink(missing_ok=True)
    spoil(desk / where)
    # Of what cannot be looked at, it is not known that it is there: then nothing was accepted, or nothing was read.
    check(desk, arguments, codes | ({1} if place.startswith("review") else set()))


ENVIRONMENTS: dict[str, dict[str, Any]] = {
    "no colour": {"NO_COLOR": "1"},
    "colour": {"FORCE_COLOR": "1"},
    "dumb": {"TERM": "dumb"},
    "narrow": {"COLUMNS": "1"},
    "no width": {"COLUMNS": "x", "LINES": "-1"},
    "no home": {"HOME": ""},
    "bad locale": {"LC_ALL": "xx_XX.none", "LANG": "?"},
    "ASCII": {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    "no room for temporary files": {"TMPDIR": "/nowhere"},
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_an_odd_environment_is_no_fault(desk: Path, name: str) -> None:
    for arguments, code in (
        (["diff", "golden/made-2023.json", "golden/made-2022.json"], 1),
        (["run", "gone.pdf"], 2),
        (["--none"], 2),
    ):
        done = extractor(*arguments, cwd=desk, **ENVIRONMENTS[name])
        assert (done.returncode, "Traceback" in done.stderr) == (code, False)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be deleted there")
@pytest.mark.parametrize("arguments", [["run"], ["run", "a.txt", "a.txt"], ["review"], ["accept"], ["diff", "a", "b"]])
def test_a_folder_that_is_gone_is_no_fault(tmp_path: Path, arguments: list[str]) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = 'cd "$1" && rmdir "$1" && shift && exec "$0" -m extractor "$@"'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, str(gone), *arguments], capture_output=True, encoding="utf-8", timeout=300
    )
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert len(done.stderr.splitlines()) == 1 or arguments[0] == "run"
