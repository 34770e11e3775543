"""The recognition models: where text stands in a picture, and what a line of it says.

They are the PP-OCRv6 models that the package rapidocr brings along, run here without its own steps around them: only so
does each character come with its place, its probability and its rival. One thread, so that sums are always added in the
same order.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from extractor.ocr.confusables import load_letters

MODELS = resources.files("rapidocr").joinpath("models")
DETECTOR, READER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
# What the models were trained on: the sides of a page are multiples of TILE, a line is LINE dots high.
TILE, LINE = 32, 48
# Dots of a page's longer side for the detector: more takes longer and finds no more.
SURVEY = 1408
STEP = 8  # dots of a line's length that one step of the reader stands for
LONGEST = 8000  # dots of a line's length: beyond it, what was taken for a line is none


@dataclass(frozen=True, slots=True)
class Sign:
    """A recognised character.

    It has its probability, its middle (dots from the line's left), and the next likely character.
    """

    text: str
    score: float
    at: float
    rival: str
    rival_score: float


@cache
def _open_session(name: str) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    model = MODELS.joinpath(name).read_bytes()
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def load_models() -> None:
    """Get the models ready.

    Raises:
        ImportError: One is missing from the package, or is not what it should be.
    """
    for name in (DETECTOR, READER):
        try:
            _open_session(name)
        except FileNotFoundError:
            raise ImportError(f"the model {name} in the package rapidocr is missing") from None
        except MemoryError:
            raise
        except Exception as error:  # whatever the engine raises on a file that holds no model
            message = f"the model {name} in the package rapidocr cannot be used: {type(error).__name__}"
            raise ImportError(message) from None
    if "character" not in _open_session(READER).get_modelmeta().custom_metadata_map:
        raise ImportError(f"the model {READER} in the package rapidocr does not say what characters it knows")


def _run_model(name: str, grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    session = _open_session(name)
    plane = grey.astype(np.float32) / 127.5 - 1
    found = session.run(None, {session.get_inputs()[0].name: np.stack([plane] * 3)[None]})[0]
    return np.asarray(found, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """The reader's characters by code; 0 is none. `foreign`: not Japanese; `variants`: a code, and what it is."""

    texts: tuple[str, ...]
    foreign: NDArray[np.bool_]
    variants: tuple[tuple[int, int], ...]


@cache
def _read_alphabet() -> _Alphabet:
    known = _open_session(READER).get_modelmeta().custom_metadata_map["character"].splitlines()
    texts = ("", *known, " ")
    codes = {text: code for code, text in enumerate(texts)}
    foreign = np.array([bool(text) and not load_letters().is_japanese(text) for text in texts])
    pairs = [
        (codes[one], codes[ours]) for one, ours in load_letters().variants.items() if one in codes and ours in codes
    ]
    return _Alphabet(texts, foreign, tuple(sorted(pairs)))


def find_likely_text(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Tell for each part of a page how likely text is there.

    The number, 0 to 1, says how likely the part is in the middle of a line of text.
    """
    height, width = grey.shape
    scale = SURVEY / max(height, width)
    size = max(TILE, round(width * scale / TILE) * TILE), max(TILE, round(height * scale / TILE) * TILE)
    survey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return np.asarray(_run_model(DETECTOR, survey)[0, 0], dtype=np.float32)


def read_line(grey: NDArray[np.uint8], stretch: float = 1.0) -> list[Sign]:
    """Read one line of text.

    Args:
        grey: The line, from its top to its bottom.
        stretch: It is looked at so many times as wide as it is.

    Returns:
        The characters from left to right; none where it is longer than a line can be.
    """
    height, width = grey.shape
    length = max(STEP, round(width * LINE / height * stretch))
    if length > LONGEST:
        return []
    kind = cv2.INTER_AREA if height > LINE else cv2.INTER_CUBIC
    line = cv2.resize(grey, (length, LINE), interpolation=kind)
    line = cv2.copyMakeBorder(line, 0, 0, 0, -length % STEP, cv2.BORDER_REPLICATE)
    return _find_signs(_keep_japanese(_run_model(READER, np.asarray(line, dtype=np.uint8))[0]), width / length)


def _keep_japanese(steps: NDArray[np.float32]) -> NDArray[np.float32]:
    """Keep the probabilities of the characters that Japanese has; where another seemed likeliest, one of these is."""
    alphabet = _read_alphabet()
    best = steps.argmax(axis=1)
    steps = steps.copy()
    for variant, ours in alphabet.variants:
        steps[:, ours] += steps[:, variant]
        steps[:, variant] = 0
    steps[:, alphabet.foreign] = 0
    strange = alphabet.foreign[best] & (steps.max(axis=1) < 0.5)
    steps[strange, 0] = 0
    return steps


def _find_signs(steps: NDArray[np.float32], dots: float) -> list[Sign]:
    """Find the characters at the peaks of the steps, of which one is STEP times `dots` long."""
    best = steps.argmax(axis=1)
    texts = _read_alphabet().texts
    signs = []
    start = 0
    for end in range(1, len(best) + 1):
        if end < len(best) and best[end] == best[start]:
            continue
        code = int(best[start])
        if code:
            weights = steps[start:end, code]
            row = steps[start + int(weights.argmax())].copy()
            score = float(row[code])
            row[[0, code]] = 0
            rival = int(row.argmax())
            at = float((weights * (np.arange(start, end) + 0.5)).sum() / weights.sum()) * STEP * dots
            signs.append(Sign(texts[code], min(score, 1.0), at, texts[rival], float(row[rival])))
        start = end
    return signs
