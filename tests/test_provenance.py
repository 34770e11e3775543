"""Each value's box against a second engine: what pypdfium2 finds inside contains what the record says was printed."""

import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest

from extractor.grammar.normalize import comparison_key
from reports import INPUTS, report_of

PDFS = [path for path in INPUTS if path.suffix == ".pdf"]
# Boxes go round the glyphs as one engine measures them; another may measure a little otherwise.
SLACK = 0.5

Claim = tuple[str, list[str], list[dict[str, Any]]]


def _offices(offices: list[dict[str, Any]]) -> list[str]:
    return [text for one in offices for text in (one["division"], *one["groups"], one["bureau"] or "")]


def _metric(pointer: str, metric: dict[str, Any]) -> Iterator[Claim]:
    if metric["row"] == 1:
        yield f"{pointer}/name", [metric["name"]], metric["source"]
    for number, one in enumerate(metric["observations"]):
        here = f"{pointer}/observations/{number}"
        yield (
            here,
            [one["raw"], one["period"] or "" if one["period"] and one["period"] in one["raw"] else ""],
            one["source"],
        )
        for quantity in one["quantities"]:
            figure = f"{abs(quantity['value']):,}"
            yield (
                here,
                [figure if "," in one["raw"] else figure.replace(",", ""), *quantity["qualifiers"]],
                one["source"],
            )


def _programme(pointer: str, one: dict[str, Any]) -> Iterator[Claim]:
    sources = one["sources"]
    yield f"{pointer}/name", [one["name"]], sources["name"]
    yield f"{pointer}/budget_thousand_yen", [f"{one['budget_thousand_yen']:,}"], sources["budget_thousand_yen"]
    yield f"{pointer}/is_new", ["○" if one["is_new"] else ""], sources["is_new"]
    yield f"{pointer}/page_label", [one["page_label"]], sources["page_label"]
    yield f"{pointer}/listed_offices", _offices(one["listed_offices"]), sources["listed_offices"]
    yield f"{pointer}/offices", _offices(one["offices"]), sources["offices"]
    for name in ("overview", "results"):
        yield f"{pointer}/{name}", one[name]["paragraphs"] + one[name]["notes"], one[name]["source"]
    everything = [one["name"], *one["overview"]["paragraphs"], *one["results"]["paragraphs"], *_offices(one["offices"])]
    yield f"{pointer}/source", everything, one["source"]
    for number, metric in enumerate(one["metrics"]):
        yield from _metric(f"{pointer}/metrics/{number}", metric)


def claims(report: dict[str, Any]) -> Iterator[Claim]:
    """Everything that a record says is printed, with where."""
    for p, policy in enumerate(report["policies"]):
        here = f"/policies/{p}"
        own = [policy["title"], *policy["overview"], f"{policy['subtotal_thousand_yen']:,}"]
        own += [text for one in policy["initiatives"] for text in (one["heading"], *one["paragraphs"])]
        yield here, own, policy["source"]
        for n, programme in enumerate(policy["programmes"]):
            yield from _programme(f"{here}/programmes/{n}", programme)
    for number, case in enumerate(report["case_studies"]):
        texts = [case["title"], *case["figures"]]
        for one in case["subjects"]:
            texts += [one["name"], one["municipality"], *one["profile"], *one["story"]]
        yield f"/case_studies/{number}", texts, case["source"]
    for number, finding in enumerate(report["findings"]):
        yield f"/findings/{number}", [], finding["source"]


class SecondEngine:
    """What pypdfium2 reads inside boxes of a file."""

    def __init__(self, path: str) -> None:
        self._document = pypdfium2.PdfDocument(path)
        self._pages = [self._document[index] for index in range(len(self._document))]
        self._texts = [page.get_textpage() for page in self._pages]

    def inside(self, source: list[dict[str, Any]]) -> str:
        found = ""
        for place in source:
            page, text = self._pages[place["page"] - 1], self._texts[place["page"] - 1]
            x0, top, x1, bottom = place["bbox"]
            height = page.get_height()
            found += text.get_text_bounded(
                left=x0 - SLACK, bottom=height - bottom - SLACK, right=x1 + SLACK, top=height - top + SLACK
            )
        return comparison_key(unicodedata.normalize("NFKC", found))


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_every_value_stands_in_its_box(path: Any) -> None:
    engine = SecondEngine(str(path))
    wrong = []
    count = 0
    for pointer, texts, source in claims(report_of(path.name)):
        assert source, f"{pointer} has no source"
        inside = engine.inside(source)
        for text in texts:
            count += 1
            if comparison_key(text) not in inside:
                wrong.append((pointer, text, inside[:200]))
    assert not wrong
    assert count > 1000


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_boxes_are_tight(path: Any) -> None:
    """A box as large as a page would contain anything: a value's box holds little more than the value."""
    engine = SecondEngine(str(path))
    for policy in report_of(path.name)["policies"]:
        for programme in policy["programmes"]:
            for metric in programme["metrics"]:
                for one in metric["observations"]:
                    assert engine.inside(one["source"]) == comparison_key(one["raw"])
            assert engine.inside(programme["sources"]["name"]) == comparison_key(programme["name"])
            assert engine.inside(programme["sources"]["page_label"]) == comparison_key(programme["page_label"])
