"""The page of `extractor years`: what it says, without a browser."""

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from extractor.records.report import Report
from extractor.records.trends import YearsReport
from extractor.reporting.html import render_years_page
from extractor.reporting.html.cutouts import Cutouts
from extractor.reporting.html.years.chart_layout import write_out
from extractor.reporting.html.years.programme_lookup import ProgrammeLookup
from extractor.reporting.html.years.questions import ask_questions
from extractor.reporting.i18n import Language, words
from extractor.trends.programmes import list_continuities
from extractor.trends.trends import build_trends
from reports import RAW, ROOT
from yearly import Made, report
from years.five import EVIL, five
from years.test_command import SAMPLES, years


@cache
def samples() -> tuple[Report, ...]:
    return tuple(Report.model_validate_json(path.read_text(encoding="utf-8")) for path in SAMPLES)


@cache
def found(which: str) -> YearsReport:
    return build_trends(five() if which == "five" else samples())


@cache
def text_of(which: str, language: Language = "ja") -> str:
    reports = five() if which == "five" else samples()
    return render_years_page(found(which), reports, RAW, language)


class Elements(HTMLParser):
    """All elements with their attributes, and the text that stands in each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = (tag, dict(attrs), list[str]())
        self.all.append(one)
        if tag not in ("meta", "input", "line", "circle", "rect"):
            self._open.append(one)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for _, _, text in self._open:
            text.append(data)

    def texts(self, tag: str, name: str) -> list[str]:
        """What stands in the elements of a class."""
        classes = ((one, (attributes.get("class") or "").split(), text) for one, attributes, text in self.all)
        return ["".join(text).strip() for one, those, text in classes if one == tag and name in those]


@pytest.mark.parametrize("which", ["five", "samples"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_number_in_a_chart_is_one_that_a_report_says(which: str, language: Language) -> None:
    reports = five() if which == "five" else samples()
    told = {
        write_out(one.value) for series in found(which).metrics for said in series.statements for one in said.quantities
    }
    costs = {
        write_out(programme.budget_thousand_yen)
        for one in reports
        for policy in one.policies
        for programme in policy.programmes
        if programme.budget_thousand_yen is not None
    }
    elements = Elements(text_of(which, language))
    shown = elements.texts("text", "value")
    assert len(shown) > 40
    for text in shown:
        (number,) = re.findall(r"[\d,.]+", text)
        assert number in told | costs
    assert set(elements.texts("text", "axis")) <= {"0"}
    assert all(re.fullmatch(r"20\d\d|…", one) for one in elements.texts("text", "year"))
    assert all(re.fullmatch(r"[RH]\d+", one) for one in elements.texts("text", "era"))
    assert not any(re.search(r"\d", one) for one in elements.texts("text", "gap"))


@pytest.mark.parametrize("which", ["five", "samples"])
def test_every_number_of_every_metric_is_on_the_page(which: str) -> None:
    """In a table, whatever a chart can show of it; and every programme of every year."""
    page = Elements(text_of(which))
    rows = ["".join(text) for tag, _, text in page.all if tag == "td"]
    for series in found(which).metrics:
        for one in series.statements:
            assert any(one.raw in row for row in rows)
    history = page.texts("table", "history")
    every = [at for one in list_continuities(found(which)) for at in (*one.before, *one.after)]
    assert all(any((at.name or at.id) in text and str(at.fiscal_year) in text for text in history) for at in every)
    programmes = sum(
        len(policy.programmes) for one in (five() if which == "five" else samples()) for policy in one.policies
    )
    assert sum(text.count("年度（") for text in history) == programmes


def test_links_lead_somewhere_and_ids_are_one() -> None:
    page = Elements(text_of("five"))
    ids = [attributes["id"] for _, attributes, _ in page.all if "id" in attributes]
    links = {(attributes.get("href") or "")[1:] for tag, attributes, _ in page.all if tag == "a"}
    assert len(ids) == len(set(ids))
    assert links <= set(ids)
    assert {"settle", "restated", "p1", "c1"} <= links


def test_the_same_bytes_whatever_the_order_of_the_reports() -> None:
    one = render_years_page(build_trends(five()), five(), RAW, "ja")
    assert render_years_page(build_trends(five()[::-1]), five()[::-1], RAW, "ja") == one == text_of("five")


def test_texts_of_documents_are_never_markup() -> None:
    text = text_of("five")
    assert EVIL not in text
    assert "<script>alert" not in text
    assert text.count("<script") == 2
    assert text.count("</style>") == 1
    names = {name for _, attributes, _ in Elements(text).all for name in attributes}
    assert not {name for name in names if name.startswith("on")}
    assert "style" not in names
    assert "default-src 'none'" in text
    assert "innerHTML" not in text
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?\s*(?:https?:)?//""", text)


def test_what_the_report_marks_otherwise_stands_out() -> None:
    page = Elements(text_of("five"))
    # Two are new without the mark, and the renamed road programme has it.
    assert sorted(page.texts("p", "against")) == ["○", "－", "－"]


def test_lines_are_dashed_where_a_programme_is_doubtful_or_a_part() -> None:
    cards = text_of("five").split('<article class="card f"')[1:]
    dashed = {re.findall(r"<h4>(\S+)", card)[0]: card.count('class="joined unsure"') for card in cards}
    # What it costs and what it counts, at each doubt; at a split, the part that goes on, and the other without a cost.
    assert {name: count for name, count in dashed.items() if count} == {
        "さけ・ます増殖振興事業": 3,
        "こども食堂応援事業": 2,
        "里親等委託推進事業": 1,
    }


def test_what_a_reason_names_is_offered_first() -> None:
    made = [Made(name, f"{name}をする。") for name in ("道路点検事業", "橋梁点検事業", "川の学校")]
    reports = (report(2022, made), report(2023, [Made("橋梁点検車配備", "車を置く。")]))
    followed = build_trends(reports)
    (new,) = followed.new
    doubtful = new.model_copy(update={"doubtful": True, "nearest": followed.ended[2].before[0]})
    followed = followed.model_copy(update={"new": (doubtful,)})
    questions = ask_questions(followed, ProgrammeLookup(followed, reports, Cutouts("ja"), "ja"))
    (first, *_) = [one for one in questions if not one.ending]
    assert [at.name for at in first.offered] == ["川の学校"]


def test_reasons_are_told_in_japanese() -> None:
    told = [one for which in ("five", "samples") for one in list_continuities(found(which))]
    changed = [one for which in ("five", "samples") for one in found(which).divisions]
    assert told
    assert changed
    names = {at.name for one in told for at in (*one.before, *one.after)}
    for said in (*(one.reason_ja for one in told), *(one.reason_ja for one in changed)):
        left = said
        for name in filter(None, names):
            left = left.replace(name, "")
        assert not re.search(r"[A-Za-z]{3}", left)
        assert left.endswith("。")
    scores = [re.findall(r"[0-9]\.[0-9]{2}", one.reason) for one in told]
    assert scores == [re.findall(r"[0-9]\.[0-9]{2}", one.reason_ja) for one in told]


def test_both_languages_have_all_words() -> None:
    one, other = (words(language)["years"] for language in ("ja", "en"))
    assert one.keys() == other.keys()
    groups = [name for name in one if isinstance(one[name], dict) and name != "codes"]
    assert all(one[name].keys() == other[name].keys() for name in groups)
    table = (ROOT / "docs" / "years.md").read_text(encoding="utf-8")
    assert one["codes"] == dict(re.findall(r"^- `([a-z-]+)` \(([^,)]+), ", table, flags=re.MULTILINE))


def test_the_command_writes_the_page_and_says_what_else_it_says(tmp_path: Path) -> None:
    page = tmp_path / "years.html"
    done = years(*SAMPLES, "--html", page, "--lang", "en")
    assert (done.returncode, done.stderr) == (0, f"written to {page}\n")
    assert done.stdout == years(*SAMPLES).stdout
    assert '<html lang="en">' in page.read_text(encoding="utf-8")
    wrong = years(*SAMPLES, "--html", page, "--lang", "fr")
    assert (wrong.returncode, "'fr' is not one of 'en', 'ja'" in wrong.stderr) == (2, True)
    nowhere = years(*SAMPLES, "--html", "/dev/null/years.html")
    assert (nowhere.returncode, len(nowhere.stderr.splitlines())) == (2, 1)


def test_a_restated_figure_is_cut_out_with_its_row() -> None:
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', text_of("samples"), flags=re.DOTALL)
    assert data
    places = json.loads(data[1])["places"]
    numbers = re.findall(
        r'class="restatement.*?data-places="(\d+)".*?data-places="(\d+)"', text_of("samples"), re.DOTALL
    )
    assert len(numbers) == len(found("samples").restated) > 0
    rows = [[bool(place.get("row")) for place in places[int(one)]["places"]] for pair in numbers for one in pair]
    assert all(one for row in rows for one in row)
    assert all(rows)
