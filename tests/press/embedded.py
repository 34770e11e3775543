"""Producer: TrueType fonts embedded in part, as most programs write them, and lines set whole."""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from press.model import Printed, ReportModel
from press.sheet import Fonts
from press.style import Style
from press.typeset import typeset_with

# Where systems keep the IPA fonts (Debian: fonts-ipafont).
FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
BODY = ("ipam.ttf", "ipaexm.ttf")
STRONG = ("ipag.ttf", "ipaexg.ttf")


@cache
def found_font(names: tuple[str, ...]) -> Path | None:
    """The first of these fonts that is installed."""
    for name in names:
        for folder in FOLDERS:
            if found := sorted(folder.rglob(name)):
                return found[0]
    return None


def available() -> bool:
    """Whether the fonts are installed."""
    return found_font(BODY) is not None and found_font(STRONG) is not None


@cache
def _fonts() -> Fonts:
    for name, names in (("body", BODY), ("strong", STRONG)):
        path = found_font(names)
        if path is None:
            raise FileNotFoundError(f"none of the fonts {', '.join(names)} is installed")
        pdfmetrics.registerFont(TTFont(f"press-{name}", str(path)))
    return Fonts("press-body", "press-strong", one_by_one=False)


def typeset(model: ReportModel, style: Style) -> Printed:
    """A report as PDF."""
    return typeset_with(model, style, _fonts())
