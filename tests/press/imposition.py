"""Imposition: pages put side by side on sheets, as a printer's driver does it."""

import io

import pypdfium2
import pypdfium2.raw as pdfium

from press.style import Imposed


def impose(pdf: bytes, form: Imposed) -> bytes:
    """Two pages to a sheet: made smaller for one page turned, or as they are on one twice as wide."""
    if form == "no":
        return pdf
    with pypdfium2.PdfDocument(pdf) as pages:
        width, height = pages[0].get_size()
        sheet = (height, width) if form == "two-up" else (2 * width, height)
        made = pypdfium2.PdfDocument(pdfium.FPDF_ImportNPagesToOne(pages.raw, *sheet, 2, 1))
        file = io.BytesIO()
        made.save(file)
        made.close()
    return file.getvalue()
