"""A changed edition under review: every state of a report and every field of every record, in every form."""

import hashlib
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator
from rich.console import Console

from extractor.baseline.compare_to_baseline import review_outputs
from extractor.diff.compare import compare_reports
from extractor.diff.related_findings import FindingIndex
from extractor.records.comparison import Change, Comparison
from extractor.records.report import Report
from extractor.records.review import Leaf, Review, Reviewed
from extractor.records.to_json import review_json, schema_json
from extractor.reporting.html import render_review_page
from extractor.reporting.i18n import Language, words
from extractor.reporting.markdown import render_markdown
from extractor.reporting.original import UNKNOWN, find_sizes, is_original
from extractor.reporting.terminal import describe_difference, shorten_pair, tabulate_changes, tabulate_review
from extractor.reporting.values import write_both_values
from reports import GOLDEN, INPUTS, RAW
from review.desk import REPORT, TRANSCRIPT, Desk, programmes
from review.every_field import edits_of

OLD_BYTES = "前の版".encode()
LANGUAGES: tuple[Language, ...] = get_args(Language)
Edit = Callable[[dict[str, Any]], None]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def accepted_from(name: str = REPORT, **source: Any) -> Edit:
    """Let the golden file be of another input, and say another figure."""
    (file,) = (path for path in INPUTS if path.stem == name)
    known = {"file": file.name, "sha256": hashlib.sha256(OLD_BYTES).hexdigest(), "pages": 28, "kind": "pdf"}

    def edit(data: dict[str, Any]) -> None:
        data["source"] = known | source
        programmes(data)[1]["metrics"][0]["observations"][0]["raw"] = "1名"

    return edit


def forms_of(found: Review, folders: tuple[Path, Path, Path]) -> dict[str, str]:
    """The review in every form that there is."""
    sizes = find_sizes((one.comparison for one in found.reports), [folders[2]])
    printed = io.StringIO()
    console = Console(file=printed, width=400)
    console.print(tabulate_review(found))
    for one in found.reports:
        if one.comparison:
            console.print(tabulate_changes(one.comparison, sizes))
    forms = {"terminal": printed.getvalue(), "json": review_json(found)}
    for language in LANGUAGES:
        forms[f"page {language}"] = render_review_page(found, folders, language)
        forms[f"markdown {language}"] = render_markdown(found, language, sizes)
    return forms


def shown_on(page: str) -> Any:
    """The data that a page shows."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, flags=re.DOTALL)
    assert found
    return json.loads(found[1])


def said(pieces: Any) -> str:
    return "".join(text for text, _ in pieces)


def the_original(found: Review) -> Change:
    change = next(one for report in found.reports if report.comparison for one in report.comparison.changes)
    assert is_original(change)
    return change


@pytest.mark.parametrize(
    ("source", "name", "old"),
    [
        ({}, "replaced", "PDF、28頁"),
        ({"pages": 27}, "replaced", "PDF、27頁"),
        ({"pages": 1, "kind": "scan"}, "replaced", "画像のPDF、1頁"),
        ({"file": f"{REPORT}.txt", "kind": "text", "pages": None}, "replaced", "テキスト"),
        ({"file": f"{REPORT}.PDF"}, "replaced", "PDF、28頁"),
        ({"file": "aomori-sme-2021.pdf"}, "other", "PDF、28頁"),
    ],
)
def test_another_original_is_one_row_that_a_person_can_use(
    desk: Desk, source: dict[str, Any], name: str, old: str
) -> None:
    desk.put(REPORT, accepted_from(**source))
    found = review_outputs([], desk.output, desk.golden, desk.raw)
    change = the_original(found)
    assert found.places == 2
    size = (desk.raw / f"{REPORT}.pdf").stat().st_size
    forms = forms_of(found, desk.folders)
    for form, text in forms.items():
        language: Language = "ja" if form.endswith("ja") else "en"
        if form != "json":
            assert words(language)["originals"][name] in text, form
            hashes = change.model_dump()["before"]["sha256"], change.model_dump()["after"]["sha256"]
            assert not re.search("|".join(hashes), text.partition('"documents"')[0] if "page" in form else text), form
    row = shown_on(forms["page ja"])["reports"][0]["changes"][0]
    assert row["where"] == [words("ja")["originals"][name]]
    file = source.get("file", f"{REPORT}.pdf")
    assert said(row["before"]) == f"{file}、{old}、大きさ不明（raw/ になし）"
    assert said(row["after"]) == f"{REPORT}.pdf、PDF、28頁、{size:,}バイト"
    assert f"{size:,} bytes" in forms["terminal"]


def test_the_old_size_is_said_where_a_file_of_the_old_content_is_at_hand(desk: Desk) -> None:
    desk.put(REPORT, accepted_from())
    (desk.raw / "an-old-edition.pdf").write_bytes(OLD_BYTES)
    found = review_outputs([REPORT], desk.output, desk.golden, desk.raw)
    sizes = find_sizes((one.comparison for one in found.reports), [desk.raw])
    before, after = write_both_values(the_original(found), "en", sizes)
    assert before == f"{REPORT}.pdf, PDF, 28 pages, {len(OLD_BYTES)} bytes"
    assert after.endswith(" bytes")


def test_no_size_is_said_where_neither_file_is_at_hand(desk: Desk, tmp_path: Path) -> None:
    desk.put(REPORT, accepted_from(pages=27))
    found = review_outputs([], desk.output, desk.golden, desk.raw)
    for raw in (tmp_path / "nowhere", desk.golden):
        assert find_sizes((one.comparison for one in found.reports), [raw]) == {}
    assert write_both_values(the_original(found), "en", UNKNOWN) == (
        f"{REPORT}.pdf, PDF, 27 pages",
        f"{REPORT}.pdf, PDF, 28 pages",
    )


def test_an_output_of_other_bytes_than_its_input_is_not_taken_for_read(desk: Desk) -> None:
    """Also where it is as accepted: a corrected edition that was laid into raw/ and not yet run."""
    desk.put(TRANSCRIPT)
    shutil.copy(desk.output / f"{TRANSCRIPT}.json", desk.golden)
    assert desk.run("review").returncode == 0
    # Beside what was read, another file of the name may lie; alone, it was not read.
    (desk.raw / f"{TRANSCRIPT}.pdf").write_bytes(OLD_BYTES)
    assert desk.run("review").returncode == 0
    (desk.raw / f"{TRANSCRIPT}.txt").unlink()
    done = desk.run("review", "--html", "r.html", "--markdown", "r.md")
    assert (done.returncode, done.stdout.splitlines()[1].split()) == (1, [TRANSCRIPT, "not", "read", "yet"])
    assert "its input has changed since it was read: run `extractor run` first" in done.stdout
    assert "not read yet" in (desk.folder / "r.md").read_text(encoding="utf-8")
    assert describe_difference(review_outputs([], desk.output, desk.golden, desk.raw)).startswith(
        "output differs from golden in 1 whole report:"
    )
    shutil.rmtree(desk.raw)
    assert desk.run("review").returncode == 0


def test_a_value_of_a_changed_edition_is_corrected(desk: Desk) -> None:
    desk.put(TRANSCRIPT, accepted_from(TRANSCRIPT, kind="text", pages=None))
    (one,) = review_outputs([], desk.output, desk.golden, desk.raw).reports
    assert one.comparison is not None
    original, figure = one.comparison.changes
    correction = {"value": "9名", "reason": "誤植"}
    those: list[dict[str, Any]] = [
        {"left_pointer": change.left_pointer, "right_pointer": change.right_pointer, "kind": change.kind}
        | {"verdict": verdict, "note": "", "correction": given}
        for change, verdict, given in ((original, "accept", None), (figure, "refuse", correction))
    ]
    files = {"output_sha256": one.output_sha256, "golden_sha256": one.golden_sha256}
    decisions = {"report": TRANSCRIPT, **files, "decisions": those}
    (desk.folder / "d.json").write_text(json.dumps(decisions), encoding="utf-8")
    done = desk.run("accept", "--decisions", "d.json")
    assert (done.returncode, done.stdout.split()[0]) == (0, "changed")
    assert 'correct = "9名"' in (desk.raw / f"{TRANSCRIPT}.toml").read_text(encoding="utf-8")
    assert desk.accepted(TRANSCRIPT)["source"] == desk.read(TRANSCRIPT)["source"]
    assert desk.accepted(TRANSCRIPT)["corrections"][-1]["correct"] == "9名"
    assert desk.run("review", TRANSCRIPT).returncode == 0


def test_the_same_original_under_another_name_or_read_in_another_way_is_not_called_replaced(desk: Desk) -> None:
    for source, name in (({"file": f"{REPORT}.PDF"}, "renamed"), ({"kind": "scan"}, "reread")):
        desk.put(REPORT, lambda data, source=source: data["source"].update(source))  # type: ignore[misc]
        found = review_outputs([], desk.output, desk.golden, desk.raw)
        (row,) = shown_on(render_review_page(found, desk.folders, "ja"))["reports"][0]["changes"]
        assert row["where"] == [words("ja")["originals"][name]]


def another_year(data: dict[str, Any]) -> None:
    accepted_from(TRANSCRIPT, pages=19)(data)
    data["report"] |= {"id": "aomori-sme-2022", "fiscal_year": 2022, "fiscal_year_label": "令和4年度"}
    data["report"]["jurisdiction"] = {"code": "020002", "name": "青森県"}
    data["policies"][0]["id"] = "2022-1"


STATES: dict[str, tuple[Edit | None, int]] = {
    "same": (None, 0),
    "replaced": (accepted_from(TRANSCRIPT, kind="text", pages=None), 1),
    "another year": (another_year, 1),
    "new": (None, 1),
    "missing": (None, 1),
    "orphan": (None, 1),
    "unreadable": (lambda data: data.pop("report"), 2),
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_comes_in_every_form_and_ends_with_its_code(desk: Desk, state: str) -> None:
    edit, code = STATES[state]
    desk.put(TRANSCRIPT, edit)
    if state == "same":
        shutil.copy(desk.output / f"{TRANSCRIPT}.json", desk.golden)
    gone = {"new": desk.golden / f"{TRANSCRIPT}.json", "missing": desk.output / f"{TRANSCRIPT}.json"}
    gone |= {"orphan": desk.raw / f"{TRANSCRIPT}.txt"}
    if state in gone:
        gone[state].unlink()
    found = review_outputs([], desk.output, desk.golden, desk.raw)
    forms = forms_of(found, desk.folders)
    assert [error.message for error in _schema().iter_errors(json.loads(forms["json"]))] == []
    shown = shown_on(forms["page ja"])["reports"][0]
    assert shown["state"] == (state if state in words("ja")["states"] else "changed")
    assert len(shown["changes"]) == found.places
    done = desk.run("review", "--html", "r.html", "--markdown", "r.md", "--json", "r.json")
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert (desk.folder / "r.json").read_text(encoding="utf-8") == forms["json"]


def _schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema_json("review")))


def small(name: str) -> dict[str, Any]:
    """An accepted report of few programmes that has a record of every kind."""
    data: dict[str, Any] = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    chapter = data["policies"][0]
    chapter["programmes"] = chapter["programmes"][:2]
    chapter["programmes"][0]["listed_offices"][0] |= {"groups": ["総務班"], "bureau": "東青"}
    pointers = ("/policies/0/programmes/0/", "/policies/0/programmes/1/", "/case_studies/")
    data["findings"] = [one for one in data["findings"] if one["pointer"].startswith(pointers)]
    place = chapter["source"][:1]
    data["unplaced"] = [{"text": "所在不明", "source": place}]
    correction = {"printed": "1名", "correct": "2名", "reason": "誤植", "date": "2031-01-01", "source": place}
    pointer = "/policies/0/programmes/0/metrics/0/observations/0"
    data["corrections"] = [{"pointer": pointer, **correction}]
    return data


def both_ways(name: str) -> Iterator[tuple[str, Comparison, Review]]:
    """Each edit of a small report, done and undone."""
    data = small(name)
    report = Report.model_validate(data)
    for what, edited in edits_of(data):
        other = Report.model_validate(edited)
        for left, right in ((report, other), (other, report)):
            comparison = compare_reports(left, right)
            touching = FindingIndex(left.findings, right.findings)
            near = tuple(touching.list_related(one) for one in comparison.changes)
            leaves = tuple(Leaf(key=str(number)) for number in range(len(near)))
            one = Reviewed(report=name, state="changed", comparison=comparison, touching=near, leaves=leaves)
            yield what, comparison, Review(reports=(one,))


@pytest.mark.slow
@pytest.mark.parametrize("name", [REPORT, TRANSCRIPT])
def test_every_field_of_every_record_comes_in_every_form_and_shows_what_differs(name: str, tmp_path: Path) -> None:
    seen = set()
    for what, comparison, found in both_ways(name):
        seen.add(what.partition(":")[0])
        forms = forms_of(found, (tmp_path, tmp_path, tmp_path))
        assert not re.search(r"\{'|\['|\bNone\b", forms["terminal"] + forms["markdown ja"]), what
        for change in comparison.changes:
            if change.kind in {"changed", "renamed"} and not is_original(change):
                for before, after in differently(change):
                    assert before != after, (what, change)
    assert {"InputFile.pages", "Jurisdiction.code", "Quantity.unit", "Activity.purpose", "Office.bureau"} <= seen


def differently(change: Change) -> Iterator[tuple[str, str]]:
    """Both values as each form says them."""
    for language in LANGUAGES:
        texts = write_both_values(change, language)
        yield texts
        yield shorten_pair(*texts)
    side = {"id": "", "file": "", "sha256": "", "fiscal_year": 0}
    table = tabulate_changes(Comparison.model_validate({"left": side, "right": side, "changes": (change,)}))
    before, after = (str(next(iter(column.cells))) for column in table.columns[3:])
    yield before, after


def test_null_is_said_not_to_be_there_and_nothing_printed_to_be_blank(desk: Desk) -> None:
    desk.put(REPORT, lambda data: programmes(data)[0].update(budget_thousand_yen=None))
    (row,) = shown_on(render_review_page(review_outputs([], *desk.folders), desk.folders, "ja"))["reports"][0][
        "changes"
    ]
    assert said(row["before"]) == words("ja")["absent"]


@pytest.mark.parametrize(
    ("before", "after"), [("同" * 60, "同" * 60 + "追記"), ("同" * 60 + "追記", "同" * 60), ("", "長" * 60)]
)
def test_a_text_that_goes_on_where_the_other_ends_is_shown_from_there(before: str, after: str) -> None:
    one, other = shorten_pair(before, after)
    assert one != other
    assert max(len(one), len(other)) <= 41


@pytest.mark.slow
@pytest.mark.parametrize(("name", "other"), [(TRANSCRIPT, "edited"), (REPORT, "aomori-sme-2022.pdf")])
def test_an_edition_that_was_replaced_is_run_and_reviewed(desk: Desk, name: str, other: str) -> None:
    """As a person does it: other bytes under the old name, of one edited figure, and of another year's report."""
    (source,) = (path for path in INPUTS if path.stem == name)
    shutil.copy(GOLDEN / f"{name}.json", desk.golden)
    if other == "edited":
        text = source.read_text(encoding="utf-8")
        assert text.count("147者") == 1
        (desk.raw / source.name).write_text(text.replace("147者", "148者"), encoding="utf-8")
    else:
        shutil.copy(RAW / other, desk.raw / source.name)
    assert desk.run("run", "--no-language").returncode == 0
    for old in (None, source):
        if old is not None:
            shutil.copy(old, desk.raw / f"before{old.suffix}")
        done = desk.run("review", name, "--html", "r.html", "--markdown", "r.md", "--json", "r.json")
        assert (done.returncode, "Traceback" in done.stderr) == (1, False)
        assert "The original file was replaced" in done.stdout
        assert ("size unknown" in done.stdout) == (old is None)
        row = shown_on((desk.folder / "r.html").read_text(encoding="utf-8"))["reports"][0]["changes"][0]
        assert row["where"] == ["原本が差し替えられました"]
    pair = (desk.golden / f"{name}.json", desk.output / f"{name}.json")
    assert desk.run("diff", *map(str, pair)).returncode == 1
    years = desk.run("years", *map(str, pair), "--html", "y.html")
    assert (years.returncode, len(years.stderr.splitlines())) == ((2, 1) if other == "edited" else (0, 1))
