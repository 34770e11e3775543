"""The command on inputs that are none: one line for each, the others are read, and nothing already written is lost."""

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from command import extractor
from reports import RAW

pytestmark = pytest.mark.slow

# A report in little, without findings.
REPORT = """令和5年度中小企業振興施策実施状況

① 人材の育成及び確保を図ること

【取組の概要】

人材を育成した。

【基本方針事業一覧】

No.\t事業名\tR5事業費 (千円)\tR5 新規\t担当課等\t掲載頁
1\t就職ガイダンス開催費\t1,000\t\t産業課\t24
\t小計\t1,000\t\t\t

【 事業概要 】

就職を促進する。

【 事業実績 】

ガイダンスを開催した。

項目名\t4年度\t5年度
参加者数\t20名\t22名

(担当課：産業課)
"""
PROSE = "昔々、あるところに、おじいさんとおばあさんがいました。\n\nおじいさんは山へ行きました。\n"
NO_PAGES = b"""%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [] /Count 0 >>
endobj
trailer
<< /Size 3 /Root 1 0 R >>
startxref
0
%%EOF
"""


def drawn(*, picture: bool = False, password: str | None = None) -> bytes:
    """A PDF of one page with a line of text, or with a picture instead."""
    data = io.BytesIO()
    lock = None if password is None else StandardEncryption(password, ownerPassword="owner", strength=128)
    canvas = Canvas(data, encrypt=lock)
    if picture:
        canvas.drawImage(ImageReader(Image.new("L", (40, 40), 128)), 100, 100, 200, 200)
    else:
        canvas.drawString(100, 700, "A page of some other document.")
    canvas.save()
    return data.getvalue()


def cut(year: int, end: int) -> bytes:
    return (RAW / f"aomori-sme-{year}.pdf").read_bytes()[:end]


# Files by path, with the status that each is to have.
FILES: dict[str, tuple[bytes, str]] = {
    "table.docx": (b"PK\x03\x04", "not-supported"),
    "bad/words.pdf": (PROSE.encode(), "not-a-pdf"),
    "bad/nothing.pdf": (b"", "not-a-pdf"),
    "bad/head.pdf": (cut(2023, 1000), "truncated"),
    "bad/half.pdf": (cut(2023, 200_000), "truncated"),
    "bad/less-200.pdf": (cut(2022, -200), "truncated"),
    "bad/less-20.pdf": (cut(2022, -20), "truncated"),
    "bad/locked.pdf": (drawn(password="secret"), "encrypted"),
    "bad/unlocked.pdf": (drawn(password=""), "not-a-report"),
    "bad/no-pages.pdf": (NO_PAGES, "no-pages"),
    "bad/scan.pdf": (drawn(picture=True), "no-text"),
    "bad/prose.txt": (PROSE.encode(), "not-a-report"),
    "bad/昔話.txt": (PROSE.encode(), "not-a-report"),
    "bad/shift-jis.txt": (REPORT.encode("cp932"), "not-utf-8"),
    "bad/empty.txt": (b"", "no-text"),
    "bad/nul.txt": (b"a\0b", "not-text"),
    "twin/good.pdf": (drawn(), "name-taken"),
}
NO_FILES = {
    "nowhere": "no-such-file",
    "gone.pdf": "no-such-file",
    "folder": "no-input",
}
BAD = NO_FILES | {path: status for path, (_, status) in FILES.items()}
GOOD = ["good.txt", "令和5年度.txt"]
# Outputs of an earlier run, of files that fail now.
OLD = {"head.json": b"an older output\r\n", "昔話.json": b"\xff"}


def command(
    cwd: Path, *arguments: str | bytes, stdout: int = subprocess.PIPE, **environment: Any
) -> "subprocess.CompletedProcess[str]":
    # The model takes seconds to load, and what is tried here has no prose of note.
    spared = ["--no-language"] if arguments[0] == "run" else []
    return extractor(*arguments, *spared, cwd=cwd, stdout=stdout, **environment)


def write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def record(folder: Path) -> dict[str, dict[str, Any]]:
    """The inputs of run.json by the path under which they were found."""
    inputs = json.loads((folder / "run.json").read_text(encoding="utf-8"))["inputs"]
    return {one["path"]: one for one in inputs}


@dataclass(frozen=True)
class Ran:
    """A run over all bad inputs and two good ones."""

    code: int
    stdout: str
    lines: list[str]
    out: Path
    record: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    cwd = tmp_path_factory.mktemp("bad")
    out = cwd / "out"
    for name in ("bad", "twin", "folder", "out"):
        (cwd / name).mkdir()
    for path, (data, _) in FILES.items():
        (cwd / path).write_bytes(data)
    for path in GOOD:
        write(cwd / path, REPORT)
    for name, data in OLD.items():
        (out / name).write_bytes(data)
    # Names and messages are Japanese, whatever the terminal claims to be.
    inputs = ["nowhere", "gone.pdf", "good.txt", "folder", "table.docx", "bad", "twin/good.pdf", GOOD[1]]
    arguments = ["run", "--out", "out", "--jobs", "4", *inputs]
    done = command(cwd, *arguments, LC_ALL="C", PYTHONIOENCODING="ascii")
    return Ran(done.returncode, done.stdout, done.stderr.splitlines(), out, record(out))


@pytest.mark.parametrize("path", BAD)
def test_bad_input_has_one_line_with_its_name_and_reason(ran: Ran, path: str) -> None:
    shown = str(Path(path))
    (line,) = [line for line in ran.lines if line.startswith((f"error: {shown}:", f"error: {shown},"))]
    found = re.fullmatch(rf"error: {re.escape(shown)}(, page \d+)?: (?P<why>.+) \[(?P<status>.+)\]", line)
    assert found is not None
    assert found["status"] == BAD[path]
    assert found["why"] == ran.record[shown]["message"]


@pytest.mark.parametrize("path", BAD)
def test_bad_input_is_in_the_record_of_the_run(ran: Ran, path: str) -> None:
    one = ran.record[str(Path(path))]
    assert (one["status"], one["file"]) == (BAD[path], Path(path).name)
    assert (one["output_sha256"], one["findings"]) == (None, None)


def test_bad_inputs_have_no_other_lines(ran: Ran) -> None:
    other = [line for line in ran.lines if not line.startswith("error: ")]
    assert len(ran.lines) - len(other) == len(BAD)
    assert len(other) == len(OLD)
    assert "Traceback" not in ran.stdout + "".join(ran.lines)
    assert ran.code == 2


@pytest.mark.parametrize("path", GOOD)
def test_good_input_beside_bad_ones_is_read(ran: Ran, path: str) -> None:
    one = ran.record[path]
    assert (one["status"], one["message"], one["stale"]) == ("read", None, False)
    output = json.loads((ran.out / f"{Path(path).stem}.json").read_text(encoding="utf-8"))
    assert output["source"]["file"] == path
    assert output["findings"] == output["unplaced"] == []
    assert [len(policy["programmes"]) for policy in output["policies"]] == [1]


def test_table_names_every_input_once(ran: Ran) -> None:
    rows = [line.split()[:2] for line in ran.stdout.splitlines()]
    expected = [[Path(path).name, status] for path, status in BAD.items()] + [[name, "read"] for name in GOOD]
    assert rows[0] == ["input", "status"]
    assert sorted(rows[1 : 1 + len(expected)]) == sorted(expected)


@pytest.mark.parametrize("name", OLD)
def test_older_output_of_a_bad_input_is_left_and_called_stale(ran: Ran, name: str) -> None:
    assert (ran.out / name).read_bytes() == OLD[name]
    (line,) = [line for line in ran.lines if line.startswith(f"warning: {Path('out', name)} ")]
    assert "stale" in line


def test_only_inputs_with_an_older_output_are_recorded_as_stale(ran: Ran) -> None:
    assert {one["output"] for one in ran.record.values() if one["stale"]} == set(OLD)
    assert {path.name for path in ran.out.iterdir()} == {"good.json", "令和5年度.json", "run.json", *OLD}


def test_nothing_of_progress_is_shown_when_piped(ran: Ran) -> None:
    assert not re.search(r"[\r\x1b\x08]", "\n".join([ran.stdout, *ran.lines]))


def test_clean_report_exits_0_and_quiet_prints_nothing(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    write(tmp_path / "raw" / "a.txt", REPORT)
    done = extractor("run", "--quiet", cwd=tmp_path, apart=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "output" / "a.json").is_file()


def test_finding_of_severity_error_exits_1(tmp_path: Path) -> None:
    changed = REPORT.replace("開催費\t1,000", "開催費\t1,001")
    assert changed != REPORT
    write(tmp_path / "a.txt", changed)
    done = command(tmp_path, "run", "a.txt", "--out", ".")
    assert (done.returncode, done.stderr) == (1, "")
    findings = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["findings"]
    assert [(one["code"], one["severity"]) for one in findings] == [("subtotal-mismatch", "error")]
    assert record(tmp_path)["a.txt"]["findings"]["error"] == 1


def test_folder_of_hidden_files_alone_holds_no_input(tmp_path: Path) -> None:
    # Editors and macOS leave files that no one means to have read.
    (tmp_path / "raw").mkdir()
    write(tmp_path / "raw" / ".a.txt", REPORT)
    done = command(tmp_path, "run")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert re.fullmatch(r"error: raw: .+ \[no-input\]", line)


@pytest.mark.parametrize("out", ["taken", "taken/below"])
def test_out_that_is_a_file_is_one_line(tmp_path: Path, out: str) -> None:
    write(tmp_path / "a.txt", REPORT)
    write(tmp_path / "taken", "mine")
    done = command(tmp_path, "run", "a.txt", "--out", out)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"error: {Path(out)}: ")
    assert (tmp_path / "taken").read_text() == "mine"


# Names that a file system allows. On Windows, and some of them on macOS, it does not.
ODD = {
    "not UTF-8": b"a\xff.txt",
    "two lines": b"a\nb.txt",
    "too long": b"a" * 300 + b".txt",
}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize("name", ODD.values(), ids=ODD)
def test_odd_name_costs_no_other_file_anything(tmp_path: Path, name: bytes) -> None:
    write(tmp_path / "good.txt", REPORT)
    if len(name) < 256:
        (tmp_path / os.fsdecode(name)).write_bytes(PROSE.encode())
    done = command(tmp_path, "run", name, "good.txt", "--out", "out")
    assert done.returncode == 2
    assert [line[:8] for line in done.stderr.splitlines()] == ["error: a"]
    assert (tmp_path / "out" / "good.json").is_file()
    assert [one["status"] == "read" for one in record(tmp_path / "out").values()] == [False, True]


def test_japanese_name_is_no_traceback_where_python_takes_ascii_for_names(tmp_path: Path) -> None:
    # Python 3.11 then decodes the name into surrogates, which no UTF-8 file can hold.
    write(tmp_path / "昔話.txt", PROSE)
    done = command(tmp_path, "run", "昔話.txt", "--out", "out", LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 2
    assert [line[:7] for line in done.stderr.splitlines()] == ["error: "]
    assert len(record(tmp_path / "out")) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_named_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    done = command(tmp_path, "run", "pipe.txt", "--out", "out")
    assert done.returncode == 2
    assert [line[:17] for line in done.stderr.splitlines()] == ["error: pipe.txt: "]


def test_input_named_run_does_not_lose_its_output_to_the_record(tmp_path: Path) -> None:
    write(tmp_path / "run.txt", REPORT)
    done = command(tmp_path, "run", "run.txt", "--out", "out")
    one = record(tmp_path / "out")["run.txt"]
    # Refused, or written under another name; but not said to be read and gone.
    assert one["output"] != "run.json"
    assert (done.returncode == 0) == (one["status"] == "read")


def test_version_is_printed(tmp_path: Path) -> None:
    done = extractor("--version", cwd=tmp_path, apart=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*\n", done.stdout)


@pytest.mark.parametrize("arguments", [["schema"], ["run", "a.txt"]], ids=["schema", "run"])
def test_closed_pipe_is_no_traceback(tmp_path: Path, arguments: list[str]) -> None:
    write(tmp_path / "a.txt", REPORT)
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        done = command(tmp_path, *arguments, stdout=theirs)
    finally:
        os.close(theirs)
    assert done.stderr == ""
    assert done.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["schema"], ["run", "a.txt"]], ids=["schema", "run"])
def test_full_disk_under_the_printed_text_is_one_line(tmp_path: Path, arguments: list[str]) -> None:
    write(tmp_path / "a.txt", REPORT)
    with Path("/dev/full").open("wb") as full:
        done = command(tmp_path, *arguments, stdout=full.fileno())
    assert done.returncode == 2
    assert [line[:7] for line in done.stderr.splitlines()] == ["error: "]
