"""Language: which one is spoken, and that help and mistakes of the command line are told in it."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from command import Done, here
from extractor.checks.codes import sentences
from extractor.cli.app import app
from extractor.cli.help import HelpGroup
from extractor.language import Language, choose_language, get_language, get_page_language
from extractor.records.report import Finding
from extractor.records.to_json import report_json
from extractor.reporting.i18n import load_words
from yearly import Made, report

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
    assert done.stdout.startswith("使い方：extractor")
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
        (["run", "--ot", "x"], "「--ot」というオプションはない。近いもの：--jobs, --out"),
        (["run", "--jobs", "many"], "--jobs の値が正しくない：整数で指定してください"),
        (["run", "--jobs", "0"], "--jobs の値が正しくない：1以上の数で指定してください"),
        (["run", "--quiet=1"], "オプション --quiet には値を指定できない"),
        (["diff", "a"], "引数 B が指定されていない"),
        (["review", "--html"], "オプション --html に値が指定されていない"),
        (["inspect", "a", "--dump", "all"], "--dump の値が正しくない：「all」は選べない。選べる値：'pages'"),
        (["schema", "more"], "余分な引数がある：more"),
    ],
)
def test_mistakes_are_told_in_japanese(arguments: list[str], expected: str, tmp_path: Path) -> None:
    done = spoken(tmp_path, *arguments)
    assert done.code == 2
    assert f"エラー：{expected}" in done.stderr
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


def values(table: object) -> Iterator[str]:
    if isinstance(table, dict):
        for inside in table.values():
            yield from values(inside)
    else:
        yield str(table)


def test_no_japanese_word_of_the_program_is_an_english_sentence() -> None:
    assert [found for said in values(load_words("ja")) for found in english(said)] == []


# The one sentence that is spoken to the reviewer: a warning over the whole page.
SPOKEN = "原本が差し替えられました"


# What an office does not say, and what it says instead.
@pytest.mark.parametrize(
    "casual", ["採用", "却下", "ノンブル", "所在不明", "元の文書", "ません", "ました", "です。", "ます。"]
)
def test_japanese_is_that_of_an_office(casual: str) -> None:
    texts = [*values(load_words("ja")), *(sentence.ja for sentence in sentences().values())]
    assert [text for text in texts if casual in text and text != SPOKEN] == []


ONE = Made("学び舎事業", "学び舎を開いた。", "", {"参加者数": {2022: "53名", 2023: "60名"}})
TWO = Made("見守り事業", "見守りの網を広げた。", "", {"協定件数": {2022: "44件"}})


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Outputs of two years, one of them accepted otherwise, and inputs that cannot be read."""
    flag = {"code": "counter-mismatch", "severity": "warning", "message": "x goes to y", "pointer": "", "source": []}
    for folder, budget in (("output", 1_000), ("golden", 2_000)):
        (tmp_path / folder).mkdir()
        for year, programmes in ((2022, [TWO, ONE]), (2023, [ONE.but(budget=budget), TWO])):
            made = report(year, programmes)
            found = Finding.model_validate(flag | {"message_ja": "「x」が「y」になっている"})
            text = report_json(made.model_copy(update={"findings": (found,)}))
            (tmp_path / folder / f"made-{year}.json").write_text(text, encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "other.txt").write_text("こんにちは\n", encoding="utf-8")
    (tmp_path / "decisions.json").write_text("{}", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        "review",
        "review --markdown -",
        "review nothing",
        "diff output/made-2022.json output/made-2023.json",
        "diff output/made-2023.json golden/made-2023.json",
        "diff decisions.json nothing.json",
        "years output/made-2022.json output/made-2023.json",
        "years output/made-2022.json",
        "findings --golden golden",
        "findings --golden golden --csv -",
        "findings --code nothing",
        "findings nothing",
        "accept",
        "accept made-2023 --only /policies",
        "accept --only policies",
        "accept --only /a --decisions decisions.json",
        "accept --decisions decisions.json",
        "run broken.pdf other.txt nothing.pdf --no-language",
        "run --profile nothing",
        "profiles",
        "inspect other.txt",
        "inspect other.txt --page 1",
        "inspect broken.pdf --page 1",
        "inspect broken.pdf --dump outline --page 1",
        "schema --years --review",
    ],
)
def test_what_a_command_prints_is_japanese(arguments: str, desk: Path) -> None:
    done = spoken(desk, *arguments.split())
    assert done.code in {0, 1, 2}
    assert english(done.stdout + done.stderr) == []
    assert re.search(r"[ぁ-んァ-ヶ一-龠]", done.stdout + done.stderr)


@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("review", []),
        ("years", ["output/made-2022.json", "output/made-2023.json"]),
        ("findings", ["--golden", "golden"]),
    ],
)
def test_pages_are_japanese_whatever_the_locale(command: str, option: list[str], desk: Path) -> None:
    assert here(command, *option, "--html", "page.html", cwd=desk).code in {0, 1}
    page = (desk / "page.html").read_text(encoding="utf-8")
    assert '<html lang="ja">' in page
    # What scripts write are words of the table, and texts of the report.
    assert english(re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)) == []
