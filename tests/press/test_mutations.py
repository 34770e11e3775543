"""Where it fails it fails in the open: pages are changed by chance, and no wrong value is read of them in silence."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from extractor.pdf.reader import read_pdf
from press import cid, embedded
from press.at_random import reports, styles
from press.manuscript import chapter_heading
from press.marks import Case, case_of
from press.model import ReportModel, differences, expected
from press.mutations import MUTATIONS
from press.shown import Verdict, judge, tally
from press.style import FAMILIES, Style
from press.test_press import loses_a_column, shows_no_merging
from press.trial import Typeset, model_for
from reports import RAW, pages_of

MUTANTS = 500
SEED = 20230401
# Of every so many mutants one is of the report in raw/.
REAL = 25
MODELS = 8


def _headings(model: ReportModel, style: Style) -> list[str]:
    own = [style.overview, style.results, style.overview_heading, style.list_heading]
    return own + [chapter_heading(chapter, style) for chapter in model.chapters]


def _printed(name: str, model: ReportModel, style: Style, typeset: Typeset, folder: Path) -> Case:
    """A report as it is printed. What is read of it as it stands must be right, or nothing is shown by mutants."""
    printed = typeset(model, style)
    path = folder / "printed.pdf"
    path.write_bytes(printed.pdf)
    case = case_of(name, read_pdf(path), _headings(model, style))
    assert differences(expected(model, style, printed), case.reading.data) == []
    return case


def _at_random() -> list[tuple[ReportModel, Style]]:
    """Models and styles at random, the same ones every time."""
    found: list[tuple[ReportModel, Style]] = []

    @settings(max_examples=4 * MODELS, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        model, style = data.draw(reports()), data.draw(styles(sorted(FAMILIES)))
        if not loses_a_column(model, style) and not shows_no_merging(model, style):
            found.append((model, style))

    draw()
    return found[-MODELS:]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("mutations")
    typesets: list[Typeset] = [cid.typeset, *([embedded.typeset] if embedded.available() else [])]
    made = [(family, model_for(family), style) for family, style in FAMILIES.items()]
    made += [(f"random {index}", *one) for index, one in enumerate(_at_random())]
    return [
        _printed(name, model, style, typesets[index % len(typesets)], folder)
        for index, (name, model, style) in enumerate(made)
    ]


@pytest.fixture(scope="module")
def real() -> Case:
    words = ("【事業概要】", "【事業実績】", "【取組の概要】", "【基本方針事業一覧】")
    return case_of("raw/aomori-sme-2023.pdf", pages_of(RAW / "aomori-sme-2023.pdf"), words)


def _verdicts(cases: Sequence[Case], real: Case, count: int, seed: int) -> Iterator[tuple[str, str, Verdict]]:
    """Kind, description and verdict of so many mutants, spread over kinds and reports."""
    rng = Random(seed)
    kinds = list(MUTATIONS)
    for number in range(count):
        mutant = None
        while mutant is None:
            kind = kinds[number % len(kinds)]
            case = real if number % REAL == REAL - 1 else rng.choice(cases)
            for _ in range(5):
                mutant = mutant or MUTATIONS[kind](rng, case)
        yield kind, f"{kind} of {case.name}, {mutant.what}", judge(case.reading, mutant)


@pytest.mark.slow
def test_no_wrong_value_is_read_in_silence(cases: list[Case], real: Case) -> None:
    found = list(_verdicts(cases, real, MUTANTS, SEED))
    silent = [f"{what}:\n    " + "\n    ".join(verdict.silent[:5]) for _, what, verdict in found if verdict.silent]
    table = tally([(kind, verdict) for kind, _, verdict in found])
    print(table)
    assert silent == [], "\n".join([table, f"{len(silent)} in silence:", *silent])
