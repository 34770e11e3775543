r"""Read a Japanese prefecture's yearly programme report into validated records.

In: a PDF, or a transcript as UTF-8 text. Out: a `Report`, the records that `extractor run` writes as JSON, or
`CannotRead`. `pipeline` goes the way of a report in the order of its steps; `cli` is the command.

>>> text = '''
... 令和6年度中小企業振興施策実施状況
...
... ② 地域の担い手を育てること
...
... 【取組の概要】
...
... 概要である。
...
... 【基本方針事業一覧】
...
... No.\t事業名\tR6事業費 (千円)\tR6 新規\t担当課等\t掲載頁
... 1\t港の学び舎運営事業\t1,000\t\t港湾課\t10
... \t小計\t1,000\t\t\t
...
... 【 事業概要 】
...
... 港の学び舎を運営する。
...
... 【 事業実績 】
...
... 6月に講座を開催した。
...
... 項目名\t5年度\t6年度
... 参加者数\t延べ10名\t―
... (担当課：港湾課 企画グループ)
... '''.encode()
>>> report = read(text)
>>> report.report.fiscal_year, [finding.code for finding in report.findings]
(2024, [])

A `Policy` is a chapter (基本方針), and a `Programme` a row of its list with the block that belongs to it:

>>> policy = report.policies[0]
>>> policy.title, len(policy.programmes)
('地域の担い手を育てること', 1)
>>> programme = policy.programmes[0]
>>> programme.id, programme.name, programme.budget_thousand_yen
('2024-2-01', '港の学び舎運営事業', 1000)

An `Office` is in charge of it:

>>> programme.offices
(Office(division='港湾課', groups=('企画グループ',), bureau=None, contact=None),)

A `Metric` is a row of its table, and an `Observation` one year's cell, with each `Quantity` in it. A cell is read,
absent (a dash is printed), blank or unreadable:

>>> metric = programme.metrics[0]
>>> metric.label, [(cell.fiscal_year, cell.status) for cell in metric.observations]
('参加者数', [(2023, 'read'), (2024, 'absent')])
>>> metric.observations[0].quantities
(Quantity(value=10, unit='名', qualifiers=('延べ',), component=None, lower=None, upper=None),)

A `Passage` is prose, with each `Fact` and `Activity` that was found in it:

>>> passage = programme.results
>>> [(fact.kind, fact.text, fact.edtf) for fact in passage.facts]
[('time', '6月', '2024-06')]
>>> [(activity.predicate, activity.object, activity.aspect) for activity in passage.activities]
[('開催', '講座', 'done')]

Everything says where it stands: a `LineSpan` of a transcript, a `PageBox` of a PDF:

>>> metric.source
(LineSpan(line=25, end_line=25),)

A `Finding` is what a check has to say, with an RFC 6901 pointer into the report:

>>> wrong = read(text.replace(b"\t1,000\t\t\t\n", b"\t999\t\t\t\n"), language=False)
>>> [(finding.severity, finding.code, finding.pointer) for finding in wrong.findings]
[('error', 'subtotal-mismatch', '/policies/0/subtotal_thousand_yen')]

An input that gives no report says why:

>>> read(b"%PDF-1.7 and no more")
Traceback (most recent call last):
extractor.errors.CannotRead: the file ends before its end mark: it was not copied or downloaded whole
"""

from functools import cache
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.annotation.reader import ProseReader
    from extractor.errors import CannotRead, ExtractorError
    from extractor.profiles.profile import Profile
    from extractor.records.report import (
        Activity,
        AppliedCorrection,
        AppliedWaiver,
        Attribute,
        CaseStudy,
        Fact,
        Finding,
        Initiative,
        InputFile,
        Jurisdiction,
        LineSpan,
        Metric,
        Note,
        Observation,
        Office,
        OtherValue,
        PageBox,
        Passage,
        Policy,
        Programme,
        ProgrammeSources,
        Quantity,
        Report,
        ReportHead,
        Section,
        Subject,
        Unplaced,
    )

__version__ = "0.1.0"

__all__ = [
    "Activity",
    "AppliedCorrection",
    "AppliedWaiver",
    "Attribute",
    "CannotRead",
    "CaseStudy",
    "ExtractorError",
    "Fact",
    "Finding",
    "Initiative",
    "InputFile",
    "Jurisdiction",
    "LineSpan",
    "Metric",
    "Note",
    "Observation",
    "Office",
    "OtherValue",
    "PageBox",
    "Passage",
    "Policy",
    "Profile",
    "Programme",
    "ProgrammeSources",
    "Quantity",
    "Report",
    "ReportHead",
    "Section",
    "Subject",
    "Unplaced",
    "read",
]

# The module of each name that is imported only when it is asked for. All others are records.
_RECORDS = "extractor.records.report"
_MODULES = {
    "CannotRead": "extractor.errors",
    "ExtractorError": "extractor.errors",
    "Profile": "extractor.profiles.profile",
}


def read(
    path_or_bytes: str | PathLike[str] | bytes,
    *,
    language: bool = True,
    profile: "str | Profile | None" = None,
    fiscal_year: int | None = None,
) -> "Report":
    """Read one report, in this process.

    A file of unknown origin may take any time and memory: `extractor run` sets bounds to both, this does not.

    Args:
        path_or_bytes: The name of a .pdf or .txt file, beside which `<name>.toml` may hold corrections and waivers; or
            what is in such a file, whose first bytes tell the kind. Of bytes, `source.file` of the report is `""`.
        language: Whether facts and activities are found in the prose. The model that finds them takes seconds to load.
        profile: The profile to read it with, or its id; None: the one that it fits.
        fiscal_year: The year that the report is of; None: what `<name>.toml` says, or else the report itself.

    Returns:
        The report, as `extractor run` writes it.

    Raises:
        CannotRead: The input gives no report; `status`, `page` and `reason` say why.
        ValueError: There is no profile of this id.

    >>> read("report.docx")
    Traceback (most recent call last):
    extractor.errors.CannotRead: only .pdf and .txt files are read
    >>> read(b"", profile="aomori")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: there is no profile aomori: the profiles are aomori-sme, ...
    """
    from extractor.pipeline import read_report
    from extractor.profiles.profile import get_profile
    from extractor.records.messages import make_refusal
    from extractor.runtime.input_bytes import PDF, TEXT

    source = path_or_bytes if isinstance(path_or_bytes, bytes) else Path(path_or_bytes)
    if isinstance(source, Path) and source.suffix.lower() not in {PDF, TEXT}:
        raise make_refusal("not-supported.suffix")
    known = get_profile(profile) if isinstance(profile, str) else profile
    return read_report(source, known, _load_prose_reader() if language else None, fiscal_year)


@cache
def _load_prose_reader() -> "ProseReader":
    """Make the reader of prose, once: it keeps the model that it has loaded, and writes no files."""
    from extractor.annotation.reader import ProseReader

    return ProseReader()


if not TYPE_CHECKING:  # or a type checker would take any name for one of these

    def __getattr__(name: str) -> Any:
        """Import a name of the interface when it is first asked for: what stands behind it takes a second."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_MODULES.get(name, _RECORDS)), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
