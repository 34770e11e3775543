"""Scans for the tests: pages of a PDF as a scanner gives them, a little turned and noisy, without any text."""

import io
import os
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageFilter

from extractor.ocr.rendering import render_page

EXTRA = ("cv2", "numpy", "onnxruntime", "rapidocr")


def need_extra() -> None:
    """Skip where the extra `ocr` is not installed; fail there where all must be tested."""
    missing = [name for name in EXTRA if find_spec(name) is None]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"the extra ocr is not installed: {', '.join(missing)}")
    if missing:
        pytest.skip(f"the extra ocr is not installed: {', '.join(missing)}")


def scanned(
    source: Path,
    target: Path,
    numbers: list[int] | None = None,
    *,
    dpi: int = 200,
    turn: float = 0.4,
    noise: float = 6.0,
    paper: int = 255,
    quality: int = 80,
) -> Path:
    """A PDF of pictures of pages of another, turned by degrees against the clock, with noise, on paper of a grey."""
    import numpy as np

    document = pypdfium2.PdfDocument(source)
    numbers = numbers or list(range(1, len(document) + 1))
    document.close()
    pictures = []
    for number in numbers:
        picture = render_page(source.read_bytes(), number, dpi).convert("L").filter(ImageFilter.GaussianBlur(0.4))
        picture = picture.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=255)
        grey = np.asarray(picture, dtype=np.float64) * paper / 255
        grey += np.random.default_rng(number).normal(0, noise, grey.shape)
        pictures.append(Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)))
    pictures[0].save(target, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi, quality=quality)
    return target


def joined(target: Path, *parts: tuple[Path, list[int]]) -> Path:
    """A PDF of pages of others, counted from 1."""
    whole = pypdfium2.PdfDocument.new()
    for source, numbers in parts:
        document = pypdfium2.PdfDocument(source)
        whole.import_pages(document, [number - 1 for number in numbers])
    data = io.BytesIO()
    whole.save(data)
    target.write_bytes(data.getvalue())
    return target
