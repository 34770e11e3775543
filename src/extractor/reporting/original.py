"""Original: what is said of the file that a report was read from, where the two sides have different ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Any

from extractor.inspection.sheets import find_documents
from extractor.records.comparison import Change, Comparison
from extractor.reporting.i18n import Language, word, words

# How many bytes a file has, by its SHA-256. An output does not say it: it is known only of files that are at hand.
Sizes = Mapping[str, int]
UNKNOWN: Sizes = {}


def find_sizes(comparisons: Iterable[Comparison | None], documents: Sequence[Path]) -> Sizes:
    """Find the sizes of files that another has replaced, or that replaced one.

    Args:
        comparisons: What was compared; None where nothing could be.
        documents: The folders in which the files are looked for, by their content and not by their name.

    Returns:
        The number of bytes of each file that is there; of a file that is not, nothing is said.
    """
    changes = (change for one in comparisons if one for change in one.changes if is_original(change))
    wanted = {side["sha256"] for change in changes for side in _get_sides(change)}
    sizes: dict[str, int] = {}
    for sha256, path in (find_documents(documents, wanted) if wanted else {}).items():
        with suppress(OSError):
            sizes[sha256] = path.stat().st_size
    return sizes


def is_original(change: Change) -> bool:
    """Tell whether a change is about the file that the report was read from.

    The report's field `source` has the name of the places on a page, and is none.
    """
    return change.record == "report" and change.field == "source"


def describe_change_of_original(change: Change, language: Language) -> str:
    """Say what became of the file.

    Args:
        change: One of which `is_original` is true.
        language: The language of the sentence.

    Returns:
        A sentence without its full stop.
    """
    before, after = _get_sides(change)
    same_name = PurePath(before["file"]).stem == PurePath(after["file"]).stem
    if before["sha256"] != after["sha256"]:
        name = "replaced" if same_name else "other"
    else:
        name = "reread" if before["file"] == after["file"] else "renamed"
    return word(language, "originals", name)


def describe_originals(change: Change, language: Language, sizes: Sizes) -> tuple[str, str]:
    """Describe both files by what a person can look up: name, kind, pages and size.

    Args:
        change: One of which `is_original` is true.
        language: The language of the words.
        sizes: What `find_sizes` found. Where it has neither file, no size is said; where it has one of them, the
            other's is said to be unknown.

    Returns:
        The old file and the new one, each on one line.
    """
    before, after = _get_sides(change)
    told = any(side["sha256"] in sizes for side in (before, after))
    comma = words(language)["originals"]["comma"]
    old, new = (comma.join(_describe_file(side, language, sizes, told=told)) for side in (before, after))
    return old, new


def _get_sides(change: Change) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the old file and the new one, as their records are written."""
    before, after = change.before, change.after
    if not isinstance(before, dict) or not isinstance(after, dict):
        raise TypeError("a report has an input file on both sides")
    return before, after


def _describe_file(file: Mapping[str, Any], language: Language, sizes: Sizes, *, told: bool) -> Iterator[str]:
    """Yield the parts of a file's description; `told`: a size that is not known is said to be unknown."""
    known = words(language)["originals"]
    yield file["file"]
    yield known[file["kind"]]
    if file["pages"] is not None:
        yield known["page" if file["pages"] == 1 else "pages"].format(file["pages"])
    if file["sha256"] in sizes:
        yield known["bytes"].format(sizes[file["sha256"]])
    elif told:
        yield known["no_size"]
