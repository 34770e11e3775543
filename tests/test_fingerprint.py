"""The hash of the rules changes with what decides an output, and with nothing else."""

import shutil
import sys
from pathlib import Path

import pytest

from extractor.runtime.code_digest import RULES, digest_code, digest_rules
from extractor.runtime.fingerprint import make_fingerprint
from reports import ROOT

PACKAGE = ROOT / "src" / "extractor"


@pytest.fixture(scope="module")
def rules() -> str:
    return digest_rules(PACKAGE)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package, without compiled code."""
    return Path(shutil.copytree(PACKAGE, tmp_path / "extractor", ignore=shutil.ignore_patterns("__pycache__")))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_it_is_that_of_the_fingerprint(rules: str) -> None:
    assert make_fingerprint(None)["rules"] == rules


def test_every_rule_is_there() -> None:
    assert [name for name in RULES if not (PACKAGE / name).exists()] == []


def test_what_is_written_about_code_does_not_count(package: Path, rules: str) -> None:
    for path in package.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        # Every module begins with its docstring.
        path.write_text(
            "# A comment.\n" + text.replace('"""', '"""Otherwise. ', 1) + "\n\n# Another.\n", encoding="utf-8"
        )
    assert digest_rules(package) == rules


@pytest.mark.parametrize(
    "name", ["reporting", "cli", "diff", "trends", "baseline", "batch", "inspection", "runtime", "errors.py"]
)
def test_what_shows_and_compares_does_not_count(package: Path, rules: str, name: str) -> None:
    path = package / name
    file = path if path.suffix else path / "__init__.py"
    file.write_text(file.read_text(encoding="utf-8") + "\nnew = 1\n", encoding="utf-8")
    if path.is_dir():
        (path / "new.toml").write_text("", encoding="utf-8")
    assert digest_rules(package) == rules


@pytest.mark.parametrize("name", RULES)
def test_code_counts_in_each_package(package: Path, rules: str, name: str) -> None:
    path = package / name
    file = path if path.suffix else path / "__init__.py"
    file.write_text(file.read_text(encoding="utf-8") + "\nnew = 1\n", encoding="utf-8")
    assert digest_rules(package) != rules


def test_data_and_new_files_count(package: Path, rules: str) -> None:
    edit(package / "ocr" / "letters.toml", "[", "# A comment.\n[")
    changed = digest_rules(package)
    assert changed != rules
    (package / "grammar" / "data" / "new.toml").write_text("", encoding="utf-8")
    assert digest_rules(package) not in {rules, changed}


@pytest.mark.parametrize("bytecode", [True, False], ids=["beside the code", "in the cache"])
def test_what_is_kept_goes_by_the_bytes_of_all_files(
    package: Path, rules: str, bytecode: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(package.parent)
    monkeypatch.setattr(sys, "dont_write_bytecode", not bytecode)
    assert digest_rules(package) == rules
    assert list(package.parent.rglob("rules.*")) == []  # there is no folder for it
    for folder in (package / "runtime" / "__pycache__", package.parent / ".extractor_cache"):
        folder.mkdir()
    assert digest_rules(package) == rules
    (kept,) = package.parent.rglob("rules.*")
    assert (kept.parent.name == "__pycache__") == bytecode
    exact, _ = kept.read_text().split(" ")
    kept.write_text(f"{exact} known")
    assert digest_rules(package) == "known"
    edit(package / "pipeline.py", '"scan" if layout', '"pdf" if layout')
    assert digest_rules(package) not in {"known", rules}
    kept.write_bytes(b"\xff")
    assert digest_rules(package) not in {"known", rules}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("def f():\n    'A docstring.'\n    return 1", "def f():\n    'Another.'\n\n    return (1)"),
        ("class A:\n    'A docstring.'\n    a = 1", "class A:\n    a = 1  # noqa"),
        ("a = 'x'", 'a = "x"'),
        ("f(1, 2)", "f(\n    1,\n    2,\n)"),
    ],
)
def test_the_same_code_otherwise_written(one: str, other: str) -> None:
    assert digest_code(one.encode()) == digest_code(other.encode())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a = 1", "a = 1.0"),
        ("a = 1", "a = True"),
        ("a = 'x'", "a = 'y'"),
        ("a = 'x'", "a = b'x'"),
        ("a = b", "b = a"),
        ("def f(): return 1", "def f(): return"),
        ("def f(a, *, b=1): ...", "def f(a, b=1): ..."),
        ("if a:\n    b\nc", "if a:\n    b\n    c"),
        ("f(a, b)", "f(b, a)"),
        ("f(a)", "f(*a)"),
        ("a = [1, 2]", "a = (1, 2)"),
        ("a < b", "a <= b"),
        ("a = f'{b!r}'", "a = f'{b!s}'"),
        ("import a", "import a as b"),
        ("from . import a", "from .. import a"),
        ("def f():\n    g()\n    'A string.'", "def f():\n    g()"),
        ("lambda: 'a'", "lambda: 'b'"),
        ("'Words.' if a else b", "'Others.' if a else b"),
    ],
)
def test_other_code(one: str, other: str) -> None:
    assert digest_code(one.encode()) != digest_code(other.encode())
