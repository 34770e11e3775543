"""Fingerprint: what reads a report, so that a later difference can be laid to the source, the rules or a library."""

import hashlib
import platform
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Any

from extractor import __version__
from extractor.profiles.profile import by_id, digest

# The libraries that decide what is read; another version may read otherwise.
LIBRARIES = ("pdfplumber", "pdfminer.six", "pydantic", "rapidfuzz")
# Those of the extra `ocr`, where it is installed; rapidocr holds the models.
OCR_LIBRARIES = ("rapidocr", "onnxruntime", "opencv-python-headless", "pypdfium2")
# Those that read prose; ja-ginza is the model, sudachidict-core the dictionary.
LANGUAGE_LIBRARIES = ("spacy", "thinc", "ginza", "ja-ginza", "sudachipy", "sudachidict-core")


def fingerprint(profile: str | None, *, language: bool = True) -> dict[str, Any]:
    """What reads: program, its rules (all code and data of the package), profile, and the libraries that matter.

    `profile` is the id of the one that read the file; None where the file was not read, or it is no longer there.
    `language`: whether prose is read; None stands for the libraries that do it where it is not.
    """
    known = profile is not None and by_id(profile) is not None
    return {
        "program": __version__,
        "rules": _rules(),
        "profile": {"id": profile, "sha256": digest(profile)} if profile and known else None,
        "libraries": _versions((*LIBRARIES, *OCR_LIBRARIES)),
        "language": _versions(LANGUAGE_LIBRARIES) if language else None,
        "python": platform.python_version(),
    }


@cache
def language_fingerprint() -> str:
    """One hash of all that decides what is found in a text."""
    parts = (_rules(), _versions(LANGUAGE_LIBRARIES))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _versions(libraries: tuple[str, ...]) -> dict[str, str]:
    return {name: version for name in libraries if (version := _version(name))}


def _version(library: str) -> str | None:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None


@cache
def _rules() -> str:
    return _digest(resources.files("extractor"))


def _digest(folder: Traversable) -> str:
    """One hash of the names and bytes of all .py, .toml and .json files below a folder."""
    digest = hashlib.sha256()
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            digest.update(f"{entry.name}/{_digest(entry)}".encode())
        elif entry.name.endswith((".py", ".toml", ".json")):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return digest.hexdigest()
