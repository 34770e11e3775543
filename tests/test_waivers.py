"""Waivers of one edition: findings that a person looked at are said so, and only in the file that was looked at."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from command import here
from extractor.assembly.corrections import append_tables, is_continued, write_table
from extractor.checks.waivers import find_expired, make_waiver
from extractor.errors import CannotRead
from extractor.pipeline import read_report
from extractor.records.report import Report
from extractor.records.to_json import report_json, schema_json
from made_up import BLOCKS, MadeUp, changed

VALUE = "/policies/0/programmes/0/metrics/0/observations/1/quantities/0"
ROW = "参加企業数\t10社\t12名"
NO_REASON = [("counter-mismatch", VALUE, "")]
BASE = {"code": "counter-mismatch", "pointer": VALUE, "reason": "印字どおり", "date": "2026-11-20"}


def toml(*waivers: dict[str, Any]) -> str:
    tables = []
    for one in waivers:
        lines = [
            f"{key} = {value if key == 'date' else json.dumps(value, ensure_ascii=False)}" for key, value in one.items()
        ]
        tables.append("\n".join(["[[waiver]]", *lines]))
    return "\n\n".join(tables)


def lay_out(folder: Path, row: str = ROW) -> tuple[Path, str]:
    """A transcript with one doubtful value, and its hash."""
    path = folder / "report.txt"
    path.write_text(MadeUp(blocks=changed(1, rows=(row,))).text(), encoding="utf-8")
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def read(folder: Path, *waivers: dict[str, Any]) -> Report:
    path, sha256 = lay_out(folder)
    path.with_suffix(".toml").write_text(toml(*({"sha256": sha256} | one for one in waivers)), encoding="utf-8")
    return read_report(path)


def said(report: Report) -> list[tuple[str, bool]]:
    return [(one.code, one.waived is not None) for one in report.findings]


def test_a_finding_that_was_looked_at_says_why_and_since_when(tmp_path: Path) -> None:
    report = read(tmp_path, BASE)
    assert said(report) == [("counter-mismatch", True)]
    data = json.loads(report_json(report))
    assert data["findings"][0]["waived"] == {"reason": "印字どおり", "date": "2026-11-20"}
    Draft202012Validator(json.loads(schema_json())).validate(data)


def test_all_else_is_as_without_the_waiver(tmp_path: Path) -> None:
    def bare(report: Report) -> Report:
        return report.model_copy(
            update={"findings": tuple(one.model_copy(update={"waived": None}) for one in report.findings)}
        )

    assert bare(read(tmp_path, BASE)) == read(tmp_path)


def test_the_later_of_two_waivers_of_one_finding_counts(tmp_path: Path) -> None:
    report = read(tmp_path, BASE, BASE | {"reason": "担当課に確認済み"})
    (finding,) = report.findings
    assert finding.waived is not None
    assert finding.waived.reason == "担当課に確認済み"


def test_in_another_edition_the_finding_counts_again_and_the_waiver_is_said(tmp_path: Path) -> None:
    path, sha256 = lay_out(tmp_path)
    path.with_suffix(".toml").write_text(toml(BASE | {"sha256": sha256}), encoding="utf-8")
    lay_out(tmp_path, "参加企業数\t10社\t13名")
    report = read_report(path)
    assert sorted(said(report)) == [("counter-mismatch", False), ("stale-waiver", False)]
    doubt, stale = sorted(report.findings, key=lambda one: one.code)
    assert (stale.severity, stale.pointer, stale.source) == ("warning", doubt.pointer, doubt.source)
    assert "another edition" in stale.message
    assert "別の版" in (stale.message_ja or "")
    assert "counter-mismatch (助数詞の不一致) 1" in stale.message


@pytest.mark.parametrize(
    "other",
    [
        {"pointer": VALUE.replace("observations/1", "observations/0")},
        {"pointer": VALUE.replace("programmes/0", "programmes/99")},
        {"pointer": VALUE.replace("programmes/0", "programmes/-1")},
        {"pointer": "/no/such/place"},
        {"pointer": ""},
        {"pointer": "/policies/0/model_dump"},
        {"code": "blank-cell"},
        {"code": "no-such-code"},
    ],
)
def test_a_waiver_of_nothing_is_said_and_waives_nothing(other: dict[str, str], tmp_path: Path) -> None:
    report = read(tmp_path, BASE | other)
    assert sorted(said(report)) == [("counter-mismatch", False), ("stale-waiver", False)]
    (stale,) = [one for one in report.findings if one.code == "stale-waiver"]
    assert stale.source
    assert "not there" in stale.message


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (toml(BASE), "waiver.0.sha256"),
        (toml(BASE | {"sha256": "abc"}), "waiver.0.sha256"),
        (toml(BASE | {"sha256": "0" * 64, "reason": ""}), "waiver.0.reason"),
        (toml(BASE | {"sha256": "0" * 64, "pointer": "policies/0"}), "waiver.0.pointer"),
        (toml(BASE | {"sha256": "0" * 64, "note": "x"}), "waiver.0.note"),
    ],
)
def test_a_waiver_that_is_not_as_it_must_be_stops_the_report(text: str, where: str, tmp_path: Path) -> None:
    path, _ = lay_out(tmp_path)
    path.with_suffix(".toml").write_text(text, encoding="utf-8")
    with pytest.raises(CannotRead, match=where) as raised:
        read_report(path)
    assert raised.value.status == "bad-corrections"


def test_a_waiver_is_written_behind_what_a_person_wrote(tmp_path: Path) -> None:
    path, _ = lay_out(tmp_path)
    beside, written = path.with_suffix(".toml"), "# 数えた\n[expected]\nprogrammes = 5"
    beside.write_text(written, encoding="utf-8")
    report = read_report(path)
    finding = report.findings[0]
    waiver = make_waiver(finding.code, finding.pointer, '「"印字"」どおり', report)
    beside.write_text(append_tables(beside, [write_table("waiver", waiver)]), encoding="utf-8")
    assert beside.read_text(encoding="utf-8").startswith(f"{written}\n\n[[waiver]]\n")
    (finding,) = read_report(path).findings
    assert finding.waived is not None
    assert finding.waived.reason == '「"印字"」どおり'


@pytest.mark.parametrize(
    ("code", "pointer", "reason"), [("blank-cell", VALUE, "可"), ("counter-mismatch", "/x", "可"), *NO_REASON]
)
def test_no_waiver_is_made_of_no_finding_or_without_a_reason(
    code: str, pointer: str, reason: str, tmp_path: Path
) -> None:
    path, _ = lay_out(tmp_path)
    with pytest.raises(CannotRead, match=r"no such finding|needs a reason"):
        make_waiver(code, pointer, reason, read_report(path))


def test_what_is_waived_does_not_count_in_a_run_nor_stop_a_strict_one(tmp_path: Path) -> None:
    rows = ("参加者数\t10名\t12名\t良",)
    blocks = tuple(replace(one, head="項目名\t5年度\t6年度\t難易度", rows=rows) for one in BLOCKS)
    path = tmp_path / "report.txt"
    path.write_text(MadeUp(blocks=blocks).text(), encoding="utf-8")
    report = read_report(path)
    assert "error" in {one.severity for one in report.findings}
    waived = {(one.code, one.pointer): make_waiver(one.code, one.pointer, "可", report) for one in report.findings}
    beside = path.with_suffix(".toml")
    beside.write_text(append_tables(beside, (write_table("waiver", one) for one in waived.values())), encoding="utf-8")
    done = here("run", "--no-language", "--strict", path, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.code == 0
    (entry,) = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["inputs"]
    assert entry["findings"] == {"error": 0, "warning": 0, "info": 0, "waived": len(report.findings)}
    assert entry["doubts"] == []


def test_waivers_of_another_edition_are_one_line_and_know_their_findings_again(tmp_path: Path) -> None:
    """A programme was put in before: pointers lead elsewhere, and the findings are known by what they say."""
    path, _ = lay_out(tmp_path)
    doubtful = tuple(replace(one, rows=(f"参加企業数\t10社\t{one.number + 10}名",)) for one in BLOCKS)
    fewer = tuple(replace(one, number=one.number - 1) for one in doubtful[1:])
    path.write_text(MadeUp(rows=fewer, blocks=fewer).text(), encoding="utf-8")
    before = read_report(path)
    waivers = [make_waiver(one.code, one.pointer, "可", before) for one in before.findings]
    assert len(waivers) == 4
    assert waivers[0].about == "海藻加工人材育成事業 › 参加企業数 › 2024年度：" + (before.findings[0].message_ja or "")
    # Of the corrected edition, the last finding is gone.
    doubtful = (*doubtful[:4], replace(doubtful[4], rows=("参加企業数\t10社\t15社",)))
    path.write_text(MadeUp(rows=doubtful, blocks=doubtful).text(), encoding="utf-8")
    path.with_suffix(".toml").write_text("\n".join(write_table("waiver", one) for one in waivers), encoding="utf-8")
    after = read_report(path)
    stale = [one for one in after.findings if one.code == "stale-waiver"]
    assert [(one.severity, one.message) for one in stale] == [
        (
            "warning",
            "3 findings waived in another edition of the file count again: counter-mismatch (助数詞の不一致) 3",
        ),
        (
            "info",
            "1 finding waived in another edition of the file is not in this one: counter-mismatch (助数詞の不一致) 1",
        ),
    ]
    open_ones = [one for one in after.findings if one.code == "counter-mismatch"]
    expired = find_expired(open_ones, waivers, after)
    # The first has the pointer that the one behind it had, and is another.
    assert [expired[at].about for at in (1, 2, 3)] == [one.about for one in waivers[:3]]
    again = [make_waiver(one.code, one.pointer, "可", after) for one in open_ones]
    text = append_tables(path.with_suffix(".toml"), (write_table("waiver", one) for one in again))
    path.with_suffix(".toml").write_text(text, encoding="utf-8")
    assert {one.waived is None for one in read_report(path).findings} == {False}


@pytest.mark.parametrize("written", ["", "[expected]\nprogrammes = 5", "# 注\n", "[expected]\nprogrammes = 5\n\n\n"])
def test_a_file_is_known_as_continued_by_corrections_and_waivers_alone(written: str, tmp_path: Path) -> None:
    file = tmp_path / "report.toml"
    before = hashlib.sha256(written.encode()).hexdigest()
    file.write_text(written, encoding="utf-8")
    table = toml(BASE | {"sha256": "0" * 64}) + "\n"
    for _ in range(2):
        file.write_text(append_tables(file, [table]), encoding="utf-8")
        assert is_continued(file, before)
        assert is_continued(file, None) == ("[expected]" not in written)
    file.write_text(file.read_text(encoding="utf-8") + "\n[expected]\nprogrammes = 6\n", encoding="utf-8")
    assert not is_continued(file, before)
    file.write_text("[expected]\nprogrammes = 4\n\n" + table, encoding="utf-8")
    assert not is_continued(file, before)
