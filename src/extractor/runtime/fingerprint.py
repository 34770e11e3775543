"""Fingerprint: what reads a report, so that a later difference can be laid to the source, the rules or a library.

In: the package's own code and data, and what is installed. Out: hashes and versions, the same wherever they are made.
"""

import hashlib
import platform
import re
from contextlib import suppress
from functools import cache
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from extractor.profiles.profile_files import hash_profile, index_profile_files
from extractor.runtime.code_digest import digest_rules

# The libraries that decide what is read; another version may read otherwise.
LIBRARIES = ("pdfplumber", "pdfminer.six", "pydantic", "rapidfuzz")
# Those of the extra `ocr`, where it is installed; rapidocr holds the models, sudachidict-core the words.
OCR_LIBRARIES = ("rapidocr", "onnxruntime", "opencv-python-headless", "pypdfium2", "sudachipy", "sudachidict-core")
# Those that read prose; ja-ginza is the model, sudachidict-core the dictionary.
LANGUAGE_LIBRARIES = ("spacy", "thinc", "ginza", "ja-ginza", "sudachipy", "sudachidict-core")
_VERSION = re.compile(r"^Version:[ \t]*(\S+)", re.MULTILINE)


def make_fingerprint(profile: str | None, *, language: bool = True) -> dict[str, Any]:
    """Describe what reads: program, rules, profile, and the libraries that matter.

    Args:
        profile: The id of the profile that read the file; None where the file was not read.
        language: Whether prose is read.

    Returns:
        What `run.json` holds. `rules` is one hash of the code and data that decide an output; `profile` is null where
        there is none of this id; `language` is null where prose is not read.
    """
    known = profile in index_profile_files()
    return {
        "program": import_module("extractor").__version__,  # by name: the package itself stands above this one
        "rules": _digest_own_rules(),
        "profile": {"id": profile, "sha256": hash_profile(profile)} if profile and known else None,
        "libraries": _find_versions((*LIBRARIES, *OCR_LIBRARIES)),
        "language": _find_versions(LANGUAGE_LIBRARIES) if language else None,
        "python": platform.python_version(),
    }


@cache
def make_language_fingerprint() -> str:
    """Make one hash of all that decides what is found in a text."""
    parts = (_digest_own_rules(), _find_versions(LANGUAGE_LIBRARIES))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@cache
def _find_versions(libraries: tuple[str, ...]) -> dict[str, str]:
    """Find the versions of libraries; those that are not installed are left out. None of them is imported."""
    versions = {}
    for name in libraries:
        with suppress(metadata.PackageNotFoundError):
            # The library's own way parses all that is said of a package, which takes a tenth of a second for all.
            said = _VERSION.search(metadata.distribution(name).read_text("METADATA") or "")
            versions[name] = said[1] if said else metadata.version(name)
    return versions


@cache
def _digest_own_rules() -> str:
    return digest_rules(Path(__file__).parents[1])
