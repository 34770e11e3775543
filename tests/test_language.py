"""Language: which one is spoken, and that help and mistakes of the command line are told in it."""

import os
import re
from pathlib import Path

import pytest
from typer.main import get_command

from command import Done, here
from extractor.cli.app import app
from extractor.cli.help import HelpGroup
from extractor.language import Language, choose_language, get_language, get_page_language
from extractor.reporting.i18n import load_words

COMMANDS = ["diff", "years", "review", "accept", "run", "profiles", "inspect", "schema"]
# Names of the program and of its contract, which no language translates: what is typed, files, formats, ids.
NAMES = re.compile(
    r"--?[a-z][a-z-]*|[\w.*<>-]*/[\w./*<>-]*|[\w-]+\.(?:json|pdf|txt|toml|png|html|md)|<[a-z|]+>|[A-Z_]+"
)


def english(text: str) -> list[str]:
    """The English sentences in a text: three words or more of Latin letters in a row that are no names."""
    plain = NAMES.sub("·", text)
    return re.findall(r"[A-Za-z]{2,}(?:[ ,]+[A-Za-z'’]+){2,}", plain)


def spoken(tmp_path: Path, *arguments: str) -> Done:
    return here("--lang", "ja", *arguments, cwd=tmp_path)


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], {}, ("en", "ja")),
        ([], {"LANG": "ja_JP.UTF-8"}, ("ja", "ja")),
        ([], {"LC_ALL": "", "LC_MESSAGES": "ja", "LANG": "C"}, ("ja", "ja")),
        ([], {"LC_ALL": "C", "LANG": "ja_JP.UTF-8"}, ("en", "ja")),
        (["run", "--lang", "en"], {"LANG": "ja_JP.UTF-8"}, ("en", "en")),
        (["--lang=ja", "run"], {}, ("ja", "ja")),
        (["--lang", "ja", "run", "--lang", "en"], {}, ("en", "en")),
        (["run", "--", "--lang", "ja"], {}, ("en", "ja")),
        (["run", "--lang"], {}, ("en", "ja")),
    ],
)
def test_option_wins_over_locale(arguments: list[str], environment: dict[str, str], expected: tuple[str, str]) -> None:
    choose_language(arguments, environment)
    assert (get_language(), get_page_language()) == expected
    choose_language([], os.environ)


@pytest.mark.parametrize("command", [[], *([one] for one in COMMANDS)], ids=lambda one: "".join(one) or "extractor")
def test_help_is_japanese(command: list[str], tmp_path: Path) -> None:
    done = spoken(tmp_path, *command, "--help")
    assert done.code == 0
    assert done.stdout.startswith("使い方: extractor")
    assert "この説明を表示" in done.stdout
    assert english(done.stdout) == []
    # The option may stand behind the command, too, and is among the options of each.
    assert here(*command, "--help", "--lang", "ja", cwd=tmp_path).stdout == done.stdout
    assert "--lang ja|en" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--bad"], "「--bad」というオプションはない"),
        (["rn"], "「rn」というコマンドはない"),
        (["run", "--ot", "x"], "「--ot」というオプションはない。近いもの: --jobs, --out"),
        (["run", "--jobs", "many"], "--jobs の値が正しくない: 整数で指定する"),
        (["run", "--jobs", "0"], "--jobs の値が正しくない: 1以上の数で指定する"),
        (["run", "--quiet=1"], "オプション --quiet には値を指定できない"),
        (["diff", "a"], "引数 B が指定されていない"),
        (["review", "--html"], "オプション --html に値が指定されていない"),
        (["inspect", "a", "--dump", "all"], "--dump の値が正しくない: 「all」は選べない。選べる値: 'pages'"),
        (["schema", "more"], "余分な引数がある: more"),
    ],
)
def test_mistakes_are_told_in_japanese(arguments: list[str], expected: str, tmp_path: Path) -> None:
    done = spoken(tmp_path, *arguments)
    assert done.code == 2
    assert f"エラー: {expected}" in done.stderr
    assert english(done.stderr) == []


def test_unknown_language_is_refused(tmp_path: Path) -> None:
    done = here("run", "--lang", "fr", cwd=tmp_path)
    assert (done.code, "'fr' is not one of" in done.stderr) == (2, True)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_parameter_has_its_words(language: Language) -> None:
    texts = load_words(language)["help"]
    group = get_command(app)
    assert isinstance(group, HelpGroup)
    for command in (group, *group.commands.values()):
        own = texts["extractor" if command is group else command.name]
        assert {"about"} <= own.keys()
        assert {one.name for one in command.params} <= own.keys() | texts["common"].keys()


def keys(table: object, at: str = "") -> set[str]:
    if not isinstance(table, dict):
        return {at}
    return set().union(*(keys(inside, f"{at}.{name}") for name, inside in table.items())) if table else set()


def test_both_languages_have_the_same_words() -> None:
    # Records, fields, statuses and what the library says are called in English by their names.
    own = re.compile(r"\.(records|fields|statuses|outcomes|values|inspect\.labels)\.|\.usage\.errors\.")
    japanese, english_ = (
        {key for key in keys(load_words(language)) if not own.match(key)} for language in ("ja", "en")
    )
    assert japanese == english_
