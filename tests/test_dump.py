"""`extractor inspect --dump`: what each step made, as JSON, of a PDF, a transcript, and a file that gives no report."""

import json
import re
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from command import extractor
from extractor.document.step import Step
from extractor.inspection.dump import LINE_LENGTH, render_json
from read.scans import joined
from reports import RAW
from test_bad_input import REPORT
from test_inspect import with_a_table

SAMPLE, TRANSCRIPT = RAW / "aomori-sme-2022.pdf", RAW / "aomori-sme-2023-transcript.txt"


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The title, the list and the first blocks of a report."""
    return joined(tmp_path_factory.mktemp("pdf") / "first-pages.pdf", (SAMPLE, [1, 2, 3, 4]))


def dump(cwd: Path, *arguments: str, **environment: Any) -> "CompletedProcess[str]":
    return extractor("inspect", *arguments, cwd=cwd, **environment)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=20), inner, max_size=6),
    max_leaves=20,
)


@settings(max_examples=50)
@given(json_values)
def test_rendering_keeps_the_value_and_breaks_what_is_long(value: object) -> None:
    text = render_json(value)
    assert json.loads(text) == value
    for line in text.split("\n"):
        # A longer line holds one text or number, perhaps with its name, or nothing, and cannot be broken.
        if len(line) > LINE_LENGTH:
            assert line[-3:].rstrip(",")[-2:] in {"[]", "{}"} or line.rstrip(",")[-1] not in "]}"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pdf", "transcript"])
def test_each_step_of_a_report_is_dumped(tmp_path: Path, pdf: Path, kind: str) -> None:
    path = pdf if kind == "pdf" else TRANSCRIPT
    made = {}
    for step in Step:
        done = dump(tmp_path, str(path), "--dump", step)
        assert (done.returncode, done.stderr) == (0, ""), step
        made[step] = json.loads(done.stdout)
    assert not [*tmp_path.iterdir()]  # no picture
    if kind == "pdf":
        assert [page["number"] for page in made[Step.PAGES]] == [*range(1, made[Step.LAYOUT]["pages"] + 1)]
        assert {"text", "x0", "top", "x1", "bottom", "size", "font"} <= set(made[Step.PAGES][0]["glyphs"][0])
    else:
        lines = [line["text"] for line in made[Step.PAGES]]
        assert lines == TRANSCRIPT.read_text(encoding="utf-8-sig").replace("\f", " ").splitlines()
    texts = {element["text"] for element in made[Step.LAYOUT]["elements"] if "text" in element}
    (chapter,) = made[Step.OUTLINE]["chapters"]
    assert {block["title"]["text"] for block in chapter["blocks"] if block["title"]} <= texts
    (values,) = made[Step.PARSED]["chapters"]
    (pairs,) = made[Step.LINKED]
    assert [pair["block"] for pair in pairs if pair["block"]] == values["blocks"]
    assert {pair["entry"]["name"] for pair in pairs if pair["entry"]} == {entry["name"] for entry in values["entries"]}


@pytest.mark.slow
def test_a_page_can_be_said_and_the_bytes_are_the_same(tmp_path: Path, pdf: Path) -> None:
    for step in ("pages", "layout"):
        whole = json.loads(dump(tmp_path, str(pdf), "--dump", step).stdout)
        first = dump(tmp_path, str(pdf), "--dump", step, "--page", "3", PYTHONHASHSEED="1")
        second = dump(tmp_path, str(pdf), "--dump", step, "--label", "24", PYTHONHASHSEED="2")
        assert (first.returncode, first.stdout) == (0, second.stdout)
        part = json.loads(first.stdout)
        if step == "pages":
            assert part == whole[2:3]
            # One line a glyph, so that two dumps can be compared line by line; and one for what a second engine reads.
            glyphs = [*part[0]["glyphs"], *part[0]["printed"]]
            assert first.stdout.count("\n") < 2 * len(glyphs)
        else:
            here = [element for element in whole["elements"] if any(place["page"] == 3 for place in element["source"])]
            assert 0 < len(part["elements"]) < len(whole["elements"])
            assert part["elements"] == here


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "reached"),
    [("a.pdf", Step.OUTLINE), ("a.txt", Step.OUTLINE), ("empty.txt", None), ("half.pdf", None)],
)
def test_a_file_that_gives_no_report_is_dumped_as_far_as_the_steps_came(
    tmp_path: Path, name: str, reached: Step | None
) -> None:
    (tmp_path / "a.pdf").write_bytes(with_a_table())
    (tmp_path / "a.txt").write_text("今日は晴れ。\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "half.pdf").write_bytes(SAMPLE.read_bytes()[:100_000])
    steps = list(Step)
    for step in steps:
        done = dump(tmp_path, name, "--dump", step)
        (line,) = done.stderr.splitlines()
        if reached is not None and steps.index(step) <= steps.index(reached):
            assert done.returncode == 0
            assert json.loads(done.stdout)
            assert re.fullmatch(r"warning: it gives no report: .+ \[not-a-report\]", line)
        else:
            assert (done.returncode, done.stdout) == (2, "")
            assert re.match(rf"error: {name}: ", line)
            assert reached is None or f"the step {step} was not reached" in line


WRONG = {
    "no such step": (["a.pdf", "--dump", "words"], r"'words' is not one of"),
    "page of a transcript": (["a.txt", "--dump", "layout", "--page", "1"], r"a.txt: a transcript has no pages"),
    "page of the outline": (["a.pdf", "--dump", "outline", "--page", "1"], r"--dump outline is of the whole file"),
    "page and label": (["a.pdf", "--dump", "pages", "--page", "1", "--label", "1"], r"say which page"),
    "no such page": (["a.pdf", "--dump", "pages", "--page", "2"], r"a.pdf: it has 1 pages, so no page 2"),
    "picture": (["a.pdf", "--dump", "pages", "--out", "a.png"], r"--out is for a picture"),
    "other kind": (["a.csv", "--dump", "pages"], r"a.csv: only the steps of .pdf and .txt"),
    "no such file": (["b.txt", "--dump", "pages"], r"b.txt: .+ \[no-such-file\]"),
    "no profile": (["a.txt", "--dump", "pages", "--profile", "nix"], r"there is no profile nix"),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", WRONG)
def test_a_mistake_is_said_and_exit_2(tmp_path: Path, what: str) -> None:
    (tmp_path / "a.pdf").write_bytes(with_a_table())
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "a.csv").write_text("a,b\n", encoding="utf-8")
    arguments, message = WRONG[what]
    done = dump(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.search(message, " ".join(done.stderr.split()))
    assert len([*tmp_path.iterdir()]) == 3
