"""Output against golden, as data and as text."""

import html
import json
import re
import subprocess
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from extractor.baseline.compare_to_baseline import review_outputs
from extractor.records.report import (
    Activity,
    Fact,
    Finding,
    Observation,
    Office,
    Quantity,
    Record,
)
from extractor.records.review import Review
from extractor.records.to_json import schema_json
from extractor.reporting.html.review.page_data import build_page_data
from extractor.reporting.i18n import load_words, words
from extractor.reporting.markdown import LONGEST, SHOWN, escape_markdown, render_markdown
from extractor.reporting.terminal import tabulate_changes
from extractor.reporting.text_diff import mark_differences
from extractor.reporting.values import write_both_values
from review.desk import EVIL, REPORT, TRANSCRIPT, Desk, programmes, several


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def reviewed(desk: Desk) -> Review:
    return review_outputs([], desk.output, desk.golden, desk.raw)


def states(desk: Desk) -> dict[str, str]:
    return {one.report: one.state for one in reviewed(desk).reports}


def test_what_is_as_accepted_does_not_differ(desk: Desk) -> None:
    desk.put(TRANSCRIPT)
    (desk.golden / f"{TRANSCRIPT}.json").write_bytes((desk.output / f"{TRANSCRIPT}.json").read_bytes())
    done = desk.run("review")
    assert done.returncode == 0
    assert "same" in done.stdout


def test_every_edit_is_one_change(desk: Desk) -> None:
    desk.put(REPORT, several)
    (one,) = reviewed(desk).reports
    assert one.state == "changed"
    assert one.comparison is not None
    assert [(change.kind, change.record, change.field) for change in one.comparison.changes] == [
        ("changed", "programme", "budget_thousand_yen"),
        ("changed", "observation", None),
        ("changed", "passage", "paragraphs"),
        ("renamed", "programme", "name"),
        ("changed", "programme", "offices"),
    ]
    assert len(one.touching) == 5


def test_findings_that_touch_a_change_are_with_it(desk: Desk) -> None:
    def edit(data: dict[str, Any]) -> None:
        finding = next(one for one in data["findings"] if "/observations/" in one["pointer"])
        parts = finding["pointer"].split("/")
        metric = programmes(data)[int(parts[4])]["metrics"][int(parts[6])]
        metric["observations"][int(parts[8])]["raw"] = "?"

    desk.put(REPORT, edit)
    (one,) = reviewed(desk).reports
    assert one.comparison is not None
    assert any("/observations/" in finding.pointer for finding in one.touching[0])


def test_missing_new_orphan_and_unreadable_are_said(desk: Desk) -> None:
    desk.put(REPORT)
    desk.put(TRANSCRIPT)
    (desk.golden / f"{TRANSCRIPT}.json").unlink()
    (desk.golden / "gone.json").write_text("{}", encoding="utf-8")
    (desk.raw / "later.pdf").touch()
    (desk.golden / "later.json").write_text("{}", encoding="utf-8")
    assert states(desk) == {REPORT: "same", TRANSCRIPT: "new", "gone": "orphan", "later": "missing"}
    (desk.golden / f"{REPORT}.json").write_text("{}", encoding="utf-8")
    assert states(desk)[REPORT] == "unreadable"
    assert desk.run("review").returncode == 2


def test_all_of_a_new_report_is_added(desk: Desk) -> None:
    desk.put(TRANSCRIPT)
    (desk.golden / f"{TRANSCRIPT}.json").unlink()
    (one,) = reviewed(desk).reports
    assert one.comparison is not None
    changes = one.comparison.changes
    assert {change.kind for change in changes} <= {"added", "changed"}
    added = [change for change in changes if change.record == "programme" and change.kind == "added"]
    assert [change.field for change in added].count("name") == len(programmes(desk.read(TRANSCRIPT)))
    assert changes[0].right_pointer == "/report/id"
    assert len(one.leaves) == len(changes) == len({leaf.key for leaf in one.leaves})
    assert sorted(index for group in one.groups for index in group.changes) == list(range(len(changes)))


def test_a_name_that_nobody_knows_is_an_error(desk: Desk) -> None:
    desk.put(TRANSCRIPT)
    done = desk.run("review", "nothing")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert desk.run("review", "--lang", "fr").returncode == 2


def test_json_and_markdown_are_printed_alone(desk: Desk) -> None:
    desk.put(REPORT, several)
    done = desk.run("review", "--json", "-")
    assert done.returncode == 1
    assert Review.model_validate_json(done.stdout).places == 5
    markdown = desk.run("review", "--markdown", "-")
    assert markdown.stdout.startswith("**The output differs from golden in 5 places of 1 report.**")
    assert desk.run("review").stdout.splitlines()[0].split()[0] == "report"


def test_json_of_every_state_fits_its_schema(desk: Desk) -> None:
    schema = Draft202012Validator(json.loads(schema_json("review")))
    desk.put(REPORT, several)
    desk.put(TRANSCRIPT)
    (desk.golden / f"{TRANSCRIPT}.json").unlink()
    (desk.golden / "gone.json").write_text("{}", encoding="utf-8")
    data = json.loads(desk.run("review", "--json", "-").stdout)
    assert [one["state"] for one in data["reports"]] == ["changed", "new", "orphan"]
    assert [error.message for error in schema.iter_errors(data)] == []
    assert [len(one["touching"]) for one in data["reports"][:1]] == [5]
    for spoil in ("state", "comparison"):
        assert not schema.is_valid({**data, "reports": [data["reports"][0] | {spoil: 1}]})
    assert not schema.is_valid(data | {"more": 1})


def test_schema_file_is_generated_from_the_records(desk: Desk) -> None:
    file = Path(str(resources.files("extractor.records"))) / "review.schema.json"
    assert file.read_bytes() == schema_json("review").encode(), "make it with: make schema"
    Draft202012Validator.check_schema(json.loads(schema_json("review")))
    assert desk.run("schema", "--review").stdout == schema_json("review")
    assert desk.run("schema", "--review", "--years").returncode == 2


# Other programs rely on these names; they are written out so that a change of the records alone is noticed.
def test_names_of_the_contract() -> None:
    schema = json.loads(schema_json("review"))
    assert list(schema["properties"]) == ["schema_version", "reports"]
    assert list(schema["$defs"]["Reviewed"]["properties"]) == [
        *("report", "state", "why", "why_ja", "output_sha256", "golden_sha256", "comparison", "touching"),
        *("leaves", "groups"),
    ]
    assert list(schema["$defs"]["Leaf"]["properties"]) == [
        "key",
        "follows",
        "state",
        "note",
        "before_sha256",
        "before_rows",
    ]
    assert list(schema["$defs"]["ChangeGroup"]["properties"]) == [
        *("name", "record", "labels", "changes", "findings", "clean")
    ]


def test_markdown_holds_no_markup_of_a_document(desk: Desk) -> None:
    def edit(data: dict[str, Any]) -> None:
        names = [
            EVIL,
            "a|b `c` **d** @team #1 http://x.test www.x.test [e](f) ![g](h)\n| --- |",
            "<!-- -->",
            "\x1b[31m",
        ]
        for programme, name in zip(programmes(data), names, strict=False):
            programme["name"] = name

    desk.put(REPORT, edit)
    text = render_markdown(reviewed(desk))
    for sign in ("<script", "@team", "http:", "www.", "](", "**d", "`c", "<!--", "\x1b"):
        assert sign not in text
    columns = [line.count("|") for line in text.splitlines() if line.startswith(("| renamed", "| changed"))]
    assert columns == [7] * 4


def test_markdown_mentions_and_refers_to_nobody(desk: Desk) -> None:
    """Who is mentioned is looked for in the HTML that is made of it, where a sign written as a number is the sign."""

    def edit(data: dict[str, Any]) -> None:
        for programme, name in zip(programmes(data), ("@team", "#1", "GH-1", "e" * 40, "a/b#2"), strict=False):
            programme["name"] = name
            programme["budget_thousand_yen"] = 1
            programme["metrics"][0]["observations"][0]["raw"] = f"@team {name}"

    desk.put(REPORT)
    data = desk.read()
    edit(data)
    (desk.output / f"{REPORT}.json").write_text(json.dumps(data), encoding="utf-8")
    (desk.golden / "@team.json").write_text("{}", encoding="utf-8")
    (desk.output / "@team.json").write_text('{"schema_version": "@team GH-1"}', encoding="utf-8")
    text = render_markdown(reviewed(desk))
    assert text.count("GH-1") >= 3
    outside = html.unescape(re.sub(r"<code>.*?</code>", "", text))
    assert not re.search(r"@|#\d|GH-|e{40}", outside.replace("#golden", ""))


def test_markdown_of_the_longest_names_fits_a_comment_and_still_says_where(desk: Desk) -> None:
    def edit(data: dict[str, Any]) -> None:
        for programme in programmes(data):
            programme["name"] += "|" * 300
            for metric in programme["metrics"]:
                metric["name"] += "|" * 300
                for observation in metric["observations"]:
                    observation["raw"] = "|" * 300

    desk.put(REPORT, edit)
    for at in range(60):
        (desk.golden / f"{'!' * 200}{at}.json").write_text("{}", encoding="utf-8")
    found = reviewed(desk)
    text = render_markdown(found)
    assert len(text) < LONGEST + 500
    listed = text.count("no input") + text.count("| differs")
    assert f"\n{len(found.reports) - listed} more reports are only on the page." in text
    assert "› FY 2022</code>" in text
    (left,) = re.findall(r"(\d+) of them are only", text)
    rows = [line for line in text.splitlines() if line.startswith(("| changed", "| renamed", "| added", "| removed"))]
    assert len(rows) + int(left) == found.places


def test_plain_keeps_what_a_reader_sees() -> None:
    assert html.unescape(escape_markdown(EVIL)) == EVIL


def many(data: dict[str, Any]) -> None:
    """Hundreds of changes, of texts as long as they come."""
    for programme in programmes(data):
        for metric in programme["metrics"]:
            for observation in metric["observations"]:
                observation["raw"] += "*" * 200
        for passage in (programme["overview"], programme["results"]):
            passage["paragraphs"] = [text + "<>" * 50 for text in passage["paragraphs"]]


def test_markdown_fits_a_comment_and_says_what_it_leaves_out(desk: Desk) -> None:
    desk.put(REPORT, many)
    found = reviewed(desk)
    text = render_markdown(found)
    assert found.places > 200
    assert len(text) < LONGEST + 500
    head, folded = text.split("<details>")
    assert head.count("\n| changed") == SHOWN
    (left,) = re.findall(r"(\d+) of them are only", folded)
    assert SHOWN + folded.count("\n| changed") + int(left) == found.places


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("4,436名", "4,463名", "3", "3"),
        ("県内企業88者", "県内企業延べ88者", "", "延べ"),
        ("ab", "xy", "ab", "xy"),
        ("", "x", "", "x"),
    ],
)
def test_marks_are_on_what_differs(before: str, after: str, old: str, new: str) -> None:
    left, right = mark_differences(before, after)
    assert ("".join(text for text, _ in left), "".join(text for text, _ in right)) == (before, after)
    marks = ("".join(text for text, differs in side if differs) for side in (left, right))
    assert all(one in mark for one, mark in zip((old, new), marks, strict=True))


@pytest.mark.parametrize("record", [Finding, Fact, Activity, Observation, Quantity, Office])
def test_every_field_that_may_differ_alone_has_a_japanese_name(record: type[Record]) -> None:
    assert record.model_fields.keys() - {"message_ja"} <= load_words("ja")["fields"].keys()


def test_the_words_of_both_languages_are_the_same() -> None:
    assert words("ja").keys() == words("en").keys()
    for group in ("kinds", "severities", "causes", "states"):
        assert words("ja")[group].keys() == words("en")[group].keys()


def test_a_run_ends_by_saying_whether_it_is_as_golden(desk: Desk) -> None:
    desk.put(TRANSCRIPT)
    said = last_line(desk.run("run", "--no-language"))
    assert re.fullmatch(r"output differs from golden in \d+ places: extractor review --html review.html", said)
    desk.run("accept")
    assert "left out" in desk.run("accept").stdout
    (desk.golden / f"{TRANSCRIPT}.json").write_bytes((desk.output / f"{TRANSCRIPT}.json").read_bytes())
    assert last_line(desk.run("run", "--no-language")) == "output is as golden"
    # Where there is no golden folder beside the output, nothing is said of it.
    assert "golden" not in desk.run("run", "--no-language", "--out", "elsewhere/output").stdout


def last_line(done: "subprocess.CompletedProcess[str]") -> str:
    return done.stdout.splitlines()[-1]


def test_what_is_written_is_the_same_every_time(desk: Desk) -> None:
    desk.put(TRANSCRIPT, several)
    for name in ("a", "b"):
        desk.run("review", "--html", f"{name}.html", "--json", f"{name}.json", "--markdown", f"{name}.md")
    for suffix in ("html", "json", "md"):
        assert (desk.folder / f"a.{suffix}").read_bytes() == (desk.folder / f"b.{suffix}").read_bytes()
    assert json.loads((desk.folder / "a.json").read_bytes())["schema_version"] == "1.1"


def test_a_finding_that_is_waived_is_shown_so_and_weighs_nothing(desk: Desk) -> None:
    def edit(data: dict[str, Any]) -> None:
        programmes(data)[24]["metrics"][0]["observations"][0]["raw"] = "1名"

    desk.put(REPORT, edit)
    found = reviewed(desk)
    (reason,) = {one.waived.reason for one in found.reports[0].touching[0] if one.waived}
    assert "counter-mismatch (waived)" in html.unescape(render_markdown(found))
    assert "助数詞の不一致（確認済み）" in html.unescape(render_markdown(found, "ja"))
    (change,) = build_page_data(found, [desk.raw], "ja", {})["reports"][0]["changes"]
    assert change["severity"] is None
    assert {reason in one["message"] for one in change["findings"] if one["waived"]} == {True}


def test_that_a_finding_is_waived_is_a_change_by_itself(desk: Desk) -> None:
    def edit(data: dict[str, Any]) -> None:
        for finding in data["findings"]:
            finding["waived"] = None

    desk.put(REPORT, edit)
    comparison = reviewed(desk).reports[0].comparison
    assert comparison is not None
    assert {(one.kind, one.record) for one in comparison.changes} == {("changed", "finding")}
    texts = [write_both_values(change, "ja") for change in comparison.changes]
    assert all("確認済み（2026-11-30）" in after and "確認済み" not in before for before, after in texts)


def test_a_value_that_reads_the_same_is_told_without_its_place_and_proofs(desk: Desk) -> None:
    def strike(data: dict[str, Any]) -> None:
        one = programmes(data)[0]["metrics"][0]["observations"][0]
        one["source"][0]["bbox"] = [1.0, 2.0, 3.0, 4.0]
        one.update(struck="99者", proofs=["engine"])

    desk.put(REPORT, strike)
    comparison = reviewed(desk).reports[0].comparison
    assert comparison is not None
    (change,) = comparison.changes
    assert write_both_values(change, "ja") == ("抹消された値: 99者", "抹消された値: （なし）")
    table = tabulate_changes(comparison, language="ja")
    shown = [str(next(iter(column.cells))) for column in table.columns[3:]]
    assert shown == ["抹消された値: 99者", "抹消された値: –"]
