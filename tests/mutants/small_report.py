"""A small report as three producers print it."""

from collections.abc import Callable
from functools import cache

from press import browser, embedded, word_processor
from press.model import (
    AmountModel,
    CellModel,
    ChapterModel,
    MetricModel,
    OfficeModel,
    PassageModel,
    Printed,
    ProgrammeModel,
    ReportModel,
)
from press.style import FAMILIES, Style

LOOKS: tuple[str, ...] = ("bars", "unit column")
PRODUCERS: dict[str, Callable[[ReportModel, Style], Printed]] = {
    "reportlab": embedded.typeset,
    "Chromium": browser.typeset,
    "LibreOffice": word_processor.typeset,
}
MISSING: dict[str, Callable[[], str | None]] = {
    "reportlab": lambda: None if embedded.available() else "the font IPAMincho (Debian: fonts-ipafont)",
    "Chromium": browser.missing,
    "LibreOffice": word_processor.missing,
}


def _amount(figure: str, unit: str, *qualifiers: str) -> CellModel:
    plain = figure.replace(",", "").replace("△", "-").replace("－", "-")
    return CellModel((AmountModel(figure, float(plain) if "." in plain else int(plain), unit, qualifiers),))


def _metric(name: str, *cells: CellModel) -> MetricModel:
    return MetricModel(name, cells, name)


def _programme(
    number: int, name: str, budget: int, office: OfficeModel, metrics: tuple[MetricModel, ...], *, is_new: bool
) -> ProgrammeModel:
    return ProgrammeModel(
        number=number,
        name=name,
        budget=budget,
        is_new=is_new,
        listed=(OfficeModel(office.division),),
        offices=(office,),
        overview=PassageModel(("県内企業の人材の確保を図るため、高校生を対象に説明会を開催する。",)),
        results=PassageModel(
            (f"説明会を計{3 * number + 11}回開催し、{137 * number + 25}名が参加した。",),
            ("※1 前年度の実績を含む。",),
        ),
        metrics=metrics,
    )


def make_model() -> ReportModel:
    """One chapter, four programmes, two or three items each over two years; all figures, signs and note marks."""
    young = OfficeModel("若者定着還流促進課", ("県内定着促進グループ",))
    firms = OfficeModel("地域企業支援課", ("中小企業支援グループ",))
    programmes = (
        _programme(
            1,
            "若者県内定着促進事業",
            4789,
            young,
            (
                _metric("説明会の参加者数", _amount("387", "名"), _amount("423", "名")),
                _metric("参加企業数", _amount("96", "社"), _amount("105", "社")),
            ),
            is_new=False,
        ),
        _programme(
            2,
            "販路開拓支援事業",
            18658,
            firms,
            (
                _metric("商談件数", _amount("1,234", "件"), _amount("2,065", "件", "延べ")),
                _metric("売上の増減率", _amount("△3.1", "％"), _amount("9.2", "％")),
                _metric("相談件数の増減", _amount("－12", "件"), _amount("47", "件")),
            ),
            is_new=True,
        ),
        _programme(
            3,
            "経営指導員研修事業",
            910,
            firms,
            (
                _metric("研修の開催回数", _amount("14", "回"), _amount("16", "回")),
                _metric("修了者の割合", _amount("70.4", "％"), _amount("83.6", "％")),
            ),
            is_new=False,
        ),
        _programme(
            4,
            "創業相談窓口設置事業",
            52371,
            young,
            (
                _metric("相談者数", _amount("598", "名", "約"), _amount("746", "名")),
                _metric("創業者数", _amount("21", "者"), _amount("38", "者")),
            ),
            is_new=True,
        ),
    )
    chapter = ChapterModel(
        1, "中小企業の人材の育成及び確保を図ること", ("以下のとおり事業を実施した。",), (), programmes
    )
    return ReportModel("令和5年度中小企業振興施策実施状況", 2023, "令和5年度", (2022, 2023), (chapter,))


@cache
def print_report(producer: str, look: str) -> bytes:
    """The report of a producer; kept for the process, and for others in a folder beside."""
    return PRODUCERS[producer](make_model(), FAMILIES[look]).pdf
