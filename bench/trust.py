"""What each proof is worth: of figures that are made wrong on purpose, how many keep which proof.

`python bench/trust.py` prints the table of docs/trust.md. It prints reports of a made-up prefecture, one figure of each
programme wrong, and reads them: the text layer lies (a font's map), what is drawn is something else, the source has a
typist's error, or the record gives a value to another cell. The seed is fixed.
"""

import argparse
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from extractor import pipeline
from extractor.annotation.reader import ProseReader
from extractor.annotation.spacy_components import load_model
from extractor.baseline.known_proofs import prove_by_editions
from extractor.checks.run_checks import check
from extractor.records.proofs import PROOFS, add_proofs, index_proofs
from extractor.records.report import Observation, Programme, Report
from extractor.records.walk import walk_records

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from press.embedded import BODY, found_font  # noqa: E402 - it stands beside the tests, not in a package

YEAR = 2023
SIZE, LEAD = 10.0, 20.0
# Where the columns of a table begin and end: of the list, and of a programme.
LIST, TABLE = (40.0, 75.0, 220.0, 330.0, 400.0, 475.0, 540.0), (60.0, 270.0, 350.0, 430.0, 500.0)
THEMES = ("港湾", "水産", "林業", "観光", "雪国", "温泉")
# What a table counts: name, unit, and whether 増減 is printed.
ROWS = (
    ("県内参加者数", "名", True),
    ("県外参加者数", "名", True),
    ("計", "名", False),
    ("研修受講者数", "名", False),
    ("研修受講者数のうち女性受講者数", "名", False),
    ("相談件数", "件", True),
    ("訪問企業数", "社", False),
)
# A value: the programme, the row (None: the budget) and the year.
Leaf = tuple[int, int | None, int]
Figures = dict[Leaf, int]


@dataclass(frozen=True)
class Fault:
    """How a figure is made wrong: what is printed of it, and how, and what a person sees there.

    `text`: what its cell says. `drawn`: what is done to the ink. `lies`: the font's map is of other digits.
    """

    text: str
    seen: int | None
    drawn: str = ""
    lies: Mapping[int, int] = field(default_factory=dict)


@dataclass
class Tally:
    """What became of the figures of one way: how many, read wrong, said; and how many had and kept each proof.

    `alone`: nothing but `engine` and `ink` speaks for it then.
    """

    figures: int = 0
    wrong: int = 0
    said: int = 0
    had: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    alone: int = 0


class LyingFont(ttfonts.TTFont):  # type: ignore[misc]
    """A font whose map calls digits others than are drawn."""

    def __init__(self, name: str, path: str, lies: Mapping[int, int]) -> None:
        super().__init__(name, path)
        self._lies = {48 + one: 48 + other for one, other in lies.items()}

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        make = ttfonts.makeToUnicodeCMap

        def lie(fontname: Any, subset: Sequence[int]) -> Any:
            return make(fontname, [self._lies.get(code, code) for code in subset])

        with mock.patch.object(ttfonts, "makeToUnicodeCMap", lie):
            super().addObjects(doc)


@cache
def font_path() -> str:
    """The font of all that is printed."""
    path = found_font(BODY)
    if path is None:
        sys.exit("the IPA fonts are not installed (Debian: fonts-ipafont)")
    return str(path)


def make_figures(random: Random, count: int) -> Figures:
    """The true figures of both editions, of three years; none is ten times another's."""
    figures: Figures = {}
    for programme in range(count):
        figures[programme, None, YEAR] = random.randrange(1_000, 90_000)
        for year in (YEAR - 2, YEAR - 1, YEAR):
            values = [random.randrange(210, 800) for _ in ROWS]
            values[2] = values[0] + values[1]
            values[4] = random.randrange(110, values[3])
            figures |= {(programme, row, year): value for row, value in enumerate(values)}
    return figures


class Printer:
    """Prints one edition."""

    def __init__(self, figures: Figures, year: int, faults: Mapping[Leaf, Fault]) -> None:
        self._figures, self._year, self._faults = figures, year, faults
        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, pagesize=(595, 842), invariant=1)
        pdfmetrics.registerFont(ttfonts.TTFont("body", font_path()))
        self._y = 0.0

    def print_report(self) -> bytes:
        count = 1 + max(programme for programme, _, _ in self._figures)
        self._begin_page()
        era = self._year - 2018
        for line in (f"令和{era}年度中小企業振興施策実施状況", "① 地域の担い手を育てること", "【取組の概要】"):
            self._print_line(line)
        self._print_line("概要である。")
        self._print_line("【基本方針事業一覧】")
        names = [f"{THEMES[programme]}人材育成事業" for programme in range(count)]
        cells: list[tuple[tuple[str, Leaf | None], ...]] = [
            tuple(
                (head, None) for head in ("No.", "事業名", f"R{era}事業費(千円)", f"R{era}新規", "担当課等", "掲載頁")
            )
        ]
        for number, name in enumerate(names, 1):
            budget = (f"{self._figures.get((number - 1, None, self._year), 1000):,}", (number - 1, None, self._year))
            cells.append(((str(number), None), (name, None), budget, ("", None), (_office(number), None), ("", None)))
        total = sum(self._figures.get((number, None, self._year), 1000) for number in range(count))
        cells.append((("", None), ("小計", None), (f"{total:,}", None), ("", None), ("", None), ("", None)))
        self._print_table(LIST, cells)
        for programme, name in enumerate(names):
            self._print_block(programme, name)
        self._canvas.save()
        return self._file.getvalue()

    def _print_block(self, programme: int, name: str) -> None:
        if programme % 2 == 0:
            self._begin_page()
        figure, era = self._figures, self._year - 2018
        self._print_line(f"{programme + 1}　{name}")
        self._print_line("【 事業概要 】")
        self._print_line(f"{THEMES[programme]}の担い手を育成するため、研修を行う。")
        self._print_line("【 事業実績 】")
        self._print_line(
            f"{THEMES[programme]}の研修を実施し、研修受講者数は{figure[programme, 3, self._year]}名であった。"
        )
        rows: list[tuple[tuple[str, Leaf | None], ...]] = [
            tuple((head, None) for head in ("項目", f"{era - 1}年度", f"{era}年度", "増減"))
        ]
        for row, (label, unit, has_change) in enumerate(ROWS):
            leaves = [(programme, row, year) for year in (self._year - 1, self._year)]
            before, now = (figure[leaf] for leaf in leaves)
            change = f"{'△' if now < before else ''}{abs(now - before)}{unit}" if has_change else "－"
            values = [(f"{figure[leaf]}{unit}", leaf) for leaf in leaves]
            rows.append(((label, None), *values, (change, None)))
        self._print_table(TABLE, rows)
        self._print_line(f"(担当課：{_office(programme + 1)})")
        self._y -= LEAD

    def _begin_page(self) -> None:
        if self._y:
            self._canvas.showPage()
        self._y = 790.0

    def _print_line(self, text: str) -> None:
        self._canvas.setFont("body", SIZE)
        self._canvas.drawString(50, self._y, text)
        self._y -= LEAD

    def _print_table(self, xs: Sequence[float], rows: Sequence[Sequence[tuple[str, Leaf | None]]]) -> None:
        top = self._y + 14
        for cells in rows:
            for x, (text, leaf) in zip(xs, cells, strict=False):
                self._print_cell(x + 12, text, self._faults.get(leaf) if leaf else None, (leaf or (0, 0, 0))[1])
            self._y -= LEAD
        bottom = top - LEAD * len(rows)
        self._canvas.setLineWidth(0.5)
        for number in range(len(rows) + 1):
            self._canvas.line(xs[0], top - LEAD * number, xs[-1], top - LEAD * number)
        for x in xs:
            self._canvas.line(x, top, x, bottom)
        self._y -= 6

    def _print_cell(self, x: float, text: str, fault: Fault | None, row: int | None) -> None:
        unit = "" if row is None else ROWS[row][1]
        if fault is not None and text:
            text = fault.text + unit
        name = "body"
        if fault is not None and fault.lies:
            name = "lying"
            pdfmetrics.registerFont(LyingFont(name, font_path(), fault.lies))
        self._canvas.setFont(name, SIZE)
        self._canvas.drawString(x, self._y, text)
        if fault is not None and fault.drawn:
            self._draw(x, fault, pdfmetrics.stringWidth(text, name, SIZE))

    def _draw(self, x: float, fault: Fault, width: float) -> None:
        canvas, y = self._canvas, self._y
        if fault.drawn == "minus":
            canvas.setLineWidth(0.8)
            canvas.line(x - 6, y + 3.8, x - 1, y + 3.8)
        elif fault.drawn == "strike":
            canvas.setLineWidth(0.8)
            canvas.line(x - 1, y + 3.8, x + width + 1, y + 3.8)
        else:
            digit = str(abs(fault.seen or 0))[0]
            left = x if fault.drawn == "over" else x - 5.5
            if fault.drawn == "over":
                canvas.setFillGray(1)
                canvas.rect(x - 0.2, y - 1.5, 5.2, 10, stroke=0, fill=1)
                canvas.setFillGray(0)
            canvas.drawImage(ImageReader(_picture(digit)), left, y - 1.2, 5, 10)


def _office(number: int) -> str:
    return f"{THEMES[number - 1]}課"


def _picture(digit: str) -> Image.Image:
    picture = Image.new("L", (50, 100), 255)
    ImageDraw.Draw(picture).text((0, 0), digit, font=ImageFont.truetype(font_path(), 100), fill=0)
    return picture


def _other_digit(random: Random, digit: str, *, first: bool) -> str:
    return random.choice([one for one in "123456789" + ("" if first else "0") if one != digit])


def _lie(shift: Callable[[Random, str], dict[int, int]]) -> Callable[[Random, int], Fault]:
    return lambda random, value: Fault(str(value), value, lies=shift(random, str(value)))


def _type_digit(random: Random, value: int) -> Fault:
    text, at = str(value), random.randrange(len(str(value)))
    return Fault(text[:at] + _other_digit(random, text[at], first=at == 0) + text[at + 1 :], value)


def _exchange_digits(random: Random, value: int) -> Fault:
    text = str(value)
    places = [at for at in range(len(text) - 1) if text[at] != text[at + 1] and (at or text[1] != "0")]
    if not places:
        return _type_digit(random, value)
    at = random.choice(places)
    return Fault(text[:at] + text[at + 1] + text[at] + text[at + 2 :], value)


def _double_digit(random: Random, value: int) -> Fault:
    text, at = str(value), random.randrange(len(str(value)))
    return Fault(text[: at + 1] + text[at:], value)


def _drop_digit(_: Random, value: int) -> Fault:
    return Fault(str(value)[:-1], value)


def _draw_digit(random: Random, value: int) -> Fault:
    return Fault(str(value), int(f"{random.randrange(1, 10)}{value}"), "before")


def _draw_over(random: Random, value: int) -> Fault:
    text = str(value)
    return Fault(text, int(_other_digit(random, text[0], first=True) + text[1:]), "over")


# The ways in which what is printed is made wrong, by their names in the table.
PRINTED: dict[str, Callable[[Random, int], Fault]] = {
    "text layer: every digit another": _lie(lambda _random, _text: {one: (one + 3) % 10 for one in range(10)}),
    "text layer: one digit another": _lie(
        lambda random, text: {int(text[0]): int(_other_digit(random, text[0], first=True))}
    ),
    "ink: a minus is drawn": lambda _, value: Fault(str(value), -value, "minus"),
    "ink: a digit is a picture before it": _draw_digit,
    "ink: a digit is covered by another": _draw_over,
    "ink: it is struck out": lambda _, value: Fault(str(value), None, "strike"),
    "typist: a digit another": _type_digit,
    "typist: two digits exchanged": _exchange_digits,
    "typist: a digit twice": _double_digit,
    "typist: the last digit gone": _drop_digit,
}


def exchange_columns(report: Report, random: Random) -> tuple[Report, list[str]]:
    """Give the values of one row of each table to the other year."""
    return _edit_tables(report, lambda metrics: [(metrics, random.randrange(len(metrics)), None)])


def exchange_rows(report: Report, random: Random) -> tuple[Report, list[str]]:
    """Give the values of two rows of each table to each other."""
    return _edit_tables(report, lambda metrics: [(metrics, *random.sample((0, 1, 3, 5, 6), 2))])


def exchange_budgets(report: Report, random: Random) -> tuple[Report, list[str]]:
    """Give the budgets of two programmes to each other."""
    data = report.model_dump()
    programmes = data["policies"][0]["programmes"]
    one, other = random.sample(range(len(programmes)), 2)
    name = "budget_thousand_yen"
    for left, right in (
        (programmes[one], programmes[other]),
        (programmes[one]["sources"], programmes[other]["sources"]),
    ):
        left[name], right[name] = right[name], left[name]
    return Report.model_validate(data), [f"/policies/0/programmes/{at}/budget_thousand_yen" for at in (one, other)]


def _edit_tables(report: Report, choose: Callable[[Any], Any]) -> tuple[Report, list[str]]:
    data, changed = report.model_dump(), []
    for at, programme in enumerate(data["policies"][0]["programmes"]):
        here = f"/policies/0/programmes/{at}/metrics"
        for metrics, one, other in choose(programme["metrics"]):
            values = metrics[one]["observations"]
            if other is None:
                years = [value["fiscal_year"] for value in values]
                metrics[one]["observations"] = [
                    value | {"fiscal_year": year} for value, year in zip(values[::-1], years, strict=True)
                ]
            else:
                metrics[one]["observations"], metrics[other]["observations"] = metrics[other]["observations"], values
            rows = (one,) if other is None else (one, other)
            changed += [f"{here}/{row}/observations/{year}" for row in rows for year in (0, 1)]
    return Report.model_validate(data), changed


# The ways in which the record is made wrong.
RECORDED: dict[str, Callable[[Report, Random], tuple[Report, list[str]]]] = {
    "record: two columns exchanged": exchange_columns,
    "record: two rows exchanged": exchange_rows,
    "record: two budgets exchanged": exchange_budgets,
}
WAYS = (*PRINTED, *RECORDED)


class Reading:
    """Reads reports, with the model loaded once; another edition, all of it right, is known."""

    def __init__(self) -> None:
        self._model = load_model()
        self._others: list[Report] = []

    def know(self, earlier: bytes) -> None:
        self._others = []
        self._others = [self.read(earlier)]

    def read(self, pdf: bytes, edit: Callable[[Report], Report] | None = None) -> Report:
        def edit_and_check(report: Report, *rest: Any) -> Report:
            return check(edit(report) if edit else report, *rest)

        with mock.patch.object(pipeline, "check", edit_and_check):
            report = pipeline.read_report(pdf, reader=ProseReader(None, self._model))
        return add_proofs(report, prove_by_editions(report, self._others))


def list_values(report: Report) -> dict[str, tuple[int | None, tuple[str, ...]]]:
    """Each value by its pointer: its number (None: it is not read) and its proofs."""
    proofs = index_proofs(report)
    values: dict[str, tuple[int | None, tuple[str, ...]]] = {}
    for pointer, seen in walk_records(report, Observation):
        number = int(seen.quantities[0].value) if len(seen.quantities) == 1 else None
        values[pointer] = number, proofs[pointer]
    for pointer, programme in walk_records(report, Programme):
        place = f"{pointer}/budget_thousand_yen"
        values[place] = programme.budget_thousand_yen, proofs.get(place, ())
    return values


def point_to(leaf: Leaf) -> str:
    """The pointer to a value in the report."""
    programme, row, year = leaf
    here = f"/policies/0/programmes/{programme}"
    return f"{here}/budget_thousand_yen" if row is None else f"{here}/metrics/{row}/observations/{year - YEAR + 1}"


def count_values(tally: Tally, before: Report, after: Report, seen: Mapping[str, int | None]) -> None:
    """Count what became of values, by their pointers: what a person sees there is given, or what was there before."""
    was, now = list_values(before), list_values(after)
    doubts = [one.pointer for one in after.findings if one.severity != "info"]
    for pointer, wanted in seen.items():
        number, proofs = now.get(pointer, (None, ()))
        tally.figures += 1
        if number is None or number == wanted:
            continue
        tally.wrong += 1
        tally.said += any(one == pointer or one.startswith(f"{pointer}/") for one in doubts)
        tally.had.update(was[pointer][1])
        tally.kept.update(set(proofs) & set(was[pointer][1]))
        tally.alone += not set(proofs) - {"engine", "ink"}


def measure(reports: int, seed: int, ways: Sequence[str] = WAYS, programmes: int = len(THEMES)) -> dict[str, Tally]:
    """Measure all ways on so many reports each."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    reading = Reading()
    for number in range(reports):
        random = Random(f"{seed} {number}")
        figures = make_figures(random, programmes)
        reading.know(Printer(figures, YEAR - 1, {}).print_report())
        plain = Printer(figures, YEAR, {}).print_report()
        before = reading.read(plain)
        for way in ways:
            if way in PRINTED:
                faults = dict(_make_faults(Random(f"{seed} {number} {way}"), figures, PRINTED[way]))
                after = reading.read(Printer(figures, YEAR, faults).print_report())
                seen = {point_to(leaf): fault.seen for leaf, fault in faults.items()}
            else:
                changed: list[str] = []

                def edit(report: Report, way: str = way, changed: list[str] = changed) -> Report:
                    made, pointers = RECORDED[way](report, Random(f"{seed} {number} {way}"))  # noqa: B023 - at once
                    changed += pointers
                    return made

                after = reading.read(plain, edit)
                was = list_values(before)
                seen = {pointer: was[pointer][0] for pointer in changed}
            count_values(tallies[way], before, after, seen)
    return dict(tallies)


def _make_faults(
    random: Random, figures: Figures, make: Callable[[Random, int], Fault]
) -> Iterator[tuple[Leaf, Fault]]:
    """Make one figure of each table wrong, and one budget."""
    count = 1 + max(programme for programme, _, _ in figures)
    leaves: list[Leaf] = [
        (programme, random.randrange(len(ROWS)), random.choice((YEAR - 1, YEAR))) for programme in range(count)
    ]
    leaves.append((random.randrange(count), None, YEAR))
    for leaf in leaves:
        fault = make(random, figures[leaf])
        if leaf[1] is None and not fault.lies:
            fault = replace(fault, text=f"{int(fault.text):,}")
        yield leaf, fault


HEAD = (
    "made wrong",
    "figures",
    "read wrong",
    "said",
    *(kind for kind in PROOFS if kind != "hand"),
    "alone",
)


def render_table(tallies: Mapping[str, Tally]) -> str:
    """The table as Markdown: of each proof how many kept it, of those that had it while they were right."""
    lines = [" | ".join(("", *HEAD, "")).strip(), "|" + " --- |" + " ---: |" * (len(HEAD) - 1)]
    for way in WAYS:
        if way in tallies:
            one = tallies[way]
            proofs = [f"{one.kept[kind]}/{one.had[kind]}" if one.had[kind] else "–" for kind in HEAD[4:-1]]
            cells = (way, one.figures, one.wrong, one.said, *proofs, one.alone)
            lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=8)
    parser.add_argument("--seed", type=int, default=15)
    arguments = parser.parse_args()
    print(render_table(measure(arguments.reports, arguments.seed)))


if __name__ == "__main__":
    main()
