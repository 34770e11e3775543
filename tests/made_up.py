"""A small made-up report of another year, as a transcript whose parts a test can change."""

from dataclasses import dataclass, replace
from pathlib import Path

from extractor.model.record import Programme, Report
from extractor.pipeline import read_report


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
    prose: str = ""
    head: str = "項目名\t5年度\t6年度"
    rows: tuple[str, ...] = ("参加者数\t10名\t12名",)
    footer: str = "(担当課：港湾課 企画グループ)"

    def text(self) -> str:
        """The block as lines."""
        prose = self.prose or f"{self.name}を進めた。"
        parts = [self.title, self.overview, f"{self.name}の概要を書く。", self.results, prose]
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


def changed(number: int, **changes: object) -> tuple[Block, ...]:
    """The blocks, one of them changed."""
    return tuple(replace(one, **changes) if one.number == number else one for one in BLOCKS)  # type: ignore[arg-type]


def programmes(report: Report) -> tuple[Programme, ...]:
    """All programmes of a report."""
    return tuple(one for policy in report.policies for one in policy.programmes)


def codes(report: Report) -> list[tuple[str, str]]:
    """Code and pointer of each finding."""
    return [(one.code, one.pointer) for one in report.findings]
