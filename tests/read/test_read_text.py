from pathlib import Path

import pytest

from extractor.document.page import TranscriptLine
from extractor.errors import CannotRead
from extractor.pdf import text_file as text_room
from extractor.pdf.text_file import read_text


def made(folder: Path, data: bytes) -> Path:
    path = folder / "made.txt"
    path.write_bytes(data)
    return path


def refusal(path: Path) -> CannotRead:
    with pytest.raises(CannotRead) as caught:
        read_text(path)
    return caught.value


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("last", [True, False])
def test_lines_are_numbered_without_their_ends(tmp_path: Path, mark: bytes, end: bytes, last: bool) -> None:
    data = mark + end.join([" 事業\t22名".encode(), b"", "　延べ".encode()]) + (end if last else b"")
    assert read_text(made(tmp_path, data)) == (
        TranscriptLine(1, " 事業\t22名"),
        TranscriptLine(2, ""),
        TranscriptLine(3, "　延べ"),
    )


def test_only_one_line_end_is_taken_from_the_end(tmp_path: Path) -> None:
    assert [line.text for line in read_text(made(tmp_path, b"a\n\n"))] == ["a", ""]


def test_other_encodings_are_refused_with_the_place(tmp_path: Path) -> None:
    refused = refusal(made(tmp_path, b"abc\n" + "事業".encode("cp932")))
    assert refused.status == "not-utf-8"
    assert str(refused).startswith("byte 4 ")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\n", "\u3000\n".encode()])
def test_nothing_to_read(tmp_path: Path, data: bytes) -> None:
    assert refusal(made(tmp_path, data)).status == "no-text"


@pytest.mark.parametrize(("bad", "says"), [(b"\0", "U+0000"), (b"\x1b", "U+001B"), (b"\r", "U+000D")])
def test_control_characters_are_no_text(tmp_path: Path, bad: bytes, says: str) -> None:
    refused = refusal(made(tmp_path, b"a\nb" + bad + b"c\n"))
    assert (refused.status, str(refused)) == ("not-text", f"line 2 holds the control character {says}")


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path, b"12345678")
    assert len(read_text(path)) == 1
    monkeypatch.setattr(text_room, "LARGEST_TEXT", 7)
    assert refusal(path).status == "too-heavy"


def test_no_such_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.txt").status == "no-such-file"
