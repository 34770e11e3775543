"""Five years of a made-up prefecture, in which all happens that the page must show."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from extractor.records.report import Report
from yearly import Made, report

YEARS = (2019, 2020, 2021, 2022, 2023)
# A name that would be markup, end an attribute, a script or a style, and turn the reading direction.
EVIL = "<script>alert(1)</script>\"'</style><!-- ${7*7} {{ 7*7 }} \u202e"

NURSERY = "保育所で働く人を増やすため、離職した保育士の復職を支える研修と、就職相談会を行う。"
ELDERLY = "認知症の人が住み慣れた町で暮らせるよう、商店や交通機関と結んで見守りの網を広げる。"
ROADS = "橋やトンネルの傷みを早く見付け、直すための点検を行う。"
FOREST = "小学生が山の働きを学ぶ教室を、県内の森林で開く。"
SALMON = "川を上るサケの数を調べ、稚魚を放す。"


def _values(first: int, step: int, unit: str) -> dict[int, str]:
    return {year: f"{first + step * (year - 2018):,}{unit}" for year in range(2018, 2024)}


def _told(values: dict[int, str], year: int) -> dict[int | tuple[int, ...], str]:
    """What a report says: the year before and its own."""
    return {one: values[one] for one in (year - 1, year) if one in values}


VISITORS = _values(1204, 133, "名")
COUNTS = _values(31, 7, "件") | {2021: "－"}
COURSES = _values(12, -1, "回")


def _made(year: int) -> list[Made]:
    restated = {2021: "1,611名"} if year == 2022 else {}
    nursery = Made(
        "保育士確保対策事業",
        NURSERY,
        "復職研修を三つの市で開いた。",
        {
            "復職研修受講者数": _told(VISITORS | restated, year),
            "相談件数": _told(COUNTS, year),
            "サポーターの数": {(year - 1, year): f"{40 + 3 * (year - 2018)}者"},
        },
        ("子育て支援課",),
        10_000 + 777 * (year - 2018),
    )
    elderly = Made(
        "認知症高齢者見守り事業" if year < 2021 else "認知症とともに生きるまちづくり事業",
        ELDERLY,
        "見守り協定を結ぶ店が増えた。",
        {"見守り協定締結件数": _told(COUNTS, year), "養成講座の開催回数": _told(COURSES, year)},
        ("長寿社会課",) if year < 2022 else ("地域共生課",),
        8_400 if year != 2020 else None,
    )
    roads = Made(
        EVIL if year > 2021 else "道路点検事業",
        ROADS,
        "点検を終えた。",
        {f"点検した橋の数{EVIL}" if year > 2021 else "点検した橋の数": _told(_values(900, 41, "橋"), year)},
        ("道路課",),
        125_000,
        is_new=year == 2022,
    )
    made = [nursery, elderly, roads]
    if year >= 2021:
        made.append(
            Made("森林環境学習推進事業", FOREST, "七校で行った。", {"実施校数": _told(_values(2, 1, "校"), year)})
        )
    if year <= 2021:
        made.append(
            Made("サケ資源調査事業", SALMON, "三つの川で放した。", {"放流数": _told(_values(100, 9, "尾"), year)})
        )
    if year >= 2022:
        made += [
            _fish("サケ資源増殖事業" if year == 2022 else "さけ・ます増殖振興事業", year),
            _fish("内水面資源対策事業", year),
        ]
    return [*made, *_families(year)]


def _fish(name: str, year: int) -> Made:
    """Nearly, but not quite, what was there before; and there are two that are much alike."""
    prose = "川を上るサケの数を調べ、稚魚を育てて放す人を増やす。"
    return Made(name, prose, "催しを開いた。", {"催しの数": {year - 1: "2回", year: "3回"}}, ("水産課",))


def _families(year: int) -> list[Made]:
    """One programme, which is split into two."""
    counted = {
        name: _told(_values(first, 11, "名"), year) for name, first in (("里親登録者数", 58), ("食堂利用児童数", 715))
    }
    foster = Made(
        "里親等委託推進事業", "親と暮らせない子どもを家庭に迎える里親を募り、支える。", "里親の集いを開いた。"
    )
    meals = Made(
        "こども食堂応援事業", "放課後に温かい食事と居場所を用意する食堂の開設を助ける。", "食堂が町ごとに開かれた。"
    )
    if year > 2020:
        return [
            foster.but(metrics={"里親登録者数": counted["里親登録者数"]}),
            meals.but(metrics={"食堂利用児童数": counted["食堂利用児童数"]}),
        ]
    return [Made("子育て家庭総合支援事業", foster.overview + meals.overview, foster.results + meals.results, counted)]


@cache
def five() -> tuple[Report, ...]:
    """The reports."""
    return tuple(_report(year) for year in YEARS)


def _report(year: int) -> Report:
    data = report(year, _made(year)).model_dump(mode="json")
    _two_chapters(data, year)
    first = data["policies"][0]["programmes"][0]["metrics"]
    if year == 2023:
        several = [{"value": 12, "unit": "件"}, {"value": 3, "unit": "件"}]
        _set(first[1], 1, "12件、3件", "read", several)
        _set(data["policies"][0]["programmes"][1]["metrics"][1], 1, "若干回", "unreadable", [])
    for number, one in enumerate(_all(data)):
        one["page_label"] = str(20 + number)
        one["source"] = [{"page": number + 1, "page_label": str(20 + number), "bbox": (60, 100, 500, 300)}]
        for metric in one["metrics"]:
            for observation in metric["observations"]:
                observation["source"] = one["source"]
    return Report.model_validate(data)


def _two_chapters(data: dict[str, Any], year: int) -> None:
    (first,) = data["policies"]
    second = first | {"id": f"{year}-2", "number": 2, "title": "豊かな自然を生かす"}
    programmes = first["programmes"]
    data["policies"] = [first | {"programmes": programmes[:2]}, second | {"programmes": programmes[2:]}]


def _all(data: dict[str, Any]) -> Sequence[dict[str, Any]]:
    return [one for policy in data["policies"] for one in policy["programmes"]]


def _set(metric: dict[str, Any], at: int, raw: str, status: str, quantities: list[dict[str, Any]]) -> None:
    metric["observations"][at] |= {"raw": raw, "status": status, "quantities": quantities}
