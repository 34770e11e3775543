"""`extractor years` as a person or a program calls it, and what it prints."""

import json
import re
import subprocess
from functools import cache
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from command import extractor
from extractor.records.report import Report
from extractor.records.to_json import report_json, schema_json
from extractor.trends.series_ids import find_known_series, list_programme_places
from extractor.trends.series_toml import SERIES_FILE, read_series
from extractor.trends.trends import build_trends
from reports import GOLDEN, ROOT
from yearly import Made, report

SAMPLES = tuple(GOLDEN / f"aomori-sme-{year}.json" for year in (2022, 2023))
# A name that would steer a terminal, and be markup.
NASTY = "[bold]\x1b[31m<script>alert(1)</script>"


@cache
def years(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    return extractor("years", *arguments)


def test_what_changed_is_told_in_short_tables() -> None:
    done = years(*SAMPLES)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[-1] == "2022 to 2023: 30 continued, 2 renamed, 5 new, 2 ended, 2 restated figures"
    assert any(re.search(r"^ended +2022 テレワーク導入促進事業", line) for line in lines)
    assert any("4,436名 (aomori-sme-2022)" in line and "4,463名 (aomori-sme-2023)" in line for line in lines)
    assert any(re.search(r"^renamed +2022 労政・能力開発課 +2023 若者定着還流促進課 +13$", line) for line in lines)
    assert any(re.search(r"離職者等再就職訓練事業 +435,222 +363,014 +-72,208 +-16\.6$", line) for line in lines)


def test_json_validates_and_the_order_of_the_files_does_not_matter() -> None:
    done = years(*SAMPLES, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    Draft202012Validator(json.loads(schema_json("years"))).validate(json.loads(done.stdout))
    assert years(*reversed(SAMPLES), "--json").stdout == done.stdout


def test_schema_file_is_generated_from_the_records() -> None:
    file = Path(str(resources.files("extractor.records"))) / "years.schema.json"
    assert file.read_bytes() == schema_json("years").encode(), "make it with: make schema"


def test_pointers_point_to_what_they_tell_of() -> None:
    files = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in SAMPLES}
    data = json.loads(years(*SAMPLES, "--json").stdout)

    def at(one: dict[str, str]) -> object:
        value = files[one["report"]]
        for part in one["pointer"].split("/")[1:]:
            value = value[int(part)] if isinstance(value, list) else value[part]
        return value

    every = [at for kind in ("continued", "renamed", "new", "ended") for one in data[kind] for at in one["before"]]
    assert len(every) == 34
    assert all(at(one)["name"] == one["name"] for one in every)  # type: ignore[index]
    for one in data["restated"]:
        for said in (one["before"], one["after"]):
            assert (at(said)["raw"], at(said)["source"]) == (said["raw"], said["source"])  # type: ignore[index]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((SAMPLES[1], GOLDEN / "aomori-sme-2023-transcript.json"), "are both of fiscal 2023"),
        (SAMPLES[:1], "two reports or more are needed"),
        ((SAMPLES[0], ROOT / "gone.json"), "gone.json: it cannot be opened"),
    ],
)
def test_what_cannot_be_compared_is_said_on_one_line(names: tuple[Path, ...], said: str) -> None:
    done = years(*names)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert said in line
    assert line.startswith("error: ")


def test_identities_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    (tmp_path / SERIES_FILE).write_text("next = [", encoding="utf-8")
    done = years(*SAMPLES, "--golden", tmp_path)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_names_are_shown_as_text(tmp_path: Path) -> None:
    paths = [tmp_path / f"{year}.json" for year in (2022, 2023)]
    made = [report(2022, [Made("保育士確保対策事業", "研修を行う。")]), report(2023, [Made(NASTY, "橋を架ける。")])]
    for path, one in zip(paths, made, strict=True):
        path.write_text(report_json(one), encoding="utf-8")
    done = years(*paths, "--golden", tmp_path)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "[bold]\\x1b[31m<script>alert(1)</script>" in done.stdout
    assert NASTY in json.loads(years(*paths, "--golden", tmp_path, "--json").stdout)["new"][0]["after"][0]["name"]


def test_every_programme_of_the_golden_files_has_its_series() -> None:
    """And what was accepted says no other thing than what is found without it."""
    reports = [Report.model_validate_json(path.read_text(encoding="utf-8")) for path in SAMPLES]
    programmes = list_programme_places(reports)
    identities = read_series(GOLDEN / SERIES_FILE)
    accepted = find_known_series(identities, programmes)
    assert [one.id for one in programmes if (one.report, one.id) not in accepted] == []
    found, anew = build_trends(reports, identities), build_trends(reports)
    assert [len(one) for one in (found.continued, found.renamed, found.new)] == [30, 2, 5]
    assert all("accepted as the same series" in one.reason for one in (*found.continued, *found.renamed))
    assert (found.restated, found.divisions, found.notes) == (anew.restated, anew.divisions, anew.notes)
    assert (found.budgets, found.metrics) == (anew.budgets, anew.metrics)


def test_codes_are_documented() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "extractor" / "trends").glob("*.py"))
    used = {code or key for code, key in re.findall(r'"code": "([a-z-]+)"|"([a-z]+-[a-z]+)\.[a-z-]+"', source)}
    table = (ROOT / "docs" / "years.md").read_text(encoding="utf-8")
    assert (
        used
        == set(re.findall(r"^- `([a-z-]+)` \(", table, flags=re.MULTILINE))
        == {"restated-value", "continuity-break"}
    )
