"""The reader of prose: what is found does not depend on what is read beside it, is kept by content, and never stops."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from command import extractor
from extractor.annotation import cache
from extractor.annotation.reader import LONGEST, ProseReader, split_into_pieces
from extractor.annotation.report_prose import annotate_report
from extractor.grammar.mentions import TextAnnotations
from extractor.records.report import Report
from reports import GOLDEN, RAW, report_of

PROSE = (
    "令和5年9月から12月にかけて年5回（いずれも2日間）の塾を開催し、人間力の向上を図った。",
    "「学内企業説明会・業界研究会」を開催し、県内中小企業者等延べ88者と学生計219名（開催大学合計分）が参加した。",
    "制作したパンフレット２，５００部を6月に配布した。就職率は77.4％、成約額は3.50億円であった。",
)
NAMES = ("あおもり若者定着奨学金返還支援制度", "入校者数・就職者数")


@pytest.fixture(scope="module")
def reader(nlp: Language) -> ProseReader:
    return ProseReader(None, nlp)


@pytest.fixture(scope="module")
def told(reader: ProseReader) -> tuple[TextAnnotations, ...]:
    return reader.annotate_texts(PROSE, NAMES, 2023)


def test_something_is_found_in_all_prose_and_words_in_all_names(told: tuple[TextAnnotations, ...]) -> None:
    assert all(one.mentions and one.deeds and one.terms for one in told[: len(PROSE)])
    assert all(one.terms and not one.deeds for one in told[len(PROSE) :])


def test_order_and_neighbours_change_nothing(reader: ProseReader, told: tuple[TextAnnotations, ...]) -> None:
    assert reader.annotate_texts(PROSE[::-1], (), 2023)[::-1] == told[: len(PROSE)]
    assert tuple(reader.annotate_texts((text,), (), 2023)[0] for text in PROSE) == told[: len(PROSE)]


def test_what_was_read_before_is_known_without_the_model_to_the_last_digit(
    tmp_path: Path, reader: ProseReader, told: tuple[TextAnnotations, ...]
) -> None:
    keeping = ProseReader(tmp_path / "kept", reader._model)
    assert keeping.annotate_texts(PROSE, NAMES, 2023) == told
    again = ProseReader(tmp_path / "kept")
    assert again.annotate_texts(PROSE, NAMES, 2023) == told
    assert repr(again.annotate_texts(PROSE, NAMES, 2023)) == repr(told)
    assert not again.model_loaded


class CountingReader(ProseReader):
    """A reader that notes what it analyses."""

    analysed: ClassVar[list[str]] = []

    def _annotate_text(self, text: str, year: int, *, whole: bool) -> TextAnnotations:
        self.analysed.append(text)
        return super()._annotate_text(text, year, whole=whole)


@pytest.fixture
def kept(tmp_path: Path, reader: ProseReader) -> Path:
    """A folder in which what was found in the texts is kept."""
    ProseReader(tmp_path / "kept", reader._model).annotate_texts(PROSE, NAMES, 2023)
    CountingReader.analysed.clear()
    return tmp_path / "kept"


def test_a_changed_paragraph_costs_its_own_analysis(
    kept: Path, reader: ProseReader, told: tuple[TextAnnotations, ...]
) -> None:
    changed = "令和5年10月に、県内企業3社を対象に研修を実施した。"
    found = CountingReader(kept, reader._model).annotate_texts((PROSE[0], changed, PROSE[2]), NAMES, 2023)
    assert CountingReader.analysed == [changed]
    assert (found[0], found[2], *found[3:]) == (told[0], told[2], *told[3:])
    # A name is read otherwise than prose of the same words, and another year otherwise than this.
    CountingReader(kept, reader._model).annotate_texts((NAMES[0],), (), 2023)
    CountingReader(kept, reader._model).annotate_texts((), (NAMES[1],), 2022)
    assert CountingReader.analysed == [changed, *NAMES]


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def falsify(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("2023-09", "2023-08"), encoding="utf-8")


def empty(file: Path) -> None:
    file.write_bytes(b"")


def replace_by_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("spoil", [cut, falsify, empty, replace_by_folder], ids=lambda spoil: spoil.__name__)
def test_a_spoilt_file_costs_the_analysis_of_its_text(
    spoil: Callable[[Path], None], kept: Path, reader: ProseReader, told: tuple[TextAnnotations, ...]
) -> None:
    (file,) = (file for file in kept.glob("*/*.json") if "2023-09" in file.read_text(encoding="utf-8"))
    spoil(file)
    assert CountingReader(kept, reader._model).annotate_texts(PROSE, NAMES, 2023) == told
    assert CountingReader.analysed == [PROSE[0]]


def test_the_file_of_another_text_is_not_taken(
    kept: Path, reader: ProseReader, told: tuple[TextAnnotations, ...]
) -> None:
    one, other = sorted(kept.glob("*/*.json"))[:2]
    one.write_bytes(other.read_bytes())
    assert CountingReader(kept, reader._model).annotate_texts(PROSE, NAMES, 2023) == told
    assert len(CountingReader.analysed) == 1


def test_where_nothing_can_be_kept_all_is_read(
    tmp_path: Path, reader: ProseReader, told: tuple[TextAnnotations, ...]
) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_text("as it was", encoding="utf-8")
    for _ in range(2):
        assert ProseReader(no_folder, reader._model).annotate_texts(PROSE, NAMES, 2023) == told
    assert no_folder.read_text(encoding="utf-8") == "as it was"


def test_a_text_whose_analysis_failed_is_read_again_and_no_other(
    kept: Path, reader: ProseReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "令和5年11月に研修を実施した。"
    with monkeypatch.context() as failing:
        failing.setattr(ProseReader, "_annotate_piece", lambda *_, **__: 1 / 0)
        found = ProseReader(kept, reader._model).annotate_texts((*PROSE, text), NAMES, 2023)
    assert [one.failed for one in found] == [False, False, False, True, False, False]
    found = CountingReader(kept, reader._model).annotate_texts((*PROSE, text), NAMES, 2023)
    assert (CountingReader.analysed, [one.failed for one in found]) == ([text], [False] * 6)


def test_old_files_are_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_FILES", 3)
    for name in ("00a", "00b", "00c", "00d", "00e", "01f"):
        cache.keep_annotations(tmp_path, name, TextAnnotations())
    assert (len(list(tmp_path.glob("00/*.json"))), len(list(tmp_path.glob("01/*.json")))) == (3, 1)
    assert (tmp_path / ".gitignore").exists() is False  # the folder was there, and is whoever's made it


@given(st.text(st.sampled_from("。、あ1 "), max_size=60))
def test_pieces_are_the_text(text: str) -> None:
    long = text * 400
    parts = list(split_into_pieces(long))
    assert "".join(part for _, part in parts) == long
    assert all(long[start : start + len(part)] == part for start, part in parts)
    assert all(0 < len(part) <= LONGEST for _, part in parts)


SAID = st.sampled_from(
    ["令和5年", "9月から", "12名", "延べ", "（", "）", "を開催し、", "した。", "「", "」", "3分の2", "～", "\u3000"]
)


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(st.one_of(SAID, st.text(max_size=4)), max_size=14).map("".join))
def test_offsets_lie_in_any_text(reader: ProseReader, text: str) -> None:
    (found,) = reader.annotate_texts((text,), (), 2023)
    ends = [0]
    for one in found.mentions:
        assert ends[-1] <= one.start < one.end <= len(text)
        ends.append(one.end)
    for deed in found.deeds:
        assert 0 <= deed.start < deed.end <= len(text)
        assert all(0 <= index < len(found.mentions) for index in deed.facts)


ODD = {
    "brackets": "（" * (LONGEST + 2_000),
    "emoji": "😀👨‍👩‍👧‍👦" * 3_000,
    "control characters": "\x00\x07\x1b" * 2_000,
    "surrogates": "\ud800 12名 \udfff",
    "no Japanese": "There is no Japanese in it: 12 pieces, 3.5 %.",
    "a blank": " ",
    "line ends": "\n\n",
}


# Of more than one piece, and more than Sudachi takes at a time.
LONG = {
    "50,000 bytes": "県内の中小企業者等を対象にセミナーを3回開催した。" * 700,
    "one letter": "あ" * (LONGEST + 2_000),
    "one figure": "1" * 50_000,
    "commas": "、" * (LONGEST + 2_000),
    "verbs": "を開催し" * (LONGEST // 4 + 500),
}


@pytest.mark.parametrize(
    "text",
    [
        *(pytest.param(text, id=name) for name, text in ODD.items()),
        *(pytest.param(text, id=name, marks=pytest.mark.slow) for name, text in LONG.items()),
    ],
)
def test_no_text_stops_the_reader(reader: ProseReader, text: str) -> None:
    (found,) = reader.annotate_texts((text,), (), 2023)
    assert all(text[one.start : one.end].strip() for one in found.mentions)


def run(folder: Path, *options: str) -> dict[str, object]:
    done = extractor("run", "--quiet", *options, RAW / "aomori-sme-2023-transcript.txt", cwd=folder)
    assert done.returncode in {0, 1}
    (record,) = json.loads((folder / "output/run.json").read_text(encoding="utf-8"))["inputs"]
    return dict(record)


@pytest.mark.slow
def test_run_says_what_became_of_the_prose(tmp_path: Path) -> None:
    output = tmp_path / "output/aomori-sme-2023-transcript.json"
    assert run(tmp_path)["language"] == "analysed"
    first = output.read_bytes()
    assert run(tmp_path, "--force")["language"] == "cached"
    assert output.read_bytes() == first
    record = run(tmp_path, "--no-language")
    assert record["language"] == "left-out"
    passages = [
        programme[part]
        for policy in json.loads(output.read_text(encoding="utf-8"))["policies"]
        for programme in policy["programmes"]
        for part in ("overview", "results")
    ]
    assert [passage for passage in passages if passage["facts"] or passage["activities"]] == []


@pytest.mark.slow
def test_notes_have_facts_and_activities_of_their_own(reader: ProseReader) -> None:
    report = Report.model_validate_json((GOLDEN / "aomori-sme-2023.json").read_bytes())
    programme = report.policies[0].programmes[0]
    passage = programme.results.model_copy(
        update={
            "paragraphs": ("講座を3回開催した。",),
            "notes": ("※ 夜間の回もある。", "※ 最大100万円を補助した。"),
            "source": (),
        }
    )
    policy = report.policies[0].model_copy(update={"programmes": (programme.model_copy(update={"results": passage}),)})
    read, listed = annotate_report(report.model_copy(update={"policies": (policy,)}), reader)
    found = read.policies[0].programmes[0].results
    assert [fact.text for fact in found.facts] == ["3回"]
    assert [(fact.paragraph, fact.start, fact.text) for fact in found.note_facts] == [(1, 2, "最大100万円")]
    assert [(one.paragraph, one.predicate, one.facts) for one in found.note_activities] == [(1, "補助", (0,))]
    assert not any("/notes/" in text.pointer for text in listed)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["aomori-sme-2022.pdf", "aomori-sme-2023.pdf", "aomori-sme-2023-transcript.txt"])
def test_text_of_a_fact_is_that_of_its_paragraph(name: str) -> None:
    found = 0
    for policy in report_of(name)["policies"]:
        for programme in policy["programmes"]:
            for part in ("overview", "results"):
                passage = programme[part]
                for fact in passage["facts"]:
                    assert passage["paragraphs"][fact["paragraph"]][fact["start"] : fact["end"]] == fact["text"]
                    assert (fact["quantity"] is None) == (fact["kind"] == "time")
                    found += 1
                for activity in passage["activities"]:
                    own = [passage["facts"][index] for index in activity["facts"]]
                    assert {fact["paragraph"] for fact in own} <= {activity["paragraph"]}
                    text = passage["paragraphs"][activity["paragraph"]][activity["start"] : activity["end"]]
                    assert text
    assert found > 30
