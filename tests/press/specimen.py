"""One report written by hand, of any year, that holds something of everything; and one of many chapters."""

from dataclasses import replace

from press.at_random import era_label
from press.model import (
    AmountModel,
    CellModel,
    ChapterModel,
    InitiativeModel,
    MetricModel,
    OfficeModel,
    PassageModel,
    ProgrammeModel,
    ReportModel,
)

Row = tuple[CellModel, ...]
DASH = CellModel(mark="－")
SHORT = "県内中小企業者の人材の確保及び定着を図るため、高校生や大学生を対象に合同企業説明会を開催する。"
LONG = (
    "雇用情勢は持ち直しの動きがみられるものの、業種によっては依然として人材の確保が厳しい状況が続いていることから、関係機関と連携し、"
    "相談窓口の設置、専門家の派遣（延べ20回）及びセミナーの開催を一体的に行った。"
    "また、「あおもりの仕事」を紹介する動画を作成し、県内高校生やその保護者に向けてSNS等で発信したほか、企業見学会、意見交換会を実施した。"
    "さらに、参加者からの要望を受け、9月からはオンラインによる個別相談（1回30分）を始め、遠隔地からも利用できるようにした。"
)
NOTE = "※ 新型コロナウイルス感染症の影響により、令和2年度以前は一部の回をオンラインで開催した。"
DX = OfficeModel("DX推進課", ("産業・しごとDXグループ",), "西北地域県民局")
YOUNG = OfficeModel("若者定着還流促進課", ("UIJターン促進グループ", "県内定着促進グループ"))
FIRMS = OfficeModel("地域企業支援課", ("中小企業支援グループ",))
SCHOOL = OfficeModel("学校教育課")
CENTRE = OfficeModel("総合社会教育センター", ("育成研修課",))


def count(value: int, unit: str, *qualifiers: str) -> CellModel:
    """A cell with one amount."""
    return CellModel((AmountModel(f"{value:,}", value, unit, qualifiers),))


def _rising(first: int, unit: str, years: int, *qualifiers: str) -> Row:
    """A count for each year, half the first more from year to year."""
    return tuple(count(first + index * first // 2, unit, *qualifiers) for index in range(years))


def _row(
    name: str, cells: Row, targets: Row = (), *, note: str | None = None, part_of: str | None = None
) -> MetricModel:
    label = name.removesuffix(f"（{note}）") if note else name
    return MetricModel(name, cells, label, note, part_of, targets=targets)


def _pairs(years: int) -> Row:
    """Two amounts in each cell."""
    return tuple(
        CellModel(
            (
                AmountModel(str(40 + index), 40 + index, "名", (), "知識習得コースの入校者数"),
                AmountModel(str(31 + index), 31 + index, "名", (), "就職者数"),
            )
        )
        for index in range(years)
    )


def _tables(year: int, years: int) -> list[tuple[MetricModel, ...]]:
    """The rows of each programme's table."""
    seminar, firms = "就職支援セミナー参加者数", "合同企業説明会の参加企業数"
    rates = tuple(CellModel((AmountModel(f"{70 + one}.4", 70.4 + one, "%"),)) for one in range(years))
    sums = tuple(
        CellModel((AmountModel(f"1,{one}00万", 10_000_000 + one * 1_000_000, "円"),)) for one in range(1, years + 1)
    )
    dated = replace(count(18, "校"), period="8月～10月", period_edtf=f"{year}-08/{year}-10")
    over_years = replace(count(147, "者"), span=years)
    schools = "県内の高校、委託先の実績を除く"
    return [
        (
            _row(
                f"{seminar}（オンライン含む）",
                _rising(1234, "名", years),
                _rising(1500, "名", years),
                note="オンライン含む",
            ),
            _row(f"{seminar}のうち県外に住む本県出身者の参加者数", _rising(120, "名", years, "延べ"), part_of=seminar),
            _row("就職率", rates),
        ),
        (_row("登録企業の累計数", (over_years,)), _row("相談件数", (*_rising(28, "件", years - 1), DASH))),
        (
            _row("知識習得コースの入校者数・就職者数", _pairs(years)),
            _row(f"活用校数（{schools}）", (*(DASH,) * (years - 1), dated), note=schools),
            _row("商談成立額", sums),
        ),
        (
            _row(firms, _rising(36, "社", years), _rising(40, "社", years)),
            replace(_row(firms, _rising(18, "社", years)), row=2),
            _row("うち県外企業", _rising(6, "社", years), part_of=firms),
            _row("県内商工団体の経営指導員等に向けたデジタル活用研修の開催回数", _rising(7, "回", years)),
            replace(_row("合計", _rising(7, "回", years, "延べ")), is_total=True),
        ),
        (_row("リーフレット配布部数", _rising(2500, "部", years, "約")),),
    ]


def specimen(year: int = 2023, years: int = 2, *, long: int = 2) -> ReportModel:
    """A report of two chapters and five programmes whose tables have so many years; one tells `long` paragraphs."""
    tables = _tables(year, years)
    first = ChapterModel(
        number=1,
        title="中小企業の事業活動を担う人材の育成及び確保を図ること",
        overview=(LONG, "このため、以下のとおり人材の育成・確保に係る各種事業を実施した。"),
        initiatives=(InitiativeModel("若年者の就業支援の強化", (SHORT.replace("開催する", "開催した"), LONG)),),
        programmes=(
            _programme(1, "西北地域の未来をつくるデジタル人財育成事業", 4789, False, (DX,), tables[0], notes=(NOTE,)),
            _programme(2, "「あおもりの仕事」発信による若者の県内定着・還流促進事業", 18658, True, (YOUNG,), tables[1]),
            _programme(3, "訓練校事業（離職者等の再就職訓練）", None, False, (YOUNG, FIRMS), tables[2], long=long),
        ),
    )
    second = ChapterModel(
        number=2,
        title="中小企業者の創業及び経営の革新を促進すること",
        overview=(SHORT.replace("開催する", "開催した"),),
        initiatives=(),
        programmes=(
            _programme(1, "中小企業等グリーントランスフォーメーション（GX）推進事業", 52658, True, (FIRMS,), tables[3]),
            _programme(2, "元気青森人を創造するeラーニング推進事業", 910, False, (CENTRE,), tables[4], notes=(NOTE,)),
        ),
    )
    return ReportModel(
        title=f"{era_label(year)}中小企業振興施策実施状況",
        fiscal_year=year,
        fiscal_year_label=era_label(year),
        years=tuple(range(year - years + 1, year + 1)),
        chapters=(first, second),
    )


def _programme(
    number: int,
    name: str,
    budget: int | None,
    is_new: bool,
    offices: tuple[OfficeModel, ...],
    metrics: tuple[MetricModel, ...],
    *,
    notes: tuple[str, ...] = (),
    long: int = 1,
) -> ProgrammeModel:
    return ProgrammeModel(
        number=number,
        name=name,
        budget=budget,
        is_new=is_new,
        listed=tuple(replace(one, groups=()) for one in offices),
        offices=offices,
        overview=PassageModel((SHORT,)),
        results=PassageModel((f"{name}として、次のとおり実施した。", *(LONG,) * long), notes),
        metrics=metrics,
    )


def many_chapters(count: int = 10) -> ReportModel:
    """A report of so many small chapters, each with a list numbered from 1."""
    model = specimen()
    cut = [replace(one, programmes=one.programmes[-1:], initiatives=()) for one in model.chapters]
    chapters = []
    for number in range(1, count + 1):
        one = cut[number % 2]
        programmes = tuple(
            replace(each, number=index, name=f"{each.name}（{'甲乙丙丁戊己庚辛壬癸'[number - 1]}地域）")
            for index, each in enumerate(one.programmes, start=1)
        )
        chapters.append(replace(one, number=number, programmes=programmes, overview=(SHORT,)))
    return replace(model, chapters=tuple(chapters))
