"""The lines with which a run names its first findings, and the command that shows all of them."""

from collections.abc import Sequence
from pathlib import Path

from extractor.batch.inputs import FIRST_DOUBTS, Outcome
from extractor.cli import OUTPUT
from extractor.cli.console import print_table
from extractor.language import get_language
from extractor.reporting.finding_rows import tabulate_first_findings
from extractor.runtime.file_names import text_to_printable


def print_first_findings(outcomes: Sequence[Outcome], out: Path) -> None:
    """Print the first findings of a run that count, errors before warnings; nothing where there are none.

    Args:
        outcomes: What became of the inputs.
        out: The folder that the run wrote into.
    """
    readings = [outcome.reading for outcome in outcomes if outcome.reading]
    doubts = sorted(
        (doubt for reading in readings for doubt in reading.doubts),
        key=lambda doubt: bool(doubt["finding"]["severity"] != "error"),
    )
    if not doubts:
        return
    count = sum(reading.findings["error"] + reading.findings["warning"] for reading in readings)
    command = "extractor findings" if out == OUTPUT else f"extractor findings --out {text_to_printable(out)}"
    print_table(tabulate_first_findings(doubts[:FIRST_DOUBTS], count, get_language(), command))
