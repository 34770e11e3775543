"""How the parts of a report look in an OpenDocument text: the attributes of its styles."""

from xml.sax.saxutils import quoteattr

from press.elements import Grid, Role, Slot
from press.style import Style

MINCHO, GOTHIC = "IPAMincho", "IPAGothic"
SHADE = "#d9e2f3"
RULE, DOTS = "0.5pt solid #000000", "0.75pt dotted #000000"
# How much smaller tables are set than prose, and how high headers and footers are, in points.
SMALLER = 1.0
STRIP = 28.0


def element(name: str, attributes: dict[str, str], *inside: str) -> str:
    """An element of XML; what is inside is XML already."""
    said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{said}>{''.join(inside)}</{name}>"


def font(name: str, size: float, *, bold: bool = False) -> dict[str, str]:
    """Text in a font, Latin and Japanese alike."""
    found = {
        "style:font-name": name,
        "style:font-name-asian": name,
        "fo:font-size": f"{size}pt",
        "style:font-size-asian": f"{size}pt",
    }
    weight = {"fo:font-weight": "bold", "style:font-weight-asian": "bold"}
    return found | (weight if bold else {})


def default(style: Style) -> str:
    """What holds where nothing else is said."""
    language = {"fo:language": "en", "fo:country": "US", "style:language-asian": "ja", "style:country-asian": "JP"}
    look = element("style:text-properties", font(MINCHO, style.size) | language)
    return element("style:default-style", {"style:family": "paragraph"}, look)


def page_layout(style: Style) -> str:
    """The sheet. Headers and footers stand inside the margins that ODF knows, so these are less than the style's."""
    wide, high = (842, 595) if style.landscape else (595, 842)
    page = {
        "fo:page-width": f"{wide}pt",
        "fo:page-height": f"{high}pt",
        "style:print-orientation": "landscape" if style.landscape else "portrait",
        "fo:margin-left": f"{style.margin}pt",
        "fo:margin-right": f"{style.margin}pt",
        "fo:margin-top": f"{style.margin - STRIP}pt",
        "fo:margin-bottom": f"{style.margin - STRIP}pt",
    }
    strip = {"svg:height": f"{STRIP}pt", "fo:margin-top": "0pt", "fo:margin-bottom": "0pt"}
    edges = [
        element(f"style:{edge}-style", {}, element("style:header-footer-properties", strip))
        for edge in ("header", "footer")
    ]
    return element("style:page-layout", {"style:name": "Layout"}, element("style:page-layout-properties", page), *edges)


def letters(role: Role, style: Style) -> dict[str, str]:
    """Font and size of a role's text."""
    if role == "report":
        return font(GOTHIC, style.size + 3.5, bold=True)
    if role == "chapter":
        return font(GOTHIC, style.size + 1.5, bold=True)
    strong = role in ("point", "bar", "box", "bold") or (role == "heading" and style.bold_headings)
    return font(GOTHIC, style.size, bold=True) if strong else font(MINCHO, style.size)


def paragraph(role: Role, style: Style) -> dict[str, str]:
    """How a role's paragraphs are set."""
    look = {"fo:line-height": f"{style.leading * style.size}pt", "fo:text-align": "start"}
    if role == "report":
        look |= {"fo:text-align": "center", "fo:margin-bottom": "10pt"}
    elif role in ("bar", "box"):
        look |= {"fo:border": RULE, "fo:padding": "2pt", "fo:margin-top": "8pt", "fo:margin-bottom": "3pt"}
        if role == "bar":
            look["fo:background-color"] = SHADE
    elif role in ("bold", "plain", "chapter"):
        look["fo:margin-top"] = "8pt"
    elif role == "heading":
        look["fo:margin-top"] = "3pt"
    elif role == "prose":
        look["fo:text-indent"] = f"{style.size}pt" if style.indent else "0pt"
    elif role == "note":
        look |= {"fo:text-indent": f"-{style.size}pt", "fo:margin-left": f"{style.size}pt"}
    elif role == "footer":
        look["fo:text-align"] = "end" if style.footer_align == "right" else style.footer_align
    if role in ("prose", "note") and style.justified:
        look["fo:text-align"] = "justify"
    return look


def cell(grid: Grid, index: int, slot: Slot, style: Style) -> dict[str, str]:
    """How a cell in the row `index` of a table looks."""
    look = _borders(grid, index, slot) | {"fo:padding": f"{style.row_padding}pt", "style:vertical-align": "middle"}
    return look | ({"fo:background-color": SHADE} if slot.shaded else {})


def _borders(grid: Grid, index: int, slot: Slot) -> dict[str, str]:
    if grid.rules in ("full", "filled"):
        return {"fo:border": RULE}
    if grid.rules == "dotted":
        return {"fo:border": DOTS}
    found = {"fo:border": "none"}
    if grid.rules == "three":
        if index == 0:
            found["fo:border-top"] = RULE
        if index + slot.down in (grid.head, len(grid.rows)):
            found["fo:border-bottom"] = RULE
    return found
