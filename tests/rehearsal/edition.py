"""The edition of fiscal 2024 that the rehearsal reads: made from the 2023 report, with twenty known differences.

Its own values of 2023 are those of the report before, but for two that were restated.
"""

import re
from collections.abc import Collection
from dataclasses import replace

from press.model import AmountModel, CellModel, MetricModel, OfficeModel, PassageModel, ProgrammeModel, ReportModel
from press.real import real_report

YEAR = 2024
RENAMED = ("UIターン人材誘致促進事業", "首都圏UIJターン人材誘致促進事業")
SPLIT = ("離職者等再就職訓練事業", "離職者等再就職訓練事業（施設内訓練）", "離職者等再就職訓練事業（委託訓練）")
GONE = "就職ガイダンス開催費"
ADDED = "外国人材受入環境整備事業"
# A division of 2023 and its name of 2024.
DIVISION = ("地域交通・連携課", "地域連携推進課")
# Values of 2023 as they are printed in 2024.
RESTATED = {"移住支援金支給件数": ("72件", "74件"), "事業活用校数": ("延べ 24校", "延べ 25校")}
# Printed as they are, and worth a finding: a blank, an office that list and block call otherwise.
BLANK = "あおもり人財確保推進センターへの相談件数"
# What is printed wrongly, as the office says when asked, and what is right.
MISPRINT = ("研修会開催回数", "22回", "2回")
# A value of another size than the year before's, which is right.
JUMP = ("アクセス数", "81,234件")
# The programmes of the small edition.
SMALL = (
    "ジョブカフェあおり運営・推進事業",
    "元気青森人を創造するeラーニング推進事業",
    "中小企業採用活動デジタル化推進事業",
    "地域企業デジタル人財育成モデル構築事業",
    "協働ロボットを活用した三八地域ものづくり企業支援事業",
    "あおり食品産業強化サポート事業",
    "風力発電関連産業しごとづくり・人づくり事業",
    ADDED,
)
# What its corrected edition has instead: the misprint mended, a figure changed, one struck, one wrong now, one of which
# a finding says another thing, and one of which a finding is gone.
STRUCK = ("工業高校生等向け体験研修の参加者数", "343名", "－")
WRONG_NOW = ("ロボットシステムモデル構築数", "4件", "40件")
CORRECTED = {
    MISPRINT[0]: MISPRINT[1:],
    "相談件数": ("延べ 168件", "延べ 170件"),
    STRUCK[0]: STRUCK[1:],
    WRONG_NOW[0]: WRONG_NOW[1:],
    "セミナー参加企業数": ("61名", "62名"),
    "モデル構築件数": ("8者", "8件"),
}
# The results of the programme that was added, before and after.
MENDED = (
    "相談窓口を1か所設置し、日本語教室を6回開催した。",
    "相談窓口を2か所設置し、日本語教室を8回開催した。",
)


def make_edition() -> ReportModel:
    """Make the report of fiscal 2024."""
    before = real_report()
    (chapter,) = before.chapters
    kept = [one for one in chapter.programmes if one.name != GONE]
    made: list[ProgrammeModel] = []
    for one in kept:
        made += _split(_carry_over(one)) if one.name == SPLIT[0] else [_carry_over(one)]
    made.append(_added())
    numbered = tuple(replace(one, number=number) for number, one in enumerate(made, start=1))
    return replace(
        before,
        title=before.title.replace("令和5年度", "令和6年度"),
        fiscal_year=YEAR,
        fiscal_year_label="令和6年度",
        years=(YEAR - 1, YEAR),
        chapters=(replace(chapter, programmes=numbered),),
    )


def make_small_edition() -> ReportModel:
    """Make the same with eight of its programmes: one of several kinds of finding each."""
    return _pick_programmes(make_edition(), SMALL)


def correct_edition() -> ReportModel:
    """Make the corrected edition (正誤版) of the small one, as the office prints it: see `CORRECTED` and `MENDED`."""

    def right(metric: MetricModel) -> MetricModel:
        if metric.name not in CORRECTED:
            return metric
        before, after = CORRECTED[metric.name]
        assert metric.cells[1].text() == before
        return replace(metric, cells=(metric.cells[0], _printed(metric.cells[1], after)))

    def mend(one: ProgrammeModel) -> ProgrammeModel:
        made = replace(one, metrics=tuple(map(right, one.metrics)))
        return replace(made, results=PassageModel((MENDED[1],))) if one.name == ADDED else made

    model = make_small_edition()
    chapters = tuple(replace(chapter, programmes=tuple(map(mend, chapter.programmes))) for chapter in model.chapters)
    return replace(model, chapters=chapters)


def _pick_programmes(model: ReportModel, names: Collection[str]) -> ReportModel:
    (chapter,) = model.chapters
    kept = [one for one in chapter.programmes if one.name in names]
    assert len(kept) == len(names)
    numbered = tuple(replace(one, number=number) for number, one in enumerate(kept, start=1))
    return replace(model, chapters=(replace(chapter, programmes=numbered),))


def _carry_over(one: ProgrammeModel) -> ProgrammeModel:
    """Make a programme's next year: other budgets and figures, the same prose of another year."""
    old, new = DIVISION
    offices, listed = (
        tuple(replace(office, division=new if office.division == old else office.division) for office in found)
        for found in (one.offices, one.listed)
    )
    return replace(
        one,
        name=RENAMED[1] if one.name == RENAMED[0] else one.name,
        budget=None if one.budget is None else one.budget + 100 + one.number,
        is_new=False,
        offices=offices,
        listed=listed,
        overview=_next_year(one.overview),
        results=_next_year(one.results),
        metrics=tuple(map(_carry_metric, one.metrics)),
    )


def _next_year(passage: PassageModel) -> PassageModel:
    def later(text: str) -> str:
        return re.sub(r"令和([0-9]+)年", lambda found: f"令和{int(found[1]) + 1}年", text)

    return PassageModel(tuple(map(later, passage.paragraphs)), tuple(map(later, passage.notes)))


def _carry_metric(metric: MetricModel) -> MetricModel:
    """Move the report year's value into the first column, and make the next from it."""
    if len(metric.cells) < 2:
        return metric
    last = metric.cells[-1]
    first = _printed(last, RESTATED[metric.name][1]) if metric.name in RESTATED else last
    fixed = {MISPRINT[0]: MISPRINT[1], JUMP[0]: JUMP[1], BLANK: ""}
    text = fixed.get(metric.name, _raise_figures(last.text()))
    return replace(metric, cells=(first, _printed(last, text)))


def _printed(cell: CellModel, text: str) -> CellModel:
    """A cell with another text; its amounts are those of the text's figures, in their order."""
    figures = re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", text)
    if len(figures) != len(cell.amounts):
        return replace(cell, amounts=cell.amounts if figures else (), raw=text)
    amounts = tuple(_amount(amount, figure) for amount, figure in zip(cell.amounts, figures, strict=True))
    return replace(cell, amounts=amounts, raw=text)


def _amount(amount: AmountModel, figure: str) -> AmountModel:
    plain = figure.replace(",", "")
    return replace(amount, figure=figure, value=float(plain) if "." in plain else int(plain))


def _raise_figures(text: str) -> str:
    """Raise each counted figure by a few, so that no value is that of the year before; times stay."""
    return re.sub(
        r"(?<![0-9.,R年月])[1-9][0-9,]*(?![0-9,.]*[年月日卒回目間])",
        lambda found: f"{int(found[0].replace(',', '')) + 3:,}",
        text,
    )


def _split(one: ProgrammeModel) -> list[ProgrammeModel]:
    """Split a programme in two, each with a part of its budget, prose and rows."""
    budget, half = one.budget or 0, len(one.metrics) // 2
    first = replace(one, name=SPLIT[1], budget=budget // 3, metrics=one.metrics[: half or 1])
    second = replace(one, name=SPLIT[2], budget=budget - budget // 3, metrics=one.metrics[half or 1 :])
    return [first, second]


def _added() -> ProgrammeModel:
    """A programme that there was not."""
    office = OfficeModel("若者定着還流促進課", ("県内定着促進グループ",))
    prose = "外国人材を受け入れる県内企業を支援するため、相談窓口を設置し、日本語教室を開催する。"
    rows = (("相談件数（外国人材）", "42件"), ("日本語教室参加者数", "延べ 118名"))
    dash = CellModel(mark="－")
    metrics = tuple(MetricModel(name, (dash, CellModel((AmountModel("1", 1),), raw=text)), name) for name, text in rows)
    return ProgrammeModel(
        0,
        ADDED,
        9800,
        True,
        (replace(office, groups=()),),
        (office,),
        PassageModel((prose,)),
        PassageModel((MENDED[0],)),
        metrics,
    )
