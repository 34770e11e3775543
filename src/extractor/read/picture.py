"""A page of a PDF as a picture."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 5000  # of the longer side


def page_picture(file: Path | bytes, number: int, dpi: float) -> "Image":
    """The visible part of page `number` (from 1) as it is shown, in RGB; with fewer dots an inch if it is huge."""
    import pypdfium2

    document = pypdfium2.PdfDocument(BytesIO(file) if isinstance(file, bytes) else file)
    try:
        page = document[number - 1]
        scale = min(dpi / 72, MOST_PIXELS / max(page.get_size()))
        image: Image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    finally:
        document.close()
    return image
