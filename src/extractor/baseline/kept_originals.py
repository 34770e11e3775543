"""Kept originals: the documents that golden files were read from, kept beside them for cut-outs of accepted values.

A file in `raw/` may be replaced by a corrected edition; what was accepted can still be looked at then. A copy has the
same bytes as the accepted input, so a repository that holds the input holds the copy already.
"""

import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from extractor.baseline.pending_file import read_pending
from extractor.batch.runner import SUFFIXES
from extractor.inspection.sheets import find_documents
from extractor.runtime.atomic_write import write_atomically
from extractor.runtime.files import LARGEST_RECORD, is_folder, read_file
from extractor.runtime.run_record import list_output_files

ORIGINALS = "originals"
# Bytes: a larger document is not kept; of its accepted values there are cut-outs only while it is in `raw/`.
LARGEST_KEPT = 50_000_000


def folders_of_documents(raw: Path, golden: Path) -> tuple[Path, Path]:
    """Give the folders in which a document may be that an output or a golden file was read from.

    Args:
        raw: The folder of the inputs.
        golden: The folder of the accepted files.

    Returns:
        The folder of the inputs, and that of the kept originals in the folder of the accepted files; whether they are
        there is not looked at.
    """
    return raw, golden / ORIGINALS


def keep_originals(golden: Path, raw: Path) -> None:
    """Keep the documents of all golden files as `golden/originals/<SHA-256>.pdf` (or `.txt`), and no others.

    So are those of earlier editions in which accepted values stand of what is pending. One that is in neither folder,
    or larger than `LARGEST_KEPT`, is not kept.

    Args:
        golden: The folder of the accepted files.
        raw: The folder of the inputs.
    """
    left = (leaf for report in read_pending(golden).reports.values() for leaf in report.leaves)
    wanted = {*_list_wanted(golden), *(leaf.before_sha256 for leaf in left if leaf.before_sha256)}
    kept = golden / ORIGINALS
    names = set()
    for sha256, path in find_documents(folders_of_documents(raw, golden), wanted).items():
        name = f"{sha256}{path.suffix.lower()}"
        names.add(name)
        if not (kept / name).exists():
            with suppress(OSError):
                document = read_file(path, LARGEST_KEPT)
                write_atomically(kept / name, document)
    _remove_others(kept, names)


def _list_wanted(golden: Path) -> Iterator[str]:
    """List the SHA-256 sums that golden files name as their source."""
    for path in list_output_files(golden):
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            yield str(json.loads(read_file(path, LARGEST_RECORD))["source"]["sha256"])


def _remove_others(kept: Path, names: Collection[str]) -> None:
    for path in sorted(kept.iterdir()) if is_folder(kept) else []:
        # What a person put there under another name is theirs.
        if path.name not in names and len(path.stem) == 64 and path.suffix in SUFFIXES:
            with suppress(OSError):
                path.unlink()
