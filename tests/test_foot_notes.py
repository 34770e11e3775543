"""Foot notes: marks in prose go out of it, and become the notes that they name."""

from pathlib import Path

import pytest

from made_up import MadeUp, changed, codes, programmes

FOOTER = "(担当課：港湾課 企画グループ)"


@pytest.mark.parametrize(("prose", "plain", "mark"), [
    ("計12回開催し、423名※1が参加した。", "計12回開催し、423名が参加した。", "※1"),
    ("計12回開催し、423名（※１）が参加した。", "計12回開催し、423名が参加した。", "※1"),
    ("計12回開催し、423¹⁾名が参加した。", "計12回開催し、423名が参加した。", "※1"),
    ("計12回¹開催し、423名が参加した。", "計12回開催し、423名が参加した。", "※1"),
])  # fmt: skip
def test_a_mark_in_prose_is_the_note_that_it_names(prose: str, plain: str, mark: str, tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(1, prose=f"{prose}\n\n※1 県外を含む。")).read(tmp_path)
    one = programmes(report)[0]
    assert (one.results.paragraphs, one.results.notes) == ((plain,), ("※1 県外を含む。",))
    assert [(note.mark, note.text) for note in one.notes] == [(mark, "県外を含む。")]
    assert codes(report) == []


@pytest.mark.parametrize("written", ["注1) 延べ人数", "1) 延べ人数", "(注1) 延べ人数"])
def test_a_mark_in_prose_names_a_note_behind_the_table(written: str, tmp_path: Path) -> None:
    rows = ("参加者数（注1）\t10名\t12名",)
    made = changed(1, prose="塾を開き、12名1)が参加した。", rows=rows, footer=f"{written}\n\n{FOOTER}")
    one = programmes(MadeUp(blocks=made).read(tmp_path))[0]
    assert one.results.paragraphs == ("塾を開き、12名が参加した。",)
    assert [note.text for note in one.notes] == ["延べ人数"]


@pytest.mark.parametrize("prose", [
    "(1) 塾を10m²の室で開いた。\n\n(2) (1)の塾に続き、10³回の相談（うち県外12)を受けた。",
    "塾（全2回）を開き、12社※2が加わった。\n\n※1 県外を含む。",
    "塾を開いた。2) 相談を受けた。",
])  # fmt: skip
def test_what_is_no_mark_surely_stays_in_prose(prose: str, tmp_path: Path) -> None:
    one = programmes(MadeUp(blocks=changed(1, prose=prose)).read(tmp_path))[0]
    assert "\n\n".join((*one.results.paragraphs, *one.results.notes)) == prose
    assert one.notes == ()


def test_a_mark_alone_is_no_note(tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(1, prose="塾を開いた。\n\n※1")).read(tmp_path)
    one = programmes(report)[0]
    assert (one.results.paragraphs, one.results.notes) == (("塾を開いた。",), ())
    assert codes(report) == [("unplaced-text", "/unplaced/0")]
