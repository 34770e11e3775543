"""The pending file: `golden/pending.lock`, in which `accept` keeps what was refused or left open.

It is JSON; its ending tells it from the golden files.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extractor.errors import InvalidFile
from extractor.records.messages import explain_mistake, explain_os_error, locate_mistake, make_message
from extractor.records.pending import Pending, PendingReport
from extractor.records.to_json import to_json
from extractor.runtime.atomic_write import write_atomically
from extractor.runtime.files import LARGEST_RECORD, is_file, read_file
from extractor.runtime.run_record import PENDING_FILE


class NotPending(InvalidFile):
    """A pending file that is not as `accept` writes it; the message says why on one line."""


def read_pending(golden: Path) -> Pending:
    """Read what is pending; nothing is where there is no such file.

    Raises:
        NotPending: The file cannot be read.
    """
    path = golden / PENDING_FILE
    if not is_file(path):
        return Pending()
    try:
        return Pending.model_validate_json(read_file(path, LARGEST_RECORD), strict=True)
    except OSError as error:
        place, why = "", explain_os_error(error)
    except ValidationError as error:
        place, why = locate_mistake(error), explain_mistake(error)
    raise NotPending(make_message("accepting.no-pending-file", file=PENDING_FILE, place=place, why=why))


def write_pending(golden: Path, pending: Pending, name: str, of_report: PendingReport) -> Pending:
    """Write what is pending of a report; the file is deleted with the last of it.

    Args:
        golden: The folder of the accepted files.
        pending: What was pending.
        name: The report.
        of_report: What is pending of it now.

    Returns:
        What is pending now.
    """
    reports = sorted({**pending.reports, name: of_report}.items())
    kept = Pending(reports={one: left for one, left in reports if left != PendingReport()})
    path = golden / PENDING_FILE
    if not kept.reports:
        path.unlink(missing_ok=True)
    elif kept != pending:
        write_atomically(path, to_json(_leave_out_empty(kept)))
    return kept


def _leave_out_empty(pending: Pending) -> dict[str, Any]:
    """Give what is pending as data, without labels and sources that say nothing."""
    data: dict[str, Any] = json.loads(pending.model_dump_json())
    for report in data["reports"].values():
        for leaf in report["leaves"]:
            leaf["labels"] = {name: label for name, label in leaf["labels"].items() if label is not None}
            if not leaf["before_source"]:
                del leaf["before_sha256"], leaf["before_source"]
            if not leaf["before_rows"]:
                del leaf["before_rows"]
    return data
