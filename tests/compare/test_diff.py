"""`extractor diff`: output files compared on the command line."""

import hashlib
import json
import subprocess
from importlib import resources
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rich.console import Console

from command import extractor
from extractor.diff.compare import compare_reports
from extractor.records.comparison import Comparison, Labels
from extractor.records.to_json import schema_json, to_json
from extractor.reporting.terminal import make_printable, name_place, shorten_pair, show_value, tabulate_changes
from extractor.runtime.fingerprint import make_fingerprint
from extractor.runtime.output_files import NotAnOutput, open_output
from reports import GOLDEN

REPORT = GOLDEN / "aomori-sme-2023.json"


def diff(*arguments: Path | str) -> "subprocess.CompletedProcess[str]":
    return extractor("diff", *arguments)


def data() -> Any:
    return json.loads(REPORT.read_text(encoding="utf-8"))


def written(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_json(value), encoding="utf-8")
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The report with two values changed, and a name that would be a danger on a terminal."""
    changed = data()
    changed["policies"][0]["programmes"][0]["budget_thousand_yen"] = 1
    changed["policies"][0]["programmes"][1]["name"] += "\x1b[31m赤"
    return written(tmp_path / "output" / "other.json", changed)


def test_no_differences_is_exit_0() -> None:
    done = extractor("diff", REPORT, REPORT, apart=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "no differences\n", "")


def test_differences_are_a_table_and_exit_1(other: Path) -> None:
    done = diff(REPORT, other)
    assert (done.returncode, done.stderr) == (1, "")
    heading, budget, name, last = done.stdout.splitlines()
    assert heading.split() == ["kind", "where", "what", "before", "after"]
    assert budget.split() == [
        "changed",
        "西北地域の未来をつくるデジタル人財育成事業",
        "programme",
        "budget_thousand_yen",
        "4789",
        "1",
    ]
    assert name.startswith("renamed")
    assert "\x1b" not in done.stdout
    assert last == "2 changes: 1 changed, 1 renamed; cause: unknown"


def test_json_is_a_comparison_that_fits_its_schema(other: Path) -> None:
    done = diff(REPORT, other, "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert [
        error.message for error in Draft202012Validator(json.loads(schema_json("comparison"))).iter_errors(told)
    ] == []
    assert [one["right_pointer"] for one in told["changes"]] == [
        "/policies/0/programmes/0/budget_thousand_yen",
        "/policies/0/programmes/1/name",
    ]
    assert (
        told["changes"][0]["before_source"] == data()["policies"][0]["programmes"][0]["sources"]["budget_thousand_yen"]
    )
    assert to_json(Comparison.model_validate(told).model_dump(mode="json")) == done.stdout


def test_two_years_can_be_compared() -> None:
    done = diff(GOLDEN / "aomori-sme-2022.json", REPORT)
    assert done.returncode == 1
    assert "cause: source" in done.stdout.splitlines()[-1]


def test_cause_is_found_in_the_records_beside_the_files(other: Path, tmp_path: Path) -> None:
    now = make_fingerprint("aomori-sme")
    golden = written(tmp_path / "golden" / "other.json", data())
    kept = {"sha256": hashlib.sha256(golden.read_bytes()).hexdigest(), "fingerprint": now | {"rules": "then"}}
    written(tmp_path / "golden" / "fingerprints.lock", {"reports": {"other": kept}})
    sha256 = hashlib.sha256(other.read_bytes()).hexdigest()
    ran = {"output": "other.json", "output_sha256": sha256, "fingerprint": now}
    written(tmp_path / "output" / "run.json", {"inputs": [ran]})
    assert diff(golden, other).stdout.splitlines()[-1].endswith("cause: rules")
    # The record tells of these bytes alone.
    other.write_text(other.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert open_output(other).fingerprint is None
    assert open_output(golden).fingerprint == now | {"rules": "then"}


@pytest.mark.parametrize("record", ["", "[]", '{"inputs": 1}', '{"inputs": [1, {}]}', '{"reports": [1]}', "\x00"])
def test_records_that_are_none_tell_nothing(tmp_path: Path, record: str) -> None:
    path = written(tmp_path / "a.json", data())
    for name in ("run.json", "fingerprints.lock"):
        (tmp_path / name).write_text(record, encoding="utf-8")
    assert open_output(path).fingerprint is None


def spoiled(field: str, value: Any) -> str:
    report = data()
    report["policies"][0]["programmes"][3][field] = value
    return json.dumps(report)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "no schema_version"),
        ('{"inputs": []}', "no schema_version"),
        ('{"schema_version": 1}', "no schema_version"),
        ('{"schema_version": "2.0"}', "schema_version is 2.0"),
        ('{"schema_version": "\\u001b[31m"}', "\\x1b[31m"),
        ('{"schema_version": "1.0"}', "source: Field required, and 5 more errors"),
        ('{"schema_version": "1.0", "source": NaN}', "NaN"),
        ('{"schema_version": "1.0", "report": {"id": "a", "id": "b"}}', "id is there twice"),
        ('{"schema_version": "1.0", "a": ' + "[" * 900 + "]" * 900 + "}", "file: Invalid JSON: recursion limit"),
        ('{"' + "長" * 100_000 + '": 1, "' + "長" * 100_000 + '": 2}', "長長… is there twice"),
        ('{"schema_version": "1.0", "source": 1e999}', "1e999"),
        (spoiled("budget_thousand_yen", "12"), "policies/0/programmes/3/budget_thousand_yen: Input should be"),
        (spoiled("name", "\ud800"), "no output file"),
        (spoiled("unknown", 1), "policies/0/programmes/3/unknown: Extra inputs are not permitted"),
    ],
)
def test_what_is_no_output_file_is_told_on_one_line(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(NotAnOutput) as refusal:
        open_output(path)
    assert "\n" not in str(refusal.value)
    done = diff(REPORT, path)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"error: {path}: ")
    assert why in line


def test_file_that_is_not_there_is_told_on_one_line(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.json"):
        done = diff(path, REPORT)
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe")
    with pytest.raises(NotAnOutput, match="not UTF-8"):
        open_output(tmp_path / "bytes.json")


def test_schema_file_is_generated_from_the_records() -> None:
    file = Path(str(resources.files("extractor.records"))) / "comparison.schema.json"
    assert file.is_file(), "make it with: extractor schema --comparison > src/extractor/comparison.schema.json"
    assert file.read_bytes() == schema_json("comparison").encode(), "the records have changed: make the file anew"
    Draft202012Validator.check_schema(json.loads(schema_json("comparison")))


# Other programs rely on these names; they are written out so that a change of the records alone is noticed.
def test_names_of_the_contract() -> None:
    assert list(Comparison.model_fields) == ["schema_version", "left", "right", "causes", "changes"]
    schema = json.loads(schema_json("comparison"))["$defs"]
    assert list(schema["Side"]["properties"]) == ["id", "file", "sha256", "fiscal_year"]
    assert list(schema["Labels"]["properties"]) == [
        "policy",
        "initiative",
        "programme",
        "passage",
        "metric",
        "fiscal_year",
        "case_study",
        "subject",
    ]
    assert list(schema["Change"]["properties"]) == [
        "kind",
        "record",
        "field",
        "labels",
        "left_pointer",
        "right_pointer",
        "before",
        "after",
        "before_source",
        "after_source",
        "cause",
    ]


def test_both_values_are_shown_on_a_narrow_terminal(other: Path) -> None:
    comparison = compare_reports(open_output(REPORT).report, open_output(other).report)
    printed = StringIO()
    Console(width=40, file=printed).print(tabulate_changes(comparison))
    columns = [line.split() for line in printed.getvalue().splitlines()]
    assert any(line[-2:] == ["4789", "1"] for line in columns)


def test_long_texts_are_cut_to_what_differs() -> None:
    before, after = shorten_pair("あ" * 100 + "3回" + "い" * 100, "あ" * 100 + "4回" + "い" * 100)
    assert before == "…" + "あ" * 6 + "3回" + "い" * 31 + "…"
    assert after.startswith("…" + "あ" * 6 + "4回")
    assert shorten_pair("a", "b") == ("a", "b")


def test_values_are_shown_in_few_words() -> None:
    assert show_value(None) == "–"
    assert show_value(True) == "yes"
    assert show_value({"raw": "12名", "status": "read"}) == "12名"
    assert show_value({"raw": "", "status": "blank"}) == "(blank)"
    assert show_value({"division": "港湾課", "groups": ["班"], "bureau": None}) == "港湾課"
    assert make_printable("a\nb\x1b[0m") == "a b\\x1b[0m"
    assert (
        name_place(Labels(policy="担い手", programme="港の学び舎", metric="参加者数", fiscal_year=2023))
        == "港の学び舎 › 参加者数 › FY 2023"
    )
    assert name_place(Labels(policy="担い手")) == "担い手"
    assert name_place(Labels()) == "report"
