"""Reports in any arrangement: dimensions that combine at random, and what is in them. A seed gives always the same."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from axes_at_random import Drawn, draw_at_random
from press import words
from press.at_random import era_label
from press.model import (
    ChapterModel,
    InitiativeModel,
    OfficeModel,
    PassageModel,
    ProgrammeModel,
    ReportModel,
    SectionModel,
)
from press.style import PLAIN, ListHeads, Style

# Each dimension with what may be chosen in it, and how a style then differs from the plain one.
Choice = Mapping[str, Any]
DIMENSIONS: dict[str, dict[str, Choice]] = {
    "regions": {
        "flow": {},
        "flow landscape": {"landscape": True},
        "two-up": {"imposed": "two-up"},
        "spread": {"imposed": "spread"},
        "columns": {"regions": "columns", "size": 9.5},
        "panels": {"regions": "panels", "landscape": True, "block_break": "none", "margin": 50.0},
        "slides": {"sheet": "slide", "landscape": True, "margin": 45.0, "size": 12.0},
        "quarters": {"regions": "quarters", "sheet": "A3", "landscape": True, "margin": 50.0},
    },
    "furniture": {
        "number": {},
        "number and head": {"header": "{title}", "page_number": "{page}"},
        "number on top": {"page_number_on_top": True, "page_number": "{page}", "header": "{chapter}"},
        "tab": {"tab": "施策の実績", "page_number": "－{page}－"},
        "watermark": {"watermark": "（案）"},
        "draft": {"watermark": "DRAFT", "page_number": "{page} / {of}"},
    },
    "break": {"page": {}, "none": {"block_break": "none"}},
    "title": {
        "bar": {},
        "bar with office": {"bar_office": True},
        "box with office": {"title": "box", "bar_office": True},
        "box": {"title": "box", "title_text": "（{number}）{name}"},
        "bold": {"title": "bold", "title_text": "{number}. {name}"},
        "plain": {"title": "plain", "title_text": "{number}　{name}"},
        "continued": {"title": "bold", "title_again": "{number}　{name}（続き）"},
        "parts": {"title_text": "{number}　{name}（1／2）", "title_again": "{number}　{name}（2／2）"},
    },
    "headings": {
        "brackets": {},
        "squares": {"overview": "■事業概要", "results": "■事業実績"},
        "numbers": {"overview": "１ 事業概要", "results": "２ 事業実績", "bold_headings": False},
        "plain": {"overview": "事業の概要", "results": "事業の実績"},
    },
    "section": {
        "no": {},
        "bold": {"sections": "after table", "section": "bold"},
        "box": {"sections": "after table", "section": "box"},
        "brackets": {"sections": "before table", "section_text": "【{heading}】"},
        "numbers": {"sections": "before table", "section_text": "{number} {heading}"},
        "square": {"sections": "after table", "section": "bold", "section_text": "■{heading}"},
    },
    "figure": {"no": {}, "below": {"figure": "below"}, "beside": {"figure": "beside"}},
    "contact": {"no": {}, "footer": {"contact": "footer"}, "line": {"contact": "line"}},
    "attributes": {"no": {}, "table": {"attributes": "table"}, "lines": {"attributes": "lines"}},
    "list": {
        "rows": {},
        "groups": {"list_form": "groups"},
        "halves": {"list_form": "halves", "list_new": "no"},
        "parts": {"list_parts": True},
        "years": {"list_years": True, "list_heads": {"budget": "{year}決算額"}, "list_note": "（単位：千円）"},
        "last year above": {
            "list_previous": True,
            "list_heads": {"budget": "{year}事業費"},
            "list_note": "（単位：千円、上段（ ）は前年度）",
        },
        "three rules": {"list_rules": "three"},
        "no rules": {"list_rules": "none"},
    },
    "unit": {
        "thousand": {},
        "million": {"budget_yen": 1_000_000, "list_heads": {"budget": "{year}事業費\n（百万円）"}},
        "million over it": {
            "budget_yen": 1_000_000,
            "list_heads": {"budget": "{year}決算額"},
            "list_note": "（単位：百万円）",
        },
    },
    "words": {"no": {}, "zero": {}, "part": {}, "again": {}, "unused": {}},
    "new": {
        "circle": {},
        "kinds": {"new_mark": "新規", "ongoing_mark": "継続", "list_heads": {"is_new": "区分"}},
        "kind words": {"new_mark": "新規", "ongoing_mark": "拡充", "list_heads": {"is_new": "区分"}},
        "no column": {"list_new": "no"},
        "【新】": {"list_new": "name", "new_mark": "【新】"},
        "[新]": {"list_new": "name", "new_mark": "[新]"},
        "★": {"list_new": "name", "new_mark": "★"},
    },
    "rules": {"full": {}, "filled": {"rules": "filled", "shaded_head": True}, "dotted": {"rules": "dotted"}},
    "year": {"title": {}, "edition": {}, "told": {}},
}
SECTIONS = ("課題と今後の方向性", "今後の取組", "成果と課題", "評価")
ATTRIBUTES = (("事業期間", "令和3年度～令和7年度"), ("根拠法令", "中小企業振興基本条例"), ("財源", "国庫補助金"))
CONTACTS = ("電話017-734-9373", "電話：017-722-1111（内線3412）", "TEL 017-734-9000　E-mail: shoko@pref.example.jp")
CAPTIONS = ("図1 相談件数の推移", "写真：工場の見学", "開講式の様子", "（写真）出前講座")
TOWNS = ("海辺", "山里", "城下", "川口", "松原", "高台", "湖畔", "峠道", "駅前", "港町", "麓", "中洲")
# So many columns and rows of a programme's table there is room for.
ROOM = {"flow": (9, 24), "columns": (5, 14), "panels": (6, 12), "quarters": (7, 8)}


@dataclass(frozen=True)
class Arranged:
    """A report and its look: what was chosen in each dimension; the year where a person must tell it."""

    model: ReportModel
    style: Style
    chosen: Mapping[str, str]
    told: int | None


def arrange(seed: int, *, browser: bool = False) -> Arranged:
    """Draw a report in a combination of arrangements; `browser`: in one that a browser can print, too."""
    random = Random(seed)
    chosen = {name: random.choice(list(choices)) for name, choices in DIMENSIONS.items()}
    chosen.update(_settle(chosen, browser))
    style = _style(chosen)
    model = _Writer(random, chosen, style).report()
    if style.header:
        style = replace(style, header=style.header.format(title=model.title, chapter=model.chapters[0].title))
    if browser and (style.tab or style.watermark):
        # What the browser repeats on every page sets its count back.
        style = replace(style, first_page=1)
    return Arranged(model, style, chosen, model.fiscal_year if chosen["year"] == "told" else None)


def _settle(chosen: Mapping[str, str], browser: bool) -> dict[str, str]:
    """What cannot be chosen beside other choices is the plainest."""
    changed = {}
    if chosen["regions"] in {"columns", "quarters", "panels"} and chosen["title"] in {"continued", "parts"}:
        changed["title"] = "bar"
    if chosen["regions"] in {"columns", "quarters"} and chosen["title"].endswith("with office"):
        # The column has no room for both.
        changed["title"] = "bar"
    if chosen["list"] == "halves" and chosen["new"] not in {"no column", "【新】", "[新]", "★"}:
        changed["new"] = "no column"
    if chosen["list"] in {"years", "last year above", "parts"}:
        changed |= {"unit": "thousand", "words": "no"}
    if chosen["list"] in {"halves", "three rules", "no rules"}:
        changed["words"] = "no"
    # A running head is told from a title only where it runs over some pages.
    has_head = "header" in DIMENSIONS["furniture"][chosen["furniture"]]
    if has_head and chosen["regions"] in {"columns", "panels", "quarters"}:
        changed["furniture"] = "number"
    if browser and chosen["furniture"] == "number on top":
        changed["furniture"] = "number and head"
    return changed


def _style(chosen: Mapping[str, str]) -> Style:
    looks: dict[str, Any] = {"page_number": "- {page} -", "first_page": 21}
    heads: dict[str, str] = {}
    for name, choices in DIMENSIONS.items():
        choice = dict(choices[chosen[name]])
        heads |= choice.pop("list_heads", {})
        looks |= choice
    return replace(PLAIN, **looks, list_heads=ListHeads(**heads))


class _Writer:
    """What is in one report."""

    def __init__(self, random: Random, chosen: Mapping[str, str], style: Style) -> None:
        self._random, self._chosen, self._style = random, chosen, style
        self._year = random.choice((2021, 2022, 2023, 2024, 2025))
        self._towns = random.sample(TOWNS, len(TOWNS))

    def report(self) -> ReportModel:
        label = era_label(self._year)
        title = f"{label}中小企業振興施策実施状況"
        if self._chosen["year"] == "edition":
            title = f"{era_label(self._year + 1).removesuffix('度')}版　中小企業振興施策実施状況"
        elif self._chosen["year"] == "told":
            title = "中小企業振興施策実施状況"
        count = self._random.choice((1, 2))
        titles = self._random.sample(words.CHAPTERS, count)
        chapters = tuple(self._chapter(number, titles[number - 1], 4 // count) for number in range(1, count + 1))
        return ReportModel(title, self._year, label, (self._year - 1, self._year), chapters)

    def _chapter(self, number: int, title: str, most: int) -> ChapterModel:
        random = self._random
        count = random.randint(2, most)
        unused = random.randint(2, count) if self._chosen["words"] == "unused" else None
        numbers = [at + (unused is not None and at >= unused) for at in range(1, count + 1)]
        made = [self._programme(at) for at in numbers]
        if self._chosen["words"] in {"zero", "part", "again"}:
            made[1] = self._worded(made[1])
        cut = random.randint(1, count - 1)
        groups: tuple[tuple[str, int], ...] = (
            (f"○ {random.choice(words.POINTS)}", cut),
            ("○ 地域の産業を育てること", count - cut),
        )
        points = (InitiativeModel(random.choice(words.POINTS), self._prose(1)),) if random.random() < 0.5 else ()
        if self._style.list_form != "groups":
            groups = ()
        return ChapterModel(number, title, self._prose(2), points, tuple(made), groups, unused)

    def _worded(self, one: ProgrammeModel) -> ProgrammeModel:
        if self._chosen["words"] == "again":
            return replace(one, budget_words="{own}（再掲）")
        said = "ゼロ予算" if self._chosen["words"] == "zero" else "3,000の内数"
        return replace(one, budget=None, budget_words=said)

    def _programme(self, number: int) -> ProgrammeModel:
        random = self._random
        town = self._towns.pop()
        name = town + random.choice(words.FIELDS) + random.choice(words.DEEDS) + random.choice(words.ENDINGS)
        offices = self._offices()
        budget = random.randint(1, 400) * 1000 if self._style.budget_yen > 1000 else random.randint(100, 400_000)
        return ProgrammeModel(
            number=number,
            name=name,
            budget=budget,
            is_new=random.random() < 0.4,
            listed=tuple(replace(one, groups=()) for one in offices),
            offices=offices,
            overview=PassageModel(self._prose(1)),
            results=PassageModel(self._prose(2), self._notes()),
            metrics=(),
            sections=(SectionModel(random.choice(SECTIONS), self._prose(1)),),
            attributes=tuple(random.sample(ATTRIBUTES, 2)),
            figure=random.choice(CAPTIONS) if random.random() < 0.6 else None,
            contact=random.choice(CONTACTS),
            table=self._table(),
        )

    def _offices(self) -> tuple[OfficeModel, ...]:
        count = 1 if self._style.bar_office else self._random.choice((1, 1, 2))
        divisions = self._random.sample(words.DIVISIONS, count)
        if divisions[0].endswith("センター"):
            divisions.reverse()
        return tuple(OfficeModel(one, tuple(self._random.sample(words.GROUPS, count == 1))) for one in divisions)

    def _prose(self, most: int) -> tuple[str, ...]:
        return tuple(
            "".join(self._sentence(words.SENTENCES) for _ in range(self._random.randint(1, 3)))
            for _ in range(self._random.randint(1, most))
        )

    def _notes(self) -> tuple[str, ...]:
        return (self._sentence(words.NOTES),) if self._random.random() < 0.2 else ()

    def _sentence(self, forms: list[str]) -> str:
        random = self._random
        return random.choice(forms).format(
            subject=random.choice(words.SUBJECTS), means=random.choice(words.MEANS), aim=random.choice(words.AIMS)
        )

    def _table(self) -> Drawn:
        """A table for which there is room."""
        columns, rows = ROOM[self._style.regions]
        while True:
            drawn = draw_at_random(self._random.randrange(10**6), self._year)
            if len(drawn.rows) <= rows and max(map(len, drawn.rows)) <= columns:
                return drawn
