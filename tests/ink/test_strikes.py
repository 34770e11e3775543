"""見え消し: what a line goes through is no part of the text, and what stands beside it is."""

import pytest

from extractor.document.layout import Paragraph
from ink.test_account import TABLE, cell_of, codes, layout_of
from read.pdf_files import stream, text

OLD = text(b"14", 120, 46)  # 120 to 131, the middle of its figures at 49.5
NEW = text(b"16", 145, 46)
STRIKES = {
    "level": b"0.7 w 119 49 m 132 49 l S",
    "narrow area": b"1 0 0 rg 119 49 13 0.7 re f 0 g",
    "double": b"0.4 w 119 48.4 m 132 48.4 l S 119 50 m 132 50 l S",
    "oblique": b"0.8 w 118 45 m 133 54 l S",
    "cross": b"0.8 w 118 45 m 133 54 l S 118 54 m 133 45 l S",
    "wave": b"0.6 w 119 49 m " + b" ".join(b"%d %d l" % (x, 48 + x % 2 * 2) for x in range(120, 133)) + b" S",
    "curves": b"0.6 w 119 49 m 121 51 123 51 125 49 c 127 47 129 47 131 49 c S",
}
BOX = b"/Rect [110 44 140 56] "
ANNOTATIONS = {
    "strike-out": b"/Subtype /StrikeOut /QuadPoints [112 55 138 55 112 44 138 44] ",
    "line": b"/Subtype /Line /L [104 43 148 56] ",
    "freehand": b"/Subtype /Ink /InkList [[117 47 124 51 128 48 134 51]] ",
    "appearance": b"/Subtype /StrikeOut /QuadPoints [112 55 138 55 112 44 138 44] /AP << /N 9 0 R >> ",
}
FORM = stream(b"1 0 0 RG 0.7 w 1 5 m 29 5 l S", b"/Type /XObject /Subtype /Form /BBox [0 0 30 12] ")


def annotated(annotation: bytes, flags: int = 4) -> dict[int, bytes]:
    """The objects of a page with an annotation on it."""
    leaf = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Annots [8 0 R] "
        b"/Resources << /Font << /F1 5 0 R >> >> >>"
    )
    catalog = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [8 0 R] >> >>"
    return {1: catalog, 3: leaf, 8: b"<< /Type /Annot /F %d %s%s>>" % (flags, BOX, annotation), 9: FORM}


@pytest.mark.parametrize("strike", STRIKES.values(), ids=STRIKES)
def test_a_line_through_a_value_deletes_it(strike: bytes) -> None:
    _, layout = layout_of(TABLE + OLD + strike)
    assert (cell_of(layout).text, cell_of(layout).struck, codes(layout)) == ("", "14", ["struck-out"])
    _, layout = layout_of(TABLE + OLD + NEW + strike)
    assert (cell_of(layout).text, cell_of(layout).struck, codes(layout)) == ("16", "14", ["struck-out"])
    assert {remark.message.key for remark in layout.remarks} == {"struck-out.replaced"}


@pytest.mark.parametrize("annotation", ANNOTATIONS.values(), ids=ANNOTATIONS)
def test_a_reviewer_strikes_a_value(annotation: bytes) -> None:
    _, layout = layout_of(TABLE + OLD, b"", annotated(annotation))
    assert (cell_of(layout).text, cell_of(layout).struck, codes(layout)) == ("", "14", ["struck-out"])
    _, layout = layout_of(TABLE + OLD, b"", annotated(annotation, flags=2))
    assert (cell_of(layout).text, cell_of(layout).struck, codes(layout)) == ("14", "", [])


@pytest.mark.parametrize("line", [
    b"0.7 w 119 44.5 m 132 44.5 l S",
    b"0.7 w 119 55.5 m 132 55.5 l S",
    b"0.6 w 115 50 m 115 54 119 57 125 57 c 132 57 136 54 136 50 c 136 46 132 43 125 43 c 119 43 115 46 115 50 c S",
], ids=["underline", "overline", "ring around"])  # fmt: skip
def test_other_lines_delete_nothing(line: bytes) -> None:
    assert cell_of(layout_of(TABLE + OLD + line)[1]).struck == ""


def test_prose() -> None:
    prose = text(b"held 12 times 14 times", 20, 20) + b"0.6 w 41 23.5 m 78 23.5 l S"
    _, layout = layout_of(prose)
    assert [part.text for part in layout.elements if isinstance(part, Paragraph)] == ["held 14 times"]
    assert [remark.message.key for remark in layout.remarks] == ["struck-out.text"]


FIELD = b"BT /F1 10 Tf 0 g 2 2 Td (516) Tj ET"
NOTES = {
    "field": (b"/Subtype /Widget /FT /Tx /T (a) /V (516) /DA (/F1 10 Tf 0 g) /AP << /N 9 0 R >> ", FIELD),
    "note": (b"/Subtype /FreeText /AP << /N 9 0 R >> ", b"1 1 0.8 rg 0 0 30 12 re f " + FIELD),
    "stamp": (b"/Subtype /Stamp /AP << /N 9 0 R >> ", FIELD),
}


@pytest.mark.parametrize(("annotation", "content"), NOTES.values(), ids=NOTES)
def test_text_of_annotations_is_read_and_said(annotation: bytes, content: bytes) -> None:
    form = stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 30 12] /Resources << /Font << /F1 5 0 R >> >> ")
    _, layout = layout_of(TABLE, b"", annotated(annotation) | {9: form})
    assert (cell_of(layout).text, codes(layout)) == ("516", ["from-annotation"])
    _, layout = layout_of(TABLE + text(b"9", 170, 46), b"", annotated(annotation, flags=2) | {9: form})
    assert (cell_of(layout).text, codes(layout)) == ("9", [])


def test_what_a_note_covers_is_said() -> None:
    form = stream(
        b"1 1 0.8 rg 0 0 30 12 re f " + FIELD,
        b"/Type /XObject /Subtype /Form /BBox [0 0 30 12] /Resources << /Font << /F1 5 0 R >> >> ",
    )
    _, layout = layout_of(TABLE + OLD, b"", annotated(NOTES["note"][0]) | {9: form})
    assert (cell_of(layout).text, sorted(codes(layout))) == ("516", ["covered", "from-annotation"])
