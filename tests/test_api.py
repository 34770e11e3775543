"""The interface for Python programs: one function, one error, and the records."""

import inspect
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel

import extractor
from extractor.records import report as records
from made_up import MadeUp
from reports import RAW, report_text

HEAVY = ("PIL", "cv2", "numpy", "onnxruntime", "pdfminer", "pdfplumber", "pypdfium2", "rapidfuzz", "spacy")
TRANSCRIPT = RAW / "aomori-sme-2023-transcript.txt"


def imported(code: str) -> set[str]:
    """The modules that a new interpreter has imported after this code."""
    code += "\nimport sys; print('\\n' + ' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_importing_the_package_imports_nothing_of_it() -> None:
    modules = imported("import extractor; assert 'Report' in dir(extractor)")
    assert {name for name in modules if name.startswith("extractor")} == {"extractor"}
    assert not modules & {*HEAVY, "pydantic"}


def test_records_need_no_library_for_pdfs_or_language() -> None:
    assert not imported("import extractor; extractor.Report") & {*HEAVY}


@pytest.mark.parametrize("option", ["--version", "--help", "schema", "run --help"])
def test_what_reads_nothing_imports_no_library_that_reads(option: str) -> None:
    code = f"import sys; from extractor.cli.app import app; app({option.split()}, standalone_mode=False)"
    modules = imported(code)
    assert not modules & {*HEAVY, "jinja2"}
    rooms = ("pdf", "ocr", "annotation", "diff", "trends", "inspection", "batch", "pipeline")
    assert not modules & {f"extractor.{room}" for room in rooms}


def test_every_record_is_exported() -> None:
    found = inspect.getmembers(records, lambda thing: inspect.isclass(thing) and issubclass(thing, BaseModel))
    assert {name for name, _ in found} - {"BaseModel", "Record"} <= set(extractor.__all__)


@pytest.mark.parametrize("name", extractor.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(extractor, name))


def test_no_other_name_is_there() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        extractor.Nothing  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.slow
def test_a_file_is_read_as_a_run_reads_it() -> None:
    report = extractor.read(TRANSCRIPT)
    assert report.model_dump_json() == extractor.Report.model_validate_json(report_text(TRANSCRIPT)).model_dump_json()


def test_a_path_may_be_a_text() -> None:
    read = extractor.read(str(TRANSCRIPT), language=False)
    assert read == extractor.read(TRANSCRIPT, language=False)
    assert read.source.file == TRANSCRIPT.name


@pytest.mark.parametrize("name", [TRANSCRIPT.name, pytest.param("aomori-sme-2022.pdf", marks=pytest.mark.slow)])
def test_bytes_give_what_their_file_gives_but_its_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes((RAW / name).read_bytes())
    read = extractor.read(path, language=False)
    nameless = extractor.read(path.read_bytes(), language=False)
    assert nameless.source.file == ""
    assert nameless.model_copy(update={"source": read.source}) == read
    assert nameless.source.model_copy(update={"file": name}) == read.source
    assert extractor.Report.model_validate_json(nameless.model_dump_json(), strict=True) == nameless


def test_a_profile_goes_by_its_id_or_as_itself() -> None:
    data = MadeUp().text().encode()
    read = extractor.read(data, language=False, profile="aomori-sme")
    from extractor.profiles.profile import get_profile

    assert extractor.read(data, language=False, profile=get_profile("aomori-sme")) == read
    with pytest.raises(ValueError, match=r"^there is no profile aomori: the profiles are aomori-sme, "):
        extractor.read(data, profile="aomori")


def test_a_refusal_says_status_page_and_reason(tmp_path: Path) -> None:
    cases: list[tuple[Path | bytes, str]] = [
        (tmp_path / "none.pdf", "no-such-file"),
        (tmp_path / "none.docx", "not-supported"),
        (b"", "no-text"),
        ("表".encode("cp932"), "not-utf-8"),
        (b"%PDF-1.7", "truncated"),
        (b"No report.", "not-a-report"),
    ]
    for source, status in cases:
        with pytest.raises(extractor.CannotRead) as caught:
            extractor.read(source, language=False)
        assert (caught.value.status, caught.value.page) == (status, None)
        assert caught.value.reason == str(caught.value)
        assert "\n" not in caught.value.reason


def test_a_report_and_a_refusal_can_be_pickled() -> None:
    report = extractor.read(MadeUp().text().encode(), language=False)
    assert pickle.loads(pickle.dumps(report)) == report
    refusal = pickle.loads(pickle.dumps(extractor.CannotRead("damaged", "so", 3)))
    assert (refusal.status, refusal.page, refusal.reason) == ("damaged", 3, "so")
