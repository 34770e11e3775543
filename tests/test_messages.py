"""What the program says: every sentence in both languages, and every place that says one."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from extractor.checks.codes import codes, sentences
from extractor.records.messages import Message, make_finding, make_message
from extractor.records.report import Finding
from findings_list import replace_sections
from reports import ROOT

SOURCES = sorted((ROOT / "src").rglob("*.py"))
# What makes a message of its first argument, and what stands before that key.
MAKERS = {"make_message": "", "report_finding": "", "make_refusal": "", "NotUnderstood": "unreadable."}
MAKERS |= {"_say": "", "add": ""}
# Names within Japanese sentences: formats, what is typed, keys of files.
NAMES = re.compile(
    r"PDF|PNG|JSON|UTF-8|ID|\.\w+|--[a-z-]+(?: (?:pages|layout))?|`extractor run`|extractor --debug"
    r"|schema_version|sha256|ocr|aomori_sme|XFA|(?:Adobe )?Acrobat"
)
KEYS = sorted(sentences())
# What the system or a library says in English, and what stands for it in Japanese.
ENGLISH = {"text", "code", "kind", "line", "column", "title"}


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def parameter(value: Any) -> Any:
    """A parameter of an example: a text `@key` is the message of that key, a list is one of such."""
    if isinstance(value, list | tuple):
        return tuple(map(parameter, value))
    return next(made(value[1:])) if isinstance(value, str) and value.startswith("@") else value


def made(key: str) -> Iterator[Message]:
    for example in sentences()[key].examples:
        yield make_message(key, **{name: parameter(value) for name, value in example.items()})


def texts(message: Message) -> Iterator[str]:
    """All texts that are parameters of a message, or of one within it."""
    for _, value in message.parameters:
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Message):
                yield from texts(part)
            else:
                yield str(part)


@pytest.mark.parametrize("key", KEYS)
def test_both_templates_say_the_same_parameters(key: str) -> None:
    sentence = sentences()[key]
    if key != "quoted.finding":
        assert fields(sentence.en) - ENGLISH == fields(sentence.ja) - ENGLISH or key.startswith("unlooked.")
    assert sentence.examples
    assert all(example.keys() >= fields(sentence.en) | fields(sentence.ja) for example in sentence.examples)


@pytest.mark.parametrize("key", KEYS)
def test_every_example_is_said_in_both_languages(key: str) -> None:
    for message in made(key):
        english, japanese = message.render("en"), message.render("ja")
        assert str(message) == english
        assert english
        assert not re.search(r"[{}]|None|\s$", english.removesuffix("}"))
        left = japanese
        for text in sorted(texts(message), key=len, reverse=True):
            left = left.replace(text, "") if text else left
        # No word of English but names; a Japanese sentence has Japanese in it.
        assert not re.search(r"[A-Za-z]{2}", NAMES.sub("", left))
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", japanese)
        assert not re.search(r"[{}]|None|\s\s|^\s|\s$", japanese)


def calls() -> Iterator[tuple[Path, ast.Call, str, str]]:
    """Every call that makes a message: its file, and its key, where "*" stands for what is put in at run time."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            key = _literal(node.args[0])
            if name in MAKERS and key is not None and not (name == "add" and "notes" not in ast.unparse(node.func)):
                yield path, node, name, MAKERS[name] + key


def _literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
    return None


def test_every_place_that_says_something_names_a_sentence_and_all_its_parameters() -> None:
    wrong = []
    for path, call, _, key in calls():
        known = [one for one in KEYS if fnmatchcase(one, key)]
        given = {keyword.arg for keyword in call.keywords}
        # Where a mapping is handed on, or the key is made at run time, the names are not all in the call.
        whole = None not in given and "*" not in key
        if not known or (whole and given != fields(sentences()[key].en) | fields(sentences()[key].ja)):
            wrong.append(f"{path.name}:{call.lineno} {key} {sorted(map(str, given))}")
    assert wrong == []


def test_every_sentence_is_said_somewhere() -> None:
    said = {one for *_, key in calls() for one in KEYS if fnmatchcase(one, key)}
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    assert [key for key in KEYS if key not in said and f'"{key}"' not in text and not key.endswith("-cut")] == []


def test_a_finding_is_its_message_in_both_languages() -> None:
    message = make_message("magnitude-jump.jump", name="参加者", before="2名", after="20名")
    assert make_finding(message, "/policies/0", ()) == Finding(
        code="magnitude-jump",
        severity="warning",
        message="参加者 goes from 2名 to 20名",
        pointer="/policies/0",
        source=(),
        message_ja="「参加者」が2名から20名になっている",
    )


def test_the_group_of_every_finding_is_a_code_with_its_meaning_in_both_languages() -> None:
    for entry in codes().values():
        assert entry.title
        assert entry.action.en.endswith(".")
        for meaning in entry.meanings:
            assert re.search(r"[ぁ-ん]", meaning.ja)
            assert not meaning.ja.endswith("。")
            assert not re.search(r"[A-Za-z]", re.sub(r"`[^`]+`|PDF|docs/\S+\.md", "", meaning.ja))
        severities = [meaning.severity for meaning in entry.meanings]
        assert len(severities) == len(set(severities))


def test_a_severity_of_a_sentence_is_documented() -> None:
    for key, sentence in sentences().items():
        entry = codes().get(key.partition(".")[0])
        assert (sentence.severity is None) == (entry is None)
        assert entry is None or sentence.severity in {meaning.severity for meaning in entry.meanings}


def test_reasons_are_no_findings() -> None:
    with pytest.raises(AssertionError, match="unreadable is no finding code"):
        make_finding(make_message("unreadable.no-number"), "", ())


def test_docs_have_what_the_table_says() -> None:
    text = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert replace_sections(text) == text, "run: make docs"
