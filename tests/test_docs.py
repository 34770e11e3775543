"""The README and docs say what is so."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic import BaseModel

from extractor.checks.codes import codes
from extractor.cli.app import app
from extractor.cli.help import HelpGroup
from extractor.grammar.office_names import OfficeWords
from extractor.profiles.profile import Headings, ListColumns, MetricColumns, Profile
from extractor.reporting.i18n import load_words
from reports import ROOT, report_of

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_readme_opens_with_the_two_commands() -> None:
    assert re.match(r"# extractor\n\n(?:`?[^#`].*\n)+\n```sh\nmake run .*\nmake test .*\n```\n", README)


def test_excerpt_is_what_comes_out() -> None:
    (excerpt,) = re.findall(r"```json\n(.*?)```", README, flags=re.DOTALL)
    shown = json.loads(excerpt)
    metrics = [
        metric
        for policy in report_of("aomori-sme-2023.pdf")["policies"]
        for programme in policy["programmes"]
        for metric in programme["metrics"]
    ]
    assert shown in metrics


def test_every_code_is_documented_and_every_documented_code_exists() -> None:
    table = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert list(codes()) == re.findall(r"^### `([a-z-]+)`", table, flags=re.MULTILINE)


def test_every_status_is_documented() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    used = set(re.findall(r'make_refusal\(\s*"([a-z0-9-]+)\.', source))
    used |= set(re.findall(r'make_refusal\(\s*f?"([a-z0-9-]+)\.', source))
    used |= set(re.findall(r'Outcome\(path, "([a-z-]+)"', source)) | {"read", "name-taken"}
    rows = COMMANDS.split("| status | meaning |")[1].split("\n\n")[0]
    assert used == {
        status
        for row in rows.split("\n")
        for status in re.findall(r"`([a-z0-9-]+)`", row.split("|")[1] if "|" in row else "")
    }


@pytest.mark.parametrize("shown", re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL))
def test_what_is_shown_in_python_runs(shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(shown, {})


PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_lines_of_text_are_short(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > 120] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target, heading in re.findall(r"\]\(([^)#:\s]*)(?:#([^)\s]*))?\)", path.read_text(encoding="utf-8")):
        there = path.parent / target if target else path
        assert there.exists(), target
        assert not heading or heading in _headings(there), f"{target}#{heading}"


def _headings(path: Path) -> set[str]:
    """What links call the headings of a page."""
    named = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", name).lower().replace(" ", "-") for name in named}


def test_the_guides_call_keys_and_screens_as_the_screens_do() -> None:
    """And the pictures in the pages are small."""
    guide, english = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("ja/review.md", "review.md"))
    shown = f"{load_words('ja')} {[entry.title for entry in codes().values()]}"
    assert [said for said in re.findall("「([^」]+)」", guide) if said not in shown] == []
    for keys in load_words("en")["desk"]["shortcuts"]:
        for key in filter(str.isascii, keys.split("\u3000")):
            assert f"`{key}`" in guide, key
            assert f"`{key}`" in english, key
    assert [path for path in (ROOT / "docs").glob("*.png") if path.stat().st_size > 200_000] == []


def test_every_option_of_every_command_is_documented() -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, HelpGroup)
    for name, command in group.commands.items():
        (section,) = re.findall(rf"^## [^\n]*extractor {name}\b.*?(?=^## )", COMMANDS, flags=re.DOTALL | re.MULTILINE)
        options = {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
        known = set(re.findall(r"--[a-z-]+", section)) | {"--lang", "--help"}
        assert {option for option in options if option.startswith("--")} - known == set(), name


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[>=<\[]", one)[0] for one in project["dependencies"]}
    for extra in project["optional-dependencies"].values():
        names |= {re.split(r"[>=<\[]", one)[0] for one in extra}
    section = README.split("## Dependencies")[1]
    assert {name for name in names if name not in section and not name.startswith("types-")} == set()


def test_the_fields_that_every_profile_needs_are_named() -> None:
    """And the profile that is shown in part is as the whole one."""
    text = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
    said = re.sub(r"\s+", " ", text.split("Every profile needs ")[1].split("all others")[0])
    parts: tuple[type[BaseModel], ...] = (Profile, Headings, ListColumns, MetricColumns, OfficeWords)
    needed = {name for part in parts for name, field in part.model_fields.items() if field.is_required()}
    assert needed == set(re.findall(r"`([a-z_]+)`", said))
    (shown,) = re.findall(r"```toml\n(.*?)```", text, flags=re.DOTALL)
    whole = (ROOT / "src" / "extractor" / "profiles" / "nobeoka_budget.toml").read_text(encoding="utf-8")
    assert not _parts(tomllib.loads(shown)) - _parts(tomllib.loads(whole))


def _parts(data: dict[str, Any], above: str = "") -> set[tuple[str, str]]:
    """Each word of a profile with the field it stands in."""
    found: set[tuple[str, str]] = set()
    for name, value in data.items():
        if isinstance(value, dict):
            found |= _parts(value, f"{above}{name}.")
        else:
            found |= {(above + name, str(one)) for one in (value if isinstance(value, list) else [value])}
    return found
