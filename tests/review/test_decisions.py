"""Decisions count in every state of a report: each value is accepted, refused, corrected or left open."""

from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
import typer

from extractor.baseline.up_to_date import bring_up_to_date
from extractor.errors import CannotReview
from extractor.records.edition import Edition
from extractor.records.report import Report
from extractor.runtime.atomic_write import write_atomically
from made_up import BLOCKS, Block, MadeUp, changed, many, programmes
from reports import GOLDEN
from review.small_desk import NAME, SmallDesk, key


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    return SmallDesk(tmp_path)


VALUE = "/2024-2-01/metrics/参加者数/observations/2024#"
BUDGET = "/2024-2-03/budget_thousand_yen#"
CORRECTION = {"value": "13名", "reason": "12頁の表"}


def decide_56(desk: SmallDesk) -> Path:
    """56 decisions: all accepted, but for one refusal and one correction. What else is open is accepted as a group."""
    one = desk.reviewed()
    odd = [key(one, VALUE), key(one, BUDGET)]
    rest = [leaf.key for leaf in one.leaves if leaf.key not in odd]
    assert len(rest) >= 54
    return desk.decide(
        *({"keys": [each], "verdict": "accept"} for each in rest[:54]),
        {"keys": [odd[0]], "verdict": "refuse", "note": "頁と異なる", "correction": CORRECTION},
        {"keys": [odd[1]], "verdict": "refuse", "note": "課に照会中"},
        *([{"group": "rest", "keys": rest[54:], "verdict": "accept"}] if rest[54:] else []),
    )


def check_56(desk: SmallDesk, capsys: pytest.CaptureFixture[str], *, budget: int | None) -> None:
    """One is pending and one corrected, now and after the next run."""
    said = capsys.readouterr().out
    assert "1 corrected" in said
    assert "1 pending (1 refused, 0 open)" in said
    for _ in range(2):
        one = desk.reviewed()
        assert [leaf.key for leaf in one.leaves] == [key(one, BUDGET)]
        assert (one.pending, one.leaves[0].state, one.leaves[0].note) == (1, "refused", "課に照会中")
        desk.run()
    golden = desk.accepted()
    assert programmes(golden)[0].metrics[0].observations[1].quantities[0].value == 13
    assert programmes(golden)[2].budget_thousand_yen == budget
    # What is decided at last leaves nothing.
    one = desk.reviewed()
    assert desk.accept(desk.decide({"keys": [one.leaves[0].key], "verdict": "accept"})) == 0
    assert desk.reviewed().state == "same"
    assert desk.pending() == []
    assert (desk.golden / f"{NAME}.json").read_bytes() == (desk.output / f"{NAME}.json").read_bytes()


def test_56_decisions_on_a_new_report(desk: SmallDesk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.put(MadeUp())
    one = desk.reviewed()
    assert (one.state, {change.kind for change in one.comparison.changes}) == ("new", {"added"})  # type: ignore[union-attr]
    assert desk.accept(decide_56(desk)) == 1
    check_56(desk, capsys, budget=1000)


def test_what_was_corrected_is_written_as_the_next_run_writes_it(desk: SmallDesk) -> None:
    desk.put(MadeUp())
    one = desk.reviewed()
    wrong = key(one, VALUE)
    rest = [leaf.key for leaf in one.leaves if leaf.key != wrong]
    corrected = {"keys": [wrong], "verdict": "refuse", "correction": CORRECTION}
    assert desk.accept(desk.decide(corrected, {"group": "rest", "keys": rest, "verdict": "accept"})) == 0
    assert programmes(desk.accepted())[0].metrics[0].observations[1].proofs == ("hand",)
    assert programmes(desk.run())[0].metrics[0].observations[1].proofs == ("hand",)
    assert desk.reviewed().state == "same"


SAID = "1 corrected, 1 pending (1 refused, 0 open)"
FIRST = MadeUp()
ROWS = ("参加者数\t10名\t13名", "開催回数\t2回\t3回")
# Another file under the name of an accepted report, and the fiscal year of its figures.
EDITIONS = {
    # A few figures are others.
    "corrected": (MadeUp(rows=changed(3, budget="1,500"), blocks=changed(1, rows=ROWS)), 2024),
    # Another producer: lines, furniture and marks stand otherwise.
    "re-laid": (
        MadeUp(
            rows=changed(3, budget="1,500"),
            blocks=tuple(
                replace(one, overview="[事業概要]", rows=ROWS if one.number == 1 else one.rows) for one in BLOCKS
            ),
            tail="（別の様式で作成）",
        ),
        2024,
    ),
    "next year": (
        MadeUp(
            rows=changed(3, budget="1,500"),
            blocks=tuple(replace(one, head="項目名\t6年度\t7年度", rows=("参加者数\t12名\t14名",)) for one in BLOCKS),
            title="令和7年度中小企業振興施策実施状況",
            head="No.\t事業名\tR7事業費 (千円)\tR7 新規\t担当課等\t掲載頁",
        ),
        2025,
    ),
}


@pytest.mark.parametrize("edition", EDITIONS)
def test_another_file_is_decided_on_value_by_value(
    edition: str, desk: SmallDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    before = desk.put(FIRST)
    assert desk.accept() == 0
    made, year = EDITIONS[edition]
    after = desk.put(made)
    one = desk.reviewed()
    budget = key(one, f"/{year}-2-03/budget_thousand_yen#")
    value = key(one, f"/{year}-2-01/metrics/参加者数/observations/{year}#")
    rest = [leaf.key for leaf in one.leaves if leaf.key not in {budget, value} and not leaf.follows]
    path = desk.decide(
        *({"keys": [each], "verdict": "accept"} for each in rest),
        {"keys": [budget], "verdict": "refuse", "note": "課に照会中"},
        {"keys": [value], "verdict": "refuse", "correction": CORRECTION},
    )
    assert desk.accept(path) == 1
    assert SAID in capsys.readouterr().out
    golden = desk.accepted()
    assert golden.source == after.source != before.source
    assert golden.report.fiscal_year == year
    # What was accepted before is kept where it was printed then.
    kept, old = programmes(golden)[2], programmes(before)[2]
    assert kept.budget_thousand_yen == 1000
    assert kept.sources.budget_thousand_yen == old.sources.budget_thousand_yen
    for _ in range(2):
        one = desk.reviewed()
        assert [leaf.key for leaf in one.leaves] == [budget]
        assert one.leaves[0].note == "課に照会中"
        assert desk.run().corrections[0].correct == "13名"
    assert desk.accept(None, NAME) == 0
    assert (desk.reviewed().state, desk.pending()) == ("same", [])


def test_the_first_report_of_another_prefecture(desk: SmallDesk) -> None:
    desk.put(FIRST, "yama-2024")
    assert desk.accept() == 0
    desk.put(MadeUp(rows=many(6), blocks=many(6)))
    one = desk.reviewed()
    refused = key(one, "/2024-2-04/budget_thousand_yen#")
    groups = [group for group in one.groups if group.record == "programme"]
    assert len(groups) == 6
    said = [
        {"group": group.name, "keys": [one.leaves[index].key for index in group.changes], "verdict": "accept"}
        for group in one.groups
    ]
    assert desk.accept(desk.decide(*said, {"keys": [refused], "verdict": "refuse"})) == 1
    # What is said of a value alone goes before what is said of its programme.
    assert [leaf["place"] for leaf in desk.pending()] == ["/policies/2024-2/programmes/2024-2-04/budget_thousand_yen"]
    assert {one.report: one.state for one in desk.review().reports} == {NAME: "pending", "yama-2024": "same"}


def test_what_cannot_be_applied_is_said_line_by_line_and_the_rest_is_applied(
    desk: SmallDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.put(FIRST)
    one = desk.reviewed()
    name, value, budget = key(one, "/2024-2-02/name#"), key(one, VALUE), key(one, BUDGET)
    label, other = key(one, "/2024-2-04/page_label#"), key(one, "/2024-2-05/budget_thousand_yen#")
    rest = [leaf.key for leaf in one.leaves if leaf.key not in {name, value, budget, label, other}]
    path = desk.decide(
        {"group": "rest", "keys": rest, "verdict": "accept"},
        {"keys": [name], "verdict": "accept"},
        {"keys": [name], "verdict": "refuse"},
        {"keys": [value], "verdict": "refuse", "correction": {"value": "十と三", "reason": "?"}},
        {"keys": [f"{budget.partition('#')[0]}#000000000000"], "verdict": "accept"},
        {"keys": [label], "verdict": "accept"},
        {"keys": [label], "verdict": "accept"},
        {"keys": [other], "verdict": "refuse", "correction": {"value": "多数", "reason": "?"}},
        {"keys": ["/policies/2024-2/programmes/2024-2-09/metrics/延べ数/observations/2024#0"], "verdict": "accept"},
        waivers=[{"code": "blank-cell", "pointer": "/policies/0/programmes/1", "reason": "可"}],
    )
    assert desk.accept(path) == 2
    lines = capsys.readouterr().out.splitlines()
    text = "\n".join(lines)
    for place, reason in (
        ("海藻加工人材育成事業 › name", "in two ways"),
        ("港の学び舎運営事業 › 参加者数 › FY 2024", "cannot be corrected so"),
        ("雪国ものづくり塾事業 › budget thousand yen", "the value is another"),
        ("温泉地若手経営者支援事業 › page label", "decided twice"),
        ("林業機械オペレーター養成事業 › budget thousand yen", "cannot be corrected so"),
        ("2024-2-09 › 延べ数 › FY 2024", "no such thing"),
        ("海藻加工人材育成事業", "cannot be waived"),
    ):
        assert any(place in line and reason in line for line in lines), (place, text)
    assert "7 decisions not applied" in text
    assert not any("/policies/" in line for line in lines)
    assert {leaf["place"].rpartition("/programmes/")[2] for leaf in desk.pending()} == {
        *("2024-2-02/name", "2024-2-03/budget_thousand_yen", "2024-2-05/budget_thousand_yen"),
        "2024-2-01/metrics/参加者数/observations/2024",
    }
    assert {leaf["state"] for leaf in desk.pending()} == {"open", "refused"}
    assert not (desk.raw / f"{NAME}.toml").exists()


def test_decisions_on_what_is_still_the_same_outlive_another_reading(
    desk: SmallDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.put(FIRST)
    one = desk.reviewed()
    path = desk.decide(*({"keys": [leaf.key], "verdict": "accept"} for leaf in one.leaves))
    more = Block(9, "冬の市場再生事業")
    desk.put(MadeUp(rows=(more, *changed(3, budget="1,500")), blocks=(more, *BLOCKS)))
    assert desk.accept(path) == 2
    said = [line for line in capsys.readouterr().out.splitlines() if "look again" in line]
    assert len(said) == 2
    assert any("雪国ものづくり塾事業 › budget thousand yen" in line for line in said)
    left = {leaf["place"].split("/")[4] for leaf in desk.pending() if "/programmes/" in leaf["place"]}
    assert left == {"2024-2-03", "2024-2-09"}


def test_the_same_decisions_again_do_nothing(desk: SmallDesk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.put(FIRST)
    path = decide_56(desk)
    assert desk.accept(path) == 1
    files = snapshot(desk)
    for _ in range(2):
        assert desk.accept(path) == 1
        assert snapshot(desk) == files
        desk.run()
    assert "carried out before" in capsys.readouterr().out


def snapshot(desk: SmallDesk) -> tuple[dict[str, bytes], object]:
    """All that a person keeps, and what is pending."""
    paths = [*desk.golden.glob("*.json"), desk.golden / "series.toml", *desk.raw.iterdir()]
    return {path.name: path.read_bytes() for path in paths}, desk.pending()


@pytest.mark.parametrize("step", range(3))
def test_decisions_that_were_broken_off_are_finished(
    step: int, desk: SmallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put(FIRST)
    path = decide_56(desk)
    written: list[Path] = []

    def fail(target: Path, content: str | bytes) -> None:
        if len(written) == step:
            raise OSError(28, "No space left on device", str(target))
        written.append(target)
        write_atomically(target, content)

    with monkeypatch.context() as patch:
        patch.setattr("extractor.baseline.accept.write_atomically", fail)
        patch.setattr("extractor.baseline.pending_file.write_atomically", fail)
        with pytest.raises(typer.Exit) as ended:
            desk.accept(path)
        assert ended.value.exit_code == 2
    assert len(written) == step
    assert desk.accept(path) == 1
    assert len(desk.pending()) == 1
    assert len(desk.reviewed().leaves) == 1
    assert desk.run().corrections[0].correct == "13名"
    assert len(desk.reviewed().leaves) == 1


def test_clean_programmes_are_taken_as_a_group(desk: SmallDesk) -> None:
    blocks = changed(2, rows=("参加企業数\t10社\t12名",))
    desk.put(MadeUp(blocks=blocks))
    one = desk.reviewed()
    assert [group.clean for group in one.groups if group.record == "programme"] == [False, True, True, True, True]
    assert [finding.code for finding in one.groups[0].findings] == ["counter-mismatch"]
    assert desk.accept(clean=True) == 1
    left = {leaf["place"].split("/")[4] for leaf in desk.pending() if "/programmes/" in leaf["place"]}
    assert left == {"2024-2-02"}
    # A sum that does not fit speaks against all of its chapter; so the waiver of a finding makes its programme clean.
    waiver = {"code": "counter-mismatch", "pointer": one.groups[0].findings[0].pointer, "reason": "原本どおり"}
    assert desk.accept(desk.decide(waivers=[waiver])) == 1
    assert desk.run().findings[0].waived is not None
    assert [group.clean for group in desk.reviewed().groups if group.record == "programme"] == [True]


def test_no_programme_of_a_chapter_is_clean_whose_sum_does_not_fit(desk: SmallDesk) -> None:
    desk.put(MadeUp(subtotal="9,999"))
    assert not any(group.clean for group in desk.reviewed().groups)
    assert desk.accept(clean=True) == 1
    assert not (desk.golden / f"{NAME}.json").exists()


def test_what_was_refused_is_open_again_when_another_value_is_read(desk: SmallDesk) -> None:
    desk.put(FIRST)
    one = desk.reviewed()
    rest = [leaf.key for leaf in one.leaves if "budget" not in leaf.key]
    budget = key(one, BUDGET)
    path = desk.decide(
        {"group": "rest", "keys": rest, "verdict": "accept"}, {"keys": [budget], "verdict": "refuse", "note": "照会中"}
    )
    assert desk.accept(path) == 1
    desk.put(MadeUp(rows=changed(3, budget="1,500")))
    one = desk.reviewed()
    assert one.comparison is not None
    pairs = zip(one.leaves, one.comparison.changes, strict=True)
    ((leaf, change),) = [pair for pair in pairs if pair[0].key == key(one, BUDGET)]
    assert (leaf.state, leaf.note, change.kind, change.before, change.after) == ("open", "照会中", "added", None, 1500)


def test_a_gone_programme_is_kept_until_that_is_accepted(desk: SmallDesk) -> None:
    desk.put(FIRST)
    assert desk.accept() == 0
    desk.put(MadeUp(rows=BLOCKS[:2] + BLOCKS[3:], blocks=BLOCKS[:2] + BLOCKS[3:]))
    one = desk.reviewed()
    assert one.comparison is not None
    pairs = zip(one.leaves, one.comparison.changes, strict=True)
    gone = [leaf.key for leaf, change in pairs if change.kind == "removed"]
    rest = [leaf.key for leaf in one.leaves if leaf.key not in gone]
    assert desk.accept(desk.decide({"group": "rest", "keys": rest, "verdict": "accept"})) == 1
    assert [programme.name for programme in programmes(desk.accepted())] == [one.name for one in BLOCKS]
    assert desk.accept(desk.decide({"keys": gone[:1], "verdict": "accept"})) == 0
    assert [programme.name for programme in programmes(desk.accepted())] == [
        one.name for one in BLOCKS if one.number != 3
    ]


def test_a_corrected_paragraph_has_no_terms_until_it_is_read() -> None:
    report = Report.model_validate_json((GOLDEN / "aomori-sme-2023.json").read_bytes())
    at, results = next((at, one.results) for at, one in enumerate(programmes(report)) if one.results.facts)
    paragraph = results.facts[0].paragraph
    pointer = f"/policies/0/programmes/{at}/results/paragraphs/{paragraph}"
    said = {"pointer": pointer, "printed": results.paragraphs[paragraph], "correct": "実施した。", "reason": "誤植"}
    edition = Edition.model_validate({"correction": [said | {"date": "2031-01-01"}]})
    after = programmes(bring_up_to_date(report, edition))[at].results
    assert after.paragraphs[paragraph] == "実施した。"
    assert [fact for fact in after.facts if fact.paragraph == paragraph] == []
    assert len(after.facts) == sum(fact.paragraph != paragraph for fact in results.facts)


def test_a_pending_file_that_was_spoilt_is_said(desk: SmallDesk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.put(FIRST)
    (desk.golden / "pending.lock").write_text('{"reports": 1}', encoding="utf-8")
    with pytest.raises(typer.Exit) as ended:
        desk.accept()
    assert (ended.value.exit_code, "pending.lock: reports" in capsys.readouterr().err) == (2, True)
    with pytest.raises(CannotReview, match="version control"):
        desk.review()


@pytest.mark.slow
def test_thousands_of_changes_are_decided_in_seconds(desk: SmallDesk) -> None:
    desk.put(MadeUp(rows=many(450), blocks=many(450, titled=True)))
    start = perf_counter()
    one = desk.reviewed()
    assert len(one.leaves) >= 5000
    refused = {leaf.key for leaf in one.leaves[::7] if not leaf.follows}
    said = ({"keys": [leaf.key], "verdict": "refuse" if leaf.key in refused else "accept"} for leaf in one.leaves)
    assert desk.accept(desk.decide(*said)) == 1
    assert len(desk.reviewed().leaves) == len(refused)
    assert perf_counter() - start < 60


def test_a_pending_text_is_found_again_where_others_stand_before_it(desk: SmallDesk) -> None:
    desk.put(MadeUp(blocks=changed(2, prose="海藻の加工を学ぶ講座を開いた。\n\n販路の相談に応じた。")))
    one = desk.reviewed()
    text = key(one, "/2024-2-02/results/paragraphs/販路")
    rest = [leaf.key for leaf in one.leaves if leaf.key != text]
    said = {"group": "rest", "keys": rest, "verdict": "accept"}, {"keys": [text], "verdict": "refuse", "note": "誤読"}
    assert desk.accept(desk.decide(*said)) == 1
    first = "浜の事業者を訪ねた。"
    for last, state in (("販路の相談に応じた。", "refused"), ("販路の相談に20回応じた。", "open")):
        desk.put(MadeUp(blocks=changed(2, prose=f"{first}\n\n海藻の加工を学ぶ講座を開いた。\n\n{last}")))
        one = desk.reviewed()
        assert one.comparison is not None
        pairs = [*zip(one.comparison.changes, one.leaves, strict=True)]
        texts = [change.after for change, _ in pairs]
        assert first in texts
        assert "海藻の加工を学ぶ講座を開いた。" not in texts
        assert [(leaf.state, leaf.note) for change, leaf in pairs if change.after == last] == [(state, "誤読")]


def test_what_follows_from_a_correction_needs_no_decision(desk: SmallDesk) -> None:
    desk.put(MadeUp(rows=changed(3, budget="1,500"), subtotal="5,000"))
    one = desk.reviewed()
    assert "subtotal-mismatch" in {finding.code for group in one.groups for finding in group.findings}
    budget = key(one, BUDGET)
    rest = [leaf.key for leaf in one.leaves if leaf.key != budget]
    said = {"keys": [budget], "verdict": "refuse", "correction": {"value": "1,000", "reason": "一覧の誤植"}}
    assert desk.accept(desk.decide({"group": "rest", "keys": rest, "verdict": "accept"}, said)) == 0
    # Before the next run and after it, when the sum fits and its finding is gone.
    assert desk.reviewed().state == "same"
    assert [finding.code for finding in desk.run().findings] == ["corrected"]
    one = desk.reviewed()
    assert (one.state, one.leaves) == ("same", ())
    assert desk.accept() == 0
    assert (desk.golden / f"{NAME}.json").read_bytes() == (desk.output / f"{NAME}.json").read_bytes()
    assert not (desk.golden / "pending.lock").exists()


def test_of_56_decisions_54_are_accepted_one_is_pending_and_one_corrected(
    desk: SmallDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (
        "参加者数\t10名\t12名",
        "開催回数\t2回\t3回",
        "講師数\t4名\t5名",
        "相談件数\t6件\t7件",
        "見学者数\t8名\t9名",
        "訪問先数\t3社\t4社",
    )
    first = replace(BLOCKS[0], rows=rows, prose="講座を開いた。\n\n相談に応じた。")
    blocks = (first, *BLOCKS[1:3])
    desk.put(MadeUp(rows=blocks, blocks=blocks))
    one = desk.reviewed()
    # What is of the report as a whole comes with the first that is accepted.
    assert sum(not leaf.follows for leaf in one.leaves) == 56
    refused, corrected = key(one, BUDGET), key(one, VALUE)
    said = [
        {"keys": [leaf.key], "verdict": "refuse" if leaf.key in {refused, corrected} else "accept"}
        | ({"correction": CORRECTION} if leaf.key == corrected else {})
        for leaf in one.leaves
        if not leaf.follows
    ]
    assert desk.accept(desk.decide(*said)) == 1
    assert "54 accepted, 1 corrected, 1 pending (1 refused, 0 open)" in capsys.readouterr().out
    desk.run()
    one = desk.reviewed()
    assert ([leaf.key for leaf in one.leaves], one.pending) == ([refused], 1)


def test_a_waiver_of_another_edition_waives_nothing_when_decisions_are_taken(desk: SmallDesk) -> None:
    """The corrected edition (正誤版) of a report of which a finding was waived: every decision counts."""
    before = MadeUp(blocks=changed(2, rows=("参加企業数\t9社\t10名",)))
    desk.put(before)
    (finding,) = [one for one in desk.run().findings if one.code == "counter-mismatch"]
    waiver = {"code": finding.code, "pointer": finding.pointer, "reason": "原本どおり"}
    everything = [{"keys": [leaf.key], "verdict": "accept"} for leaf in desk.reviewed().leaves]
    assert desk.accept(desk.decide(*everything, waivers=[waiver])) == 0
    desk.run()
    assert desk.reviewed().state == "same"
    desk.put(replace(before, blocks=changed(2, rows=("参加企業数\t9社\t12名",))))
    again = [{"keys": [leaf.key], "verdict": "accept"} for leaf in desk.reviewed().leaves]
    assert desk.accept(desk.decide(*again)) == 0
    assert desk.accepted() == desk.run()
    assert desk.reviewed().state == "same"
