"""The first report of another prefecture, and the profile that its office writes for it."""

from dataclasses import replace

from extractor.profiles.profile_files import FOLDER
from press.model import AmountModel, CellModel, ChapterModel, MetricModel, ProgrammeModel, ReportModel
from press.specimen import specimen

YEAR = 2024
# How it looks: other words and another producer's lines than those of the reports of Aomori.
FAMILY = "bold lines"
# What is printed wrongly, and what is right; what is counted in another unit, as it is.
MISPRINT = ("リーフレット配布部数", "約 37,500部", "約 3,750部")
OTHER_UNIT = ("合同企業説明会の参加企業数", "54名")


def make_first_report() -> ReportModel:
    """Make the report of Iwate of fiscal 2024: two chapters, five programmes."""
    model = specimen(YEAR)
    chapters = tuple(replace(one, programmes=tuple(map(_print_programme, one.programmes))) for one in model.chapters)
    return replace(model, title="令和6年度岩手県中小企業振興施策実施状況", chapters=tuple(map(_retell, chapters)))


def _retell(chapter: ChapterModel) -> ChapterModel:
    return replace(chapter, overview=tuple(one.replace("あおもり", "いわて") for one in chapter.overview))


def _print_programme(one: ProgrammeModel) -> ProgrammeModel:
    name = one.name.replace("あおもり", "いわて").replace("青森", "岩手")
    return replace(one, name=name, metrics=tuple(map(_print_metric, one.metrics)))


def _print_metric(metric: MetricModel) -> MetricModel:
    if metric.name == MISPRINT[0]:
        wrong = CellModel((AmountModel("37,500", 37500, "部", ("約",)),))
        return replace(metric, cells=(metric.cells[0], wrong))
    if metric.name == OTHER_UNIT[0] and metric.row == 1:
        return replace(metric, cells=(metric.cells[0], CellModel((AmountModel("54", 54, "名"),))))
    return metric


def write_profile() -> str:
    """Write the profile as docs/profiles.md says: that of Aomori, with another id and jurisdiction."""
    text = (FOLDER / "aomori_sme.toml").read_text(encoding="utf-8")
    for before, after in (("aomori-sme", "iwate-sme"), ('"020001"', '"030007"'), ('"青森県"', '"岩手県"')):
        assert before in text
        text = text.replace(before, after)
    return text
