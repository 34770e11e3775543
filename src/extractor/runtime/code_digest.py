"""Digest of rules: one hash of the code and data that decide an output, whatever is written about them.

In: the folder of the package. Out: a hash that an edit of a comment, a docstring or a page leaves as it is.
"""

import ast
import hashlib
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from extractor.runtime.atomic_write import write_atomically
from extractor.runtime.files import LARGEST_BY_HAND, is_folder, read_file

# What decides an output. What shows, compares or keeps outputs does not.
RULES = (
    *(
        "records",
        "document",
        "grammar",
        "profiles",
        "pdf",
        "ink",
        "ocr",
        "layout",
        "structure",
        "extraction",
        "linking",
    ),
    *("assembly", "annotation", "checks", "language", "pipeline.py"),
)
CACHE = Path(".extractor_cache")
CODE, DATA = ".py", (".toml", ".json")
# Fields of syntax trees that say nothing of what code does: whether a name is read or written is told by its place.
_IDLE = {"ctx", "kind", "type_comment", "type_ignores"}


def digest_rules(package: Path) -> str:
    """Make one hash of the code and data of the packages named in RULES.

    Parsing them takes half a second, so the hash is kept, under a hash of their bytes: beside the compiled code; where
    Python keeps none, in the folder in which a run keeps what it found in prose, if there is one.

    Args:
        package: The folder that holds the packages.

    Returns:
        A SHA-256, the same for code that differs in comments, docstrings and typesetting alone.
    """
    contents = {name: path.read_bytes() for name, path in sorted(_find_files(package))}  # our own package's files
    exact = _digest_parts(f"{name}:{hashlib.sha256(data).hexdigest()}" for name, data in contents.items())
    folder = CACHE if sys.dont_write_bytecode else package / "runtime" / "__pycache__"
    kept = folder / f"rules.{sys.implementation.cache_tag}"
    with suppress(OSError, ValueError):
        before, _, rules = read_file(kept, LARGEST_BY_HAND).decode().partition(" ")
        if before == exact:
            return rules
    rules = _digest_parts(
        f"{name}:{digest_code(data) if name.endswith(CODE) else hashlib.sha256(data).hexdigest()}"
        for name, data in contents.items()
    )
    if is_folder(folder):
        with suppress(OSError):
            write_atomically(kept, f"{exact} {rules}")
    return rules


def digest_code(source: bytes) -> str:
    """Make a hash of Python code without its comments, docstrings and typesetting.

    Raises:
        SyntaxError: It is no Python.

    >>> digest_code(b"a = (1)  # one") == digest_code(b"a = 1")
    True
    >>> digest_code(b"a = 1") == digest_code(b"a = 2")
    False
    """
    return _digest_parts(_walk_tree(ast.parse(source)))


def _find_files(package: Path) -> Iterator[tuple[str, Path]]:
    """Find the files of rules, each with its name from the package's folder on."""
    for rule in RULES:
        entry = package / rule
        for path in entry.rglob("*") if entry.is_dir() else [entry]:
            if path.suffix in (CODE, *DATA) and path.is_file():
                yield path.relative_to(package).as_posix(), path


def _walk_tree(node: object) -> Iterator[str]:
    """Write a syntax tree as words. Empty fields are left out: versions of Python differ in them."""
    if isinstance(node, ast.AST):
        yield f"{type(node).__name__}("
        for name, value in ast.iter_fields(node):
            if name not in _IDLE and value not in (None, []):
                yield name
                yield from _walk_tree(_drop_docstring(value) if name == "body" else value)
        yield ")"
    elif isinstance(node, list):
        yield "["
        for part in node:
            yield from _walk_tree(part)
        yield "]"
    else:
        yield repr(node)


def _drop_docstring(body: object) -> object:
    """Take the string off with which a module, class or function begins; no other string stands alone."""
    match body:
        case [ast.Expr(value=ast.Constant(value=str())), *rest]:
            return rest
    return body


def _digest_parts(parts: Iterator[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
