"""A small made-up report of another year, as a transcript whose parts a test can change."""

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from extractor.pipeline import read_report
from extractor.records.report import Programme, Report


@dataclass(frozen=True)
class Block:
    """One programme: its row of the list and its block, either of which a test may leave out."""

    number: int
    name: str
    budget: str = "1,000"
    new: str = ""
    listed: str = "港湾課"
    page: str = "10"
    title: str | None = None
    overview: str = "【 事業概要 】"
    results: str = "【 事業実績 】"
    aim: str = ""
    prose: str = ""
    head: str = "項目名\t5年度\t6年度"
    rows: tuple[str, ...] = ("参加者数\t10名\t12名",)
    footer: str = "(担当課：港湾課 企画グループ)"

    def text(self) -> str:
        """The block as lines."""
        prose = self.prose or f"{self.name}を進めた。"
        aim = self.aim or f"{self.name}の概要を書く。"
        parts = [self.title, self.overview, aim, self.results, prose]
        return "\n\n".join([*(part for part in parts if part), "\n".join([self.head, *self.rows]), self.footer])


BLOCKS = (
    Block(1, "港の学び舎運営事業"),
    Block(2, "海藻加工人材育成事業", listed="水産課", footer="(担当課：水産課 加工グループ)"),
    Block(3, "雪国ものづくり塾事業", new="○", listed="工業課", footer="(担当課：工業課 技術班)"),
    Block(4, "温泉地若手経営者支援事業", listed="観光課", footer="(担当課：観光課)"),
    Block(5, "林業機械オペレーター養成事業", listed="林政課", footer="(担当課：林政課 担い手グループ)"),
)
HEAD = "No.\t事業名\tR6事業費 (千円)\tR6 新規\t担当課等\t掲載頁"


@dataclass(frozen=True)
class MadeUp:
    """A report: rows of the list and blocks, each in its own order."""

    rows: tuple[Block, ...] = BLOCKS
    blocks: tuple[Block, ...] = BLOCKS
    title: str = "令和6年度中小企業振興施策実施状況"
    chapter: str = "② 地域の担い手を育てること"
    head: str = HEAD
    subtotal: str | None = "sum"  # of the rows; None: no such row
    tail: str = ""

    def text(self) -> str:
        """The whole transcript."""
        rows = [f"{one.number}\t{one.name}\t{one.budget}\t{one.new}\t{one.listed}\t{one.page}" for one in self.rows]
        total = self.subtotal
        if total == "sum":
            total = f"{sum(int(one.budget.replace(',', '')) for one in self.rows):,}"
        if total is not None:
            rows.append(f"\t小計\t{total}\t\t\t")
        listed = "\n".join([self.head, *rows])
        opening = [self.title, self.chapter, "【取組の概要】", "概要である。", "【基本方針事業一覧】", listed]
        return "\n\n".join([*opening, *(one.text() for one in self.blocks), self.tail]) + "\n"

    def read(self, folder: Path) -> Report:
        """The report as the extractor reads it."""
        path = folder / "made-up.txt"
        path.write_text(self.text(), encoding="utf-8")
        return read_report(path)


# Words of which names of programmes can be made, and what is done about them.
SIGNS = (
    "山川海空森木花草石火水土金銀銅鉄電光音色形体心力手足目耳声言語文字紙筆絵歌舞弦鼓笛刀弓門戸窓壁床柱屋庭園池橋道坂谷岬島"
    "湾港船車輪馬牛羊豚鳥魚貝虫亀米麦豆芋菜果種苗根茎葉枝幹皮糸布衣帯袖帽傘扇鏡針箱袋桶瓶皿鉢椀箸鍋釜炉灰煙氷霜露霧雲雨風雷虹"
)
DEEDS = ("育成", "支援", "促進", "強化", "推進", "活性化", "確保", "整備", "普及", "創出")
DIVISIONS = ("港湾課", "水産課", "工業課", "観光課", "林政課", "雇用課", "農政課", "商政課")


def many(count: int, *, titled: bool = False) -> tuple[Block, ...]:
    """So many programmes, all of other names, always the same. Without titles a block says parts of its name alone."""
    random = Random(count)
    blocks: list[Block] = []
    names: set[str] = set()
    while len(blocks) < count:
        words = ["".join(random.sample(SIGNS, 2)) for _ in range(3)]
        deed, division, number = random.choice(DEEDS), random.choice(DIVISIONS), len(blocks) + 1
        name = f"{''.join(words)}{deed}事業"
        if name in names:
            continue
        names.add(name)
        others = ["".join(random.sample(SIGNS, 2)) for _ in range(4)]
        blocks.append(
            Block(
                number,
                name,
                budget=f"{random.randrange(100, 90_000):,}",
                listed=division,
                page=str(10 + number // 2),
                title=f"{number}　{name}" if titled else None,
                aim=f"{words[0]}の{deed}を図るため、{others[0]}と{others[1]}の{random.choice(DEEDS)}に取り組む。",
                prose=f"{words[2]}について{others[2]}との{random.choice(DEEDS)}を{others[3]}で実施した。",
                rows=(f"{words[0]}参加者数\t10名\t12名", "実施回数\t2回\t3回"),
                footer=f"(担当課：{division})",
            )
        )
    return tuple(blocks)


def changed(number: int, **changes: object) -> tuple[Block, ...]:
    """The blocks, one of them changed."""
    return tuple(replace(one, **changes) if one.number == number else one for one in BLOCKS)  # type: ignore[arg-type]


def programmes(report: Report) -> tuple[Programme, ...]:
    """All programmes of a report."""
    return tuple(one for policy in report.policies for one in policy.programmes)


def codes(report: Report) -> list[tuple[str, str]]:
    """Code and pointer of each finding."""
    return [(one.code, one.pointer) for one in report.findings]
