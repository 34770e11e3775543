"""Small PDFs for the tests, written by hand so that each holds one thing that is odd."""

import zlib
from pathlib import Path

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def stream(data: bytes, attributes: bytes = b"", length: int | None = None) -> bytes:
    """A stream object; `length` is what it says of itself."""
    size = len(data) if length is None else length
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (size, attributes, data)


def file_of(objects: dict[int, bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of numbered objects, with a right table of where they are."""
    out = b"%PDF-1.7\n"
    table = b"xref\n0 1\n0000000000 65535 f \n"
    for number, body in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = max(objects) + 1
    return out + table + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(out))


def page_objects(
    content: bytes, page: bytes = b"", resources: bytes = b"", box: bytes = b"[0 0 200 100]"
) -> dict[int, bytes]:
    """The objects of a document of one page, 200 by 100 points, with Helvetica as /F1."""
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R %s /Resources << /Font << /F1 5 0 R >> %s >> >>"
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: leaf % (box, page, resources),
        4: stream(content),
        5: HELVETICA,
    }


def text(words: bytes, x: float = 10, y: float = 50, size: float = 10) -> bytes:
    """Instructions that set words at a place, in points from the bottom left."""
    return b"BT /F1 %f Tf %f %f Td (%s) Tj ET\n" % (size, x, y, words)


def deflated(data: bytes) -> bytes:
    """Compressed as in most PDFs."""
    return zlib.compress(data)


def write(folder: Path, data: bytes, name: str = "made.pdf") -> Path:
    """Put bytes into a file."""
    path = folder / name
    path.write_bytes(data)
    return path
