"""Numbers of the prose against those of the table, and names that are nearly the same."""

from dataclasses import replace
from pathlib import Path

import pytest
from spacy.language import Language

from extractor.annotation.reader import ProseReader
from extractor.grammar.vocabulary import load_vocabulary
from extractor.pipeline import read_report
from extractor.records.report import Finding, Report
from made_up import BLOCKS, MadeUp, changed

NARRATIVE = load_vocabulary().narrative
CODES = {"agrees": "narrative-agrees", "disagrees": "narrative-disagrees"}


@pytest.fixture(scope="module")
def reader(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> ProseReader:
    # The other programmes say the same in every test.
    return ProseReader(tmp_path_factory.mktemp("annotations"), nlp)


def read(folder: Path, reader: ProseReader, made_up: MadeUp) -> Report:
    path = folder / "report.txt"
    path.write_text(made_up.text(), encoding="utf-8")
    return read_report(path, reader=reader)


def said(report: Report) -> list[Finding]:
    return [one for one in report.findings if one.code.startswith("narrative") or one.code == "name-variant"]


def of_one(folder: Path, reader: ProseReader, prose: str, *rows: str) -> list[Finding]:
    """What is said of a programme with this prose and these rows, in a report of fiscal 2024."""
    return said(read(folder, reader, MadeUp(blocks=changed(2, prose=prose, rows=rows))))


@pytest.mark.parametrize(("prose", "item", "value", "code"), NARRATIVE.examples)
def test_example_is_said(prose: str, item: str, value: str, code: str, tmp_path: Path, reader: ProseReader) -> None:
    found = of_one(tmp_path, reader, prose, f"{item}\t3\t{value}")
    assert [one.code for one in found] == [CODES[code]]
    assert found[0].pointer.startswith("/policies/0/programmes/1/results/facts/")
    assert value in found[0].message


@pytest.mark.parametrize(("prose", "item", "value", "code"), NARRATIVE.counter_examples)
def test_counter_example_is_not_said(
    prose: str, item: str, value: str, code: str, tmp_path: Path, reader: ProseReader
) -> None:
    assert CODES[code] not in [one.code for one in of_one(tmp_path, reader, prose, f"{item}\t3\t{value}")]


@pytest.mark.parametrize(
    ("prose", "rows", "codes"),
    [
        (
            "漁業者向け講習会を開催し、141名が参加した。",
            ["漁業者向け講習会参加者数\t100名\t41名"],
            ["narrative-agrees"],
        ),
        (
            "漁業者向け講習会に計45名が参加した。",
            ["漁業者向け講習会参加者数 県内\t1名\t30名", "漁業者向け講習会参加者数 県外\t2名\t15名"],
            ["narrative-agrees"],
        ),
        ("漁業者向け講習会に45名が参加した。", ["漁業者向け講習会参加者数\t1名\t延べ 45名"], []),
        ("漁業者向け講習会に45名が参加した。", ["林業機械の貸出台数\t1台\t45台"], []),
        ("漁業者向け講習会に45名が参加した。", ["漁業者向け講習会参加者数\t1名\t－"], []),
    ],
)
def test_sums_and_what_only_looks_alike(
    prose: str, rows: list[str], codes: list[str], tmp_path: Path, reader: ProseReader
) -> None:
    assert [one.code for one in of_one(tmp_path, reader, prose, *rows)] == codes


@pytest.mark.parametrize(
    ("name", "prose", "said_of"),
    [
        (
            "みずうみ観光交流促進事業",
            "「みずみ観光交流促進制度」を設けた。",
            ["みずみ観光交流促進", "みずうみ観光交流促進"],
        ),
        ("デジタルインフラ整備事業", "デジタルインフラを整備した。", []),
        ("県内就職支援事業", "県外就職支援事業と連携した。", []),
        ("受入れ態勢整備事業", "受入態勢整備事業を行った。", []),
        (
            "観光案内所運営事業",
            "アプリのデモンストラクションを行った。",
            ["デモンストラクション", "デモンストレーション"],
        ),
        ("観光案内所運営事業", "カーボンニュートラルの勉強会を行った。", []),
    ],
)
def test_names_that_are_nearly_the_same(
    name: str, prose: str, said_of: list[str], tmp_path: Path, reader: ProseReader
) -> None:
    rows = tuple(replace(one, name=name) if one.number == 4 else one for one in BLOCKS)
    blocks = tuple(replace(one, name=name, prose=prose) if one.number == 4 else one for one in BLOCKS)
    found = [
        one for one in said(read(tmp_path, reader, MadeUp(rows=rows, blocks=blocks))) if one.code == "name-variant"
    ]
    assert len(found) == bool(said_of)
    for one in found:
        assert all(word in one.message for word in said_of)
        assert one.severity == "info"
        assert len(one.source) == (1 if "known" in one.message else 2)
