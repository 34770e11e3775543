"""Settling: what `accept` does with a file that says which programmes of which years are one."""

from pathlib import Path

from extractor.cli.console import fail, line
from extractor.records.decisions import Settlements
from extractor.records.trends import ProgrammeAt
from extractor.runtime.file_names import shown
from extractor.trends.resolve import CannotSettle
from extractor.trends.series_toml import SERIES_FILE, NotSeries, settle_series


def settle_programmes(wanted: Settlements, path: Path, reports: list[str], golden: Path) -> None:
    """Take identities of programmes into the series file, all or none, and print them; `golden` alone is needed."""
    if reports:
        fail("programmes are settled for all reports at once: name none")
    if not wanted.series:
        fail(f"{shown(path)}: it settles nothing")
    try:
        taken = settle_series(wanted, golden)
    except NotSeries as error:
        fail(f"{shown(golden / SERIES_FILE)}: {shown(str(error))}")
    except CannotSettle as error:
        fail(f"{shown(path)}: {shown(str(error))}")
    except OSError as error:
        fail(f"{shown(golden)}: {error.strerror}")
    for one in taken:
        was = "is new" if one.before is None else f"was {_named(one.before)}"
        line(f"{shown(one.series):8} {_named(one.after)} {was}")


def _named(at: ProgrammeAt) -> str:
    return shown(f"{at.report} {at.id}" + (f" {at.name}" if at.name else ""))
