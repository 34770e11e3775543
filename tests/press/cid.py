"""Producer: fonts that are not embedded (Adobe-Japan1), every glyph placed by itself."""

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from press.model import Printed, ReportModel
from press.sheet import Fonts
from press.style import Style
from press.typeset import typeset_with


@cache
def _fonts() -> Fonts:
    for name in ("HeiseiMin-W3", "HeiseiKakuGo-W5"):
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    return Fonts("HeiseiMin-W3", "HeiseiKakuGo-W5", one_by_one=True)


def typeset(model: ReportModel, style: Style) -> Printed:
    """A report as PDF."""
    return typeset_with(model, style, _fonts())
