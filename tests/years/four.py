"""Four years of a made-up prefecture: a programme that pauses, one that is renamed, a split, and two of one name."""

from functools import cache

from extractor.records.report import Report
from yearly import Made, Table, report

YEARS = (2021, 2022, 2023, 2024)
PAUSING = "雪道安全対策事業"
NAMESAKE = "地域産業活性化事業"
HARVEST = "りんごの海外販路を広げるため、商談会と試食会を台北で開く。"
WOOD = "県産材を使った住宅の展示場を設け、大工の技能講習を行う。"
NURSERY = "保育所で働く人を増やすため、離職した保育士の復職を支える研修と、就職相談会を行う。"
FOSTER = "親と暮らせない子どもを家庭に迎える里親を募り、支える。"
MEALS = "放課後に温かい食事と居場所を用意する食堂の開設を助ける。"


def _told(year: int, first: int, step: int, unit: str) -> dict[int | tuple[int, ...], str]:
    """What a report says: of the year before and of its own."""
    return {one: f"{first + step * (one - 2020)}{unit}" for one in (year - 1, year)}


def _made(year: int) -> list[Made]:
    snow = Made(
        PAUSING,
        "冬の通学路を歩きやすくするため、地域の人と除雪の当番を組む。",
        "",
        {"当番に加わった人の数": _told(year, 210, 13, "名")},
        ("道路課",),
        3_000 + 10 * year,
    )
    apples = Made(
        NAMESAKE, HARVEST, "", {"商談の件数": _told(year, 40, 7, "件")}, ("農産課",), 12_000 + 100 * (year - 2020)
    )
    wood = Made(NAMESAKE, WOOD, "", {"講習の受講者数": _told(year, 80, 5, "名")}, ("林政課",), 51_000)
    nursery = Made(
        "保育士確保対策事業" if year < 2023 else "保育の担い手応援事業",
        NURSERY,
        "",
        {"復職研修受講者数": _told(year, 48, 6, "名"), "来場者数": _told(year, 215, 31, "名")},
        ("子育て支援課",),
    )
    counted: dict[str, Table] = {
        "里親": {"里親登録者数": _told(year, 58, 4, "名")},
        "食堂": {"食堂利用児童数": _told(year, 715, 60, "名")},
    }
    foster = Made("里親等委託推進事業", FOSTER, "里親の集いを開いた。", counted["里親"])
    meals = Made("こども食堂応援事業", MEALS, "食堂が町ごとに開かれた。", counted["食堂"])
    whole = Made(
        "子育て家庭総合支援事業", FOSTER + MEALS, foster.results + meals.results, counted["里親"] | counted["食堂"]
    )
    families = [whole] if year < 2024 else [foster, meals]
    # Two of one name, which change places; one of them ends.
    namesakes = [apples, wood] if year % 2 else [wood, apples] if year < 2024 else [wood]
    return [*([snow] if year != 2023 else []), *namesakes, nursery, *families]


@cache
def four() -> tuple[Report, ...]:
    return tuple(report(year, _made(year)) for year in YEARS)
