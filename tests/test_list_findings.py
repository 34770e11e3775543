"""The command `findings`: what is doubtful, where, what it means and what to do, in every form."""

import csv
import io
import json
import re
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rich.console import Console

from command import Done, here
from extractor.baseline.collect_findings import collect_findings
from extractor.language import Language
from extractor.pipeline import read_report
from extractor.records.report import AppliedWaiver, PageBox, Report
from extractor.records.to_json import report_json, schema_json, to_json
from extractor.reporting.findings_terminal import tabulate_findings
from made_up import BLOCKS, MadeUp

EVIL = "=HYPERLINK(1)"
POINTER = "/policies/0/programmes/0/metrics/0/observations/1"
# A warning, an error and an info, each with another place; one more warning is waived.
ROWS = {1: ("参加者数\t10名\t",), 2: ("参加企業数\t10社\t12名", "受講者数\t1名\t1O名")}


class Shelf:
    """A folder with an output that a run wrote, and the same as an accepted file of another name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        blocks = tuple(replace(one, rows=ROWS.get(one.number, one.rows)) for one in BLOCKS)
        (folder / "raw").mkdir()
        self.source = folder / "raw" / "made-up.txt"
        self.source.write_text(MadeUp(blocks=blocks, subtotal="1").text(), encoding="utf-8")
        report = read_report(self.source)
        findings = [
            one.model_copy(update={"waived": AppliedWaiver.model_validate({"reason": EVIL, "date": "2026-11-20"})})
            if one.code == "counter-mismatch"
            else one
            for one in report.findings
        ]
        self.report = report.model_copy(update={"findings": tuple(findings)})
        self.inputs: list[dict[str, Any]] = []
        self.put("made-up", self.report)
        (folder / "golden").mkdir()
        (folder / "golden" / "accepted.json").write_text(report_json(self.report), encoding="utf-8")

    def put(self, name: str, report: Report | None, **last: Any) -> None:
        """Lay out an output, and what the last run said of it."""
        out = self.folder / "output"
        out.mkdir(exist_ok=True)
        if report is not None:
            (out / f"{name}.json").write_text(report_json(report), encoding="utf-8")
        self.inputs.append({"file": f"{name}.txt", "status": "read", "message": None} | last)
        (out / "run.json").write_text(to_json({"inputs": self.inputs}), encoding="utf-8")

    def ask(self, *arguments: str, lang: str = "ja") -> Done:
        return here("--lang", lang, "findings", *arguments, cwd=self.folder)

    def listed(self, *arguments: str) -> list[dict[str, Any]]:
        """What the JSON says, checked by its schema."""
        data = json.loads(self.ask(*arguments, "--json", "-").stdout)
        Draft202012Validator(json.loads(schema_json("findings"))).validate(data)
        groups: list[dict[str, Any]] = data["groups"]
        return groups


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def kinds(groups: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(group["severity"], group["code"]) for group in groups]


def test_errors_come_first_and_each_group_says_what_it_means_and_what_to_do(shelf: Shelf) -> None:
    groups = shelf.listed()
    assert [severity for severity, _ in kinds(groups)] == sorted(
        (severity for severity, _ in kinds(groups)), key=["error", "warning", "info"].index
    )
    assert {"subtotal-mismatch", "unreadable-value", "blank-cell", "counter-mismatch"} <= {
        code for _, code in kinds(groups)
    }
    assert all(group[name][language] for group in groups for name in ("meaning", "action") for language in ("ja", "en"))


def test_a_finding_says_its_programme_item_and_year_beside_the_pointer(shelf: Shelf) -> None:
    (group,) = shelf.listed("--code", "blank-cell")
    (one,) = group["findings"]
    assert (one["report"], one["programme_id"], one["programme_number"]) == ("made-up", "2024-2-01", 1)
    assert (one["labels"]["programme"], one["labels"]["metric"]) == ("港の学び舎運営事業", "参加者数")
    assert (one["labels"]["fiscal_year"], one["finding"]["pointer"]) == (2024, POINTER)


def test_on_the_terminal_no_pointer_is_shown_and_no_english_in_japanese(shelf: Shelf) -> None:
    done = shelf.ask()
    assert done.code == 1
    assert "/policies" not in done.stdout
    for said in ("1 港の学び舎運営事業 › 参加者数 › 2024年度", "意味", "対処", "確認済み（2026-11-20）"):
        assert said in done.stdout
    codes = "|".join({one.code for one in shelf.report.findings})
    assert not re.search(r"[A-Za-z]{3,}", re.sub(rf"{codes}|HYPERLINK|raw/<name>.toml", "", done.stdout))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_narrow_terminal_shows_all_of_it(language: Language, shelf: Shelf) -> None:
    found = collect_findings([], shelf.folder / "output", "output")
    console = Console(width=80, file=io.StringIO(), record=True)
    console.print(tabulate_findings(found, language))
    text = console.export_text()
    assert all(console.measure(line).maximum <= 80 for line in text.splitlines())
    whole = re.sub(r"\s", "", text)
    for one in found.list_findings():
        said = one.finding.message_ja if language == "ja" else one.finding.message
        assert re.sub(r"\s", "", said or "") in whole


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--severity", "error"], {"error"}),
        (["--severity", "error", "--severity", "info"], {"error", "info"}),
        (["--severity", "warning", "--code", "blank-cell"], {"warning"}),
    ],
)
def test_only_what_is_asked_for_is_shown(arguments: list[str], wanted: set[str], shelf: Shelf) -> None:
    groups = shelf.listed(*arguments)
    assert {severity for severity, _ in kinds(groups)} == wanted & {one.severity for one in shelf.report.findings}
    if "--code" in arguments:
        assert kinds(groups) == [("warning", "blank-cell")]


@pytest.mark.parametrize("arguments", [["--severity", "bad"], ["--code", "no-such-code"], ["no-such-report"]])
def test_what_there_is_not_is_one_line(arguments: list[str], shelf: Shelf) -> None:
    done = shelf.ask(*arguments)
    assert (done.code, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_the_exit_code_is_that_of_errors_that_count(shelf: Shelf) -> None:
    assert shelf.ask("--code", "blank-cell").code == 0
    assert shelf.ask("--severity", "error").code == 1
    waived = AppliedWaiver.model_validate({"reason": "印字どおり", "date": "2026-11-20"})
    findings = tuple(one.model_copy(update={"waived": waived}) for one in shelf.report.findings)
    shelf.put("made-up", shelf.report.model_copy(update={"findings": findings}))
    assert shelf.ask().code == 0


def test_a_report_that_the_last_run_could_not_read_is_said(shelf: Shelf) -> None:
    shelf.put("broken", None, status="damaged", message="a page is damaged")
    done = shelf.ask()
    assert done.code == 2
    assert "港の学び舎運営事業" in done.stdout
    assert "broken" in done.stderr
    assert shelf.ask("made-up").code == 1


def test_an_older_output_of_an_input_that_cannot_be_read_any_more_is_shown_as_such(shelf: Shelf) -> None:
    shelf.inputs.clear()
    shelf.put("made-up", shelf.report, status="bad-corrections", message="made-up.toml: no")
    done = shelf.ask()
    assert done.code == 2
    assert "made-up.toml" in done.stderr
    assert "港の学び舎運営事業" in done.stdout


def test_an_output_of_a_file_that_was_replaced_since_is_said(shelf: Shelf) -> None:
    shelf.source.write_text(MadeUp().text(), encoding="utf-8")
    done = shelf.ask()
    assert done.code == 2
    assert "made-up: 読み取った後に入力ファイルが変わった" in done.stderr
    assert shelf.ask("--golden", "golden").code == 1


def test_the_accepted_files_are_another_folder(shelf: Shelf) -> None:
    assert {one["report"] for group in shelf.listed("--golden", "golden") for one in group["findings"]} == {"accepted"}
    assert shelf.ask("--golden", "golden", "made-up").code == 2
    assert shelf.ask("--golden", "nowhere").code == 2


@pytest.mark.parametrize("name", ["made-up", "made-up.txt", "output/made-up.json"])
def test_a_report_goes_by_any_of_its_files(name: str, shelf: Shelf) -> None:
    assert shelf.listed(name) == shelf.listed()


def test_a_spreadsheet_opens_the_csv(shelf: Shelf) -> None:
    """With the mark by which Excel knows UTF-8, a line each, and no formula."""
    assert shelf.ask("--csv", "f.csv").code == 1
    data = (shelf.folder / "f.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == len(shelf.report.findings) + 1
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    (blank,) = [row for row in rows if row["コード"] == "blank-cell"]
    assert (blank["ポインター"], blank["番号"], blank["年度"], blank["項目"]) == (POINTER, "1", "2024", "参加者数")
    assert blank["行"]
    (waived,) = [row for row in rows if row["確認日"]]
    assert waived["確認済みとした理由"] == f"'{EVIL}"


def test_the_page_has_all_findings_with_their_places(shelf: Shelf) -> None:
    assert shelf.ask("--html", "f.html").code == 1
    page = (shelf.folder / "f.html").read_text(encoding="utf-8")
    assert page.count("<article") == len(shelf.report.findings)
    assert page.count('<article class="waived"') == 1
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page)
    shown = json.loads(data)
    assert len(shown["places"]) == len(shelf.report.findings)
    assert shown["documents"] == [shelf.report.source.sha256]
    assert "/policies" not in page
    shelf.source.unlink()
    shelf.ask("--html", "f.html")
    assert json.loads(re.findall(r'id="data">(.*?)</script>', (shelf.folder / "f.html").read_text())[0])["sheets"] == {}


def test_printed_pages_come_before_those_of_the_pdf(shelf: Shelf) -> None:
    box = PageBox(page=21, page_label="42", bbox=(0, 0, 10, 10))
    bare = PageBox(page=22, page_label=None, bbox=(0, 0, 10, 10))
    findings = tuple(one.model_copy(update={"source": (box, bare)}) for one in shelf.report.findings)
    shelf.put("made-up", shelf.report.model_copy(update={"findings": findings}))
    assert "印刷頁42（PDF 21頁）" in shelf.ask().stdout
    assert "PDF 22頁" in shelf.ask().stdout


def test_a_run_ends_with_the_first_that_count(shelf: Shelf) -> None:
    """Errors and then warnings, of which a run that reads nothing anew knows, too; a clean run says nothing of it."""
    (shelf.folder / "output").rename(shelf.folder / "old")
    for option in ("--force", "--language"):
        done = here("--lang", "ja", "run", "--no-language", option, cwd=shelf.folder)
        said = done.stdout.split("確認を要する指摘")[1]
        assert "（4件のうち4件）" in said
        assert [said.count(name) for name in ("エラー ", "警告 ")] == [2, 2]
        assert said.index("エラー ") < said.index("警告 ")
        assert "1 港の学び舎運営事業 › 参加者数 › 2024年度" in said
        assert "extractor findings" in said
        assert "/policies" not in said
    shelf.source.write_text(MadeUp().text(), encoding="utf-8")
    assert "確認を要する" not in here("--lang", "ja", "run", "--no-language", cwd=shelf.folder).stdout


def test_the_schema_file_is_generated_from_the_records() -> None:
    file = Path(str(resources.files("extractor.records"))) / "findings.schema.json"
    assert file.read_bytes() == schema_json("findings").encode(), "the records have changed: `make schema`"
