"""The pending file: `golden/pending.lock`, in which `accept` keeps what was refused or left open.

It is JSON; its ending tells it from the golden files.
"""

import json
from pathlib import Path

from pydantic import ValidationError

from extractor.errors import InvalidFile
from extractor.records.messages import Message, explain_mistake, explain_os_error, make_message
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
        raise NotPending(_explain("", explain_os_error(error))) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = "/".join(map(str, first["loc"]))
        raise NotPending(_explain(where, explain_mistake(error))) from None


def _explain(place: str, why: Message) -> Message:
    return make_message("accepting.no-pending-file", file=PENDING_FILE, place=place, why=why)


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
    reports = {**pending.reports, name: of_report}
    kept = Pending(reports={one: reports[one] for one in sorted(reports) if reports[one] != PendingReport()})
    path = golden / PENDING_FILE
    if kept == pending:
        return kept
    if kept.reports:
        data = json.loads(kept.model_dump_json())
        for leaf in (leaf for report in data["reports"].values() for leaf in report["leaves"]):
            leaf["labels"] = {name: label for name, label in leaf["labels"].items() if label is not None}
        write_atomically(path, to_json(data))
    else:
        path.unlink(missing_ok=True)
    return kept
