"""Kinds of mutants: each changes one thing of a file as it is known from public reports of faults.

A kind is given a target and chance, changes its sheet, and gives what the leaf must be then; None: it does not apply.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from pdfminer.psparser import LIT

from extractor.document.geometry import Box
from mutants.drawing import draw_figures, draw_path, draw_sign, draw_stroke, make_stroke
from mutants.editing import Show
from mutants.fonts import clone_font, exchange_outlines, make_type3, name_standard_font
from mutants.judging import Fits
from mutants.targets import FIGURES, Target

Kind = Callable[[Target, random.Random], Fits | None]
_MARKS = ("1", "2", "1)", "(1)", "※1", "12")
_STROKES = ("level", "double", "wave", "cross", "oblique", "area")


# Point 1: glyphs have roles.


def add_mark(target: Target, chance: random.Random) -> Fits | None:
    """A note's mark, raised, lowered or small, on either side."""
    text = chance.choice(_MARKS)
    shrunk = chance.choice((0.5, 0.58, 0.65, 0.75, 0.83))
    rise = chance.choice((0.25, 0.33, 0.45, 0.33)) if chance.random() < 0.8 or ")" not in text else 0.0
    if chance.random() < 0.1:
        shrunk, rise = 1.0, 0.4
    return _set_mark(target, text, shrunk, rise, before=target.what in ("value", "budget") and chance.random() < 0.5)


def add_lowered_mark(target: Target, chance: random.Random) -> Fits | None:
    """A note's mark below the line."""
    return _set_mark(
        target, chance.choice(("1", "2", "3")), chance.choice((0.5, 0.6, 0.7)), -chance.choice((0.15, 0.2)),
        before=chance.random() < 0.3,
    )  # fmt: skip


def _set_mark(target: Target, text: str, shrunk: float, rise: float, *, before: bool) -> Fits | None:
    sheet, first, last = target.sheet, target.shows[0], target.shows[-1]
    found = sheet.find_codes(text, first)
    if found is None:
        return None
    like, codes = found
    scale = target.size / (abs(like.size) * (like.matrix[0] ** 2 + like.matrix[1] ** 2) ** 0.5) * shrunk
    wide = sum(0.5 if char.isascii() else 1.0 for char in text) * target.size * shrunk
    x = first.boxes[0].x0 - wide if before else last.boxes[-1].x1
    move = (x - like.matrix[4], target.foot + rise * target.size - like.matrix[5])
    sheet.behind.append(sheet.set_again(like, size=scale, move=move, codes=codes))
    return target.is_same()


def add_ruby(target: Target, chance: random.Random) -> Fits | None:
    """A reading over a word."""
    kana = sorted({char for show in target.sheet.shows for char in show.text if "ぁ" <= char <= "ん"})
    wide = target.box.width
    count = max(2, min(len(kana), int(wide / (0.5 * target.size)) - chance.randrange(3)))
    text = "".join(chance.choices(kana, k=count)) if kana else ""
    found = target.sheet.find_codes(text, target.shows[0]) if text else None
    if found is None or count * 0.5 * target.size > wide + target.size:
        return None
    like, codes = found
    scale = target.size / (abs(like.size) * (like.matrix[0] ** 2 + like.matrix[1] ** 2) ** 0.5) * 0.5
    x = target.box.x0 + chance.uniform(0, max(0.0, wide - count * 0.5 * target.size))
    move = (x - like.matrix[4], target.foot + chance.uniform(0.9, 1.0) * target.size - like.matrix[5])
    target.sheet.behind.append(target.sheet.set_again(like, size=scale, move=move, codes=codes))
    return target.is_same()


def add_watermark(target: Target, chance: random.Random) -> Fits | None:
    """Large pale or slanted words over the page."""
    angle = chance.choice((0.0, 30.0, 45.0, 60.0, -35.0))
    grey = chance.uniform(0.6, 0.9)
    return _set_turned(target, chance, "事業実績", angle, chance.uniform(40, 80), b"%.2f g" % grey)


def add_sideways_label(target: Target, chance: random.Random) -> Fits | None:
    """A label at the edge, read downwards or upwards."""
    angle = chance.choice((90.0, -90.0))
    x = chance.choice((22.0, 34.0, 570.0))
    at = (x, target.box.bottom)
    return _set_turned(target, chance, "事業概要", angle, chance.uniform(8, 11), b"0 g", at)


def add_stamp(target: Target, chance: random.Random) -> Fits | None:
    """A stamp over a value, upright or slanted, with a ring."""
    angle, size = chance.choice((0.0, 0.0, 12.0, -20.0, 30.0)), chance.uniform(8, 22)
    x, y = chance.uniform(target.box.x0 - 10, target.box.x1), target.box.top + chance.uniform(-6, 6)
    if chance.random() < 0.6:
        ring = Box(x - 3, y - size, x + 2.2 * size + 3, y + 1.6 * size)
        target.sheet.behind.append(b"q 1 0 0 RG 1 w " + draw_sign("○", ring, random.Random(1)) + b"Q\n")
    return _set_turned(target, chance, "実績", angle, size, b"1 0 0 rg", (x, y))


def _set_turned(
    target: Target, chance: random.Random, text: str, angle: float, size: float, state: bytes,
    at: tuple[float, float] | None = None,
) -> Fits | None:  # fmt: skip
    from math import cos, radians, sin

    found = target.sheet.find_codes(text, target.shows[0])
    if found is None:
        return None
    like, codes = found
    x, y = at or (chance.uniform(60, 300), chance.uniform(150, target.sheet.height - 150))
    turn, one = radians(angle), size / abs(like.size)
    matrix = (one * cos(turn), one * sin(turn), -one * sin(turn), one * cos(turn), x, y)
    if like.matrix[3] < 0:
        matrix = (*matrix[:2], -matrix[2], -matrix[3], *matrix[4:])
    set_ = target.sheet.set_again(replace(like, matrix=matrix), codes=codes, state=state)
    drawn = b"q " + set_ + b"Q\n"
    (target.sheet.before if chance.random() < 0.3 else target.sheet.behind).append(drawn)
    return target.is_same()


def print_twice(target: Target, chance: random.Random) -> Fits | None:
    """The text printed twice or three times, a little or much aside (fake bold, a shadow)."""
    far = chance.choice((0.2, 0.5, 1.0, 1.5, 2.0, 2.5))
    dx, dy = chance.choice(((far, 0.0), (far, -far / 2), (0.0, far), (far, far), (-far, 0.0)))
    for time in range(1, chance.choice((2, 2, 3))):
        for show in target.shows:
            target.sheet.behind.append(target.sheet.set_again(show, move=(dx * time, dy * time)))
    return target.is_same()


# Point 3: ink is accounted for.


def hide(target: Target, chance: random.Random) -> Fits | None:
    """A text that is not printed, for one of many reasons; or one that is not, beside what is."""
    beside = target.what in ("value", "budget") and chance.random() < 0.4
    begin, end, state = chance.choice(_HIDDEN)(target, chance)
    in_form = chance.random() < 0.3
    for show in target.shows:
        move = (0.0, 0.0)
        if beside:
            move = (chance.choice((-1, 1)) * chance.uniform(0.3, 1.1) * (target.box.width + 2), 0.0)
        else:
            target.sheet.remove(show)
        drawn = target.sheet.set_again(show, move=move, state=state)
        if in_form:
            drawn = _put_form(target, drawn)
        target.sheet.behind.append(b"q " + begin + drawn + end + b"Q\n")
    return target.is_same() if beside else target.is_gone()


def _put_form(target: Target, content: bytes) -> bytes:
    """Put instructions into a form, and give the one that draws it."""
    attributes = {
        "Type": LIT("XObject"), "Subtype": LIT("Form"), "BBox": [0, 0, 2000, 2000],
        "Resources": {name: one for name, one in target.sheet.resources.items() if name != "XObject"},
    }  # fmt: skip
    form = target.sheet.editor.add_stream(content, attributes)
    target.sheet.put("XObject", f"F{form.objid}", form)
    return b"/F%d Do " % form.objid


def _hide_in_layer(target: Target, chance: random.Random) -> tuple[bytes, bytes, bytes]:
    sheet, editor = target.sheet, target.sheet.editor
    way = chance.choice(("off", "base", "member", "all", "expression", "usage", "nested"))
    layer: dict[str, Any] = {"Type": LIT("OCG"), "Name": b"layer"}
    if way == "usage":
        layer["Usage"] = {"View": {"ViewState": LIT("OFF")}, "Print": {"PrintState": LIT("OFF")}}
    off = editor.add(layer)
    properties = sheet.editor.properties
    properties.setdefault("OCGs", []).append(off)
    default = properties.setdefault("D", {"OFF": [], "AS": []})
    if way == "usage":
        default["AS"] += [{"Event": LIT(event), "Category": [LIT(event)], "OCGs": [off]} for event in ("View", "Print")]
    else:
        default["OFF"].append(off)
    member: Any = off
    if way in ("member", "all", "expression", "nested"):
        on = editor.add({"Type": LIT("OCG"), "Name": b"on"})
        properties["OCGs"].append(on)
        ways: dict[str, dict[str, Any]] = {
            "member": {"OCGs": off},
            "all": {"OCGs": [off, on], "P": LIT("AllOn")},
            "expression": {"VE": [LIT("And"), on, off]},
            "nested": {"VE": [LIT("Or"), off, [LIT("Not"), on]]},
        }
        member = editor.add({"Type": LIT("OCMD"), **ways[way]})
    editor.change_catalog(OCProperties=properties)
    name = f"L{off.objid}"
    sheet.put("Properties", name, member)
    return b"/OC /%s BDC " % name.encode(), b"EMC ", b""


def _hide_in_colour(target: Target, chance: random.Random) -> tuple[bytes, bytes, bytes]:
    sheet, editor = target.sheet, target.sheet.editor
    tint = {"FunctionType": 2, "Domain": [0, 1], "N": 1}
    cmyk = {**tint, "C0": [0, 0, 0, 0], "C1": [0, 1, 1, 0]}
    icc = editor.add_stream(b"", {"N": 3, "Alternate": LIT("DeviceRGB")})
    two = {
        "FunctionType": 4, "Domain": [0, 1, 0, 1], "Range": [0, 1, 0, 1, 0, 1, 0, 1],
    }  # fmt: skip
    mixing = editor.add_stream(b"{ 0 0 }", two)
    space, colour = chance.choice(
        (
            ([LIT("Separation"), LIT("Spot"), LIT("DeviceCMYK"), cmyk], b"0 scn"),
            ([LIT("Separation"), LIT("None"), LIT("DeviceCMYK"), cmyk], b"1 scn"),
            ([LIT("ICCBased"), icc], b"1 1 1 scn"),
            ([LIT("Indexed"), LIT("DeviceRGB"), 1, b"\x00\x00\x00\xff\xff\xff"], b"1 scn"),
            ([LIT("Indexed"), LIT("DeviceGray"), 1, b"\xff\x00"], b"0 scn"),
            ([LIT("Lab"), {"WhitePoint": [0.9505, 1.0, 1.089]}], b"100 0 0 scn"),
            ([LIT("CalRGB"), {"WhitePoint": [0.9505, 1.0, 1.089]}], b"1 1 1 scn"),
            ([LIT("DeviceN"), [LIT("A"), LIT("B")], LIT("DeviceCMYK"), mixing], b"0 0 scn"),
        )
    )
    name = f"S{icc.objid}"
    sheet.put("ColorSpace", name, space)
    return b"", b"", b"/%s cs %s " % (name.encode(), colour)


def _hide_by_state(target: Target, chance: random.Random) -> tuple[bytes, bytes, bytes]:
    box = target.box
    faint = target.sheet.editor.add({"ca": 0, "CA": 0})
    target.sheet.put("ExtGState", f"G{faint.objid}", faint)
    away = b"%.2f %.2f 5 5 re W n " % (box.x0, max(0.0, box.top - 30))
    return chance.choice(
        (
            (b"", b"", b"3 Tr"),
            (b"", b"", b"7 Tr"),
            (away, b"", b""),
            (b"/G%d gs " % faint.objid, b"", b""),
            (b"", b"", b"1 g"),
            (b"", b"", b"1 1 1 rg"),
        )
    )


_HIDDEN = (_hide_in_layer, _hide_in_colour, _hide_by_state)


def lose_glyph(target: Target, chance: random.Random) -> Fits | None:
    """A figure that the font's map calls a blank, or nothing."""
    figures = target.figures()
    if not figures:
        return None
    show, at = chance.choice(figures)
    meaning = chance.choice((" ", "\xa0", "\u200b", "\u0301", "\ufffd", "\u3000", "\xad", "\u2060", ""))
    means = dict(show.codes) | {show.codes[at][0]: meaning}
    _set_in_clone(target, show, means)
    return target.is_same()


def _set_in_clone(target: Target, show: Show, means: dict[bytes, str]) -> None:
    """Set a text again in a copy of its font that has another map."""
    font = clone_font(target.sheet, show.font, means)
    target.sheet.remove(show)
    target.sheet.behind.append(target.sheet.set_again(show, font=font))


def draw_minus(target: Target, chance: random.Random) -> Fits | None:
    """A minus before a figure that is drawn and not set."""
    if target.text[0] not in FIGURES:
        return None
    sign = chance.choice("－△▲")
    size = target.size
    wide = chance.uniform(0.5, 0.85) * size
    left = target.box.x0 - wide - chance.uniform(0.08, 0.25) * size
    box = Box(left, target.foot, left + wide, target.foot + chance.uniform(0.65, 0.85) * size)
    target.sheet.behind.append(b"q 0 g 0 G " + draw_sign(sign, box, chance) + b"Q\n")
    return target.amounts_to(-target.number())


def draw_mark(target: Target, chance: random.Random) -> Fits | None:
    """A ring or a tick that is drawn in place of the mark of what is new."""
    for show in target.shows:
        target.sheet.remove(show)
    x, y, size = (target.box.x0 + target.box.x1) / 2, target.foot + 0.35 * target.size, target.size
    half = chance.uniform(0.3, 0.45) * size
    sign = chance.choice("○●✔")
    target.sheet.behind.append(
        b"q 0 g 0 G " + draw_sign(sign, Box(x - half, y - half, x + half, y + half), chance) + b"Q\n"
    )
    return target.is_same()


def draw_alone(target: Target, chance: random.Random) -> Fits | None:
    """A sign that is drawn in a cell in which nothing is set: a dash says that there is no value, others say more."""
    for show in target.shows:
        target.sheet.remove(show)
    sign, size = chance.choice("－○△▲●✔"), chance.uniform(0.6, 0.9) * target.size
    x, y = (target.box.x0 + target.box.x1) / 2, target.foot
    box = Box(x - size / 2, y, x + size / 2, y + size)
    target.sheet.behind.append(b"q 0 g 0 G " + draw_sign(sign, box, chance) + b"Q\n")
    if sign == "－":
        return lambda value: value is None or (target.what == "value" and value[0] == "absent")
    return lambda _: False


def outline(target: Target, chance: random.Random) -> Fits | None:
    """A value whose figures are drawn as paths, or a small picture."""
    for show in target.shows:
        target.sheet.remove(show)
    digits = "".join(char for char in target.text if char in FIGURES)
    high = chance.uniform(0.8, 1.1) * target.size
    if chance.random() < 0.5:
        drawn = draw_figures(digits, target.box.x0, target.foot, high)
    else:
        drawn = _draw_picture(digits, target, high)
    target.sheet.behind.append(b"q 0 g " + drawn + b"Q\n")
    return target.is_same()


def _draw_picture(text: str, target: Target, high: float) -> bytes:
    from PIL import Image, ImageDraw

    picture = Image.new("L", (12 * len(text), 16), 255)
    ImageDraw.Draw(picture).text((1, 1), text, fill=0)
    attributes = {
        "Type": LIT("XObject"), "Subtype": LIT("Image"), "Width": picture.width, "Height": picture.height,
        "ColorSpace": LIT("DeviceGray"), "BitsPerComponent": 8,
    }  # fmt: skip
    image = target.sheet.editor.add_stream(picture.tobytes(), attributes)
    target.sheet.put("XObject", f"P{image.objid}", image)
    wide = picture.width * high / 16
    return b"%.2f 0 0 %.2f %.2f %.2f cm /P%d Do " % (wide, high, target.box.x0, target.foot - 1, image.objid)


def strike(target: Target, chance: random.Random) -> Fits | None:
    """A stroke through a text, often with another one beside it."""
    inserted = _insert_beside(target, chance)
    target.sheet.behind.append(draw_stroke(chance.choice(_STROKES), _ink_of(target), chance))
    return inserted or target.is_gone()


def strike_by_annotation(target: Target, chance: random.Random) -> Fits | None:
    """A reviewer's stroke through a text, often with another one beside it."""
    inserted = _insert_beside(target, chance)
    box = _ink_of(target)
    x0, low, x1, up = box
    way = chance.choice(("StrikeOut", "Line", "Ink", "PolyLine"))
    corners = [x0, up, x1, up, x0, low, x1, low]
    if way == "StrikeOut":
        entries: dict[str, Any] = {"QuadPoints": corners}
    else:
        (line, *_) = make_stroke(chance.choice(("level", "oblique")), box, chance)
        flat = [side for point in line for side in point]
        name = {"Line": "L", "Ink": "InkList", "PolyLine": "Vertices"}[way]
        entries = {name: [flat] if way == "Ink" else flat}
    content = b""
    if chance.random() < 0.4 or way == "PolyLine":
        stroke = make_stroke("level" if way == "StrikeOut" else "oblique", box, chance)
        content = b"1 0 0 RG 1 w " + b"".join(draw_path(line, "S") for line in stroke)
    _annotate(target, way, box.expand(3), entries, content)
    return inserted or target.is_gone()


def _ink_of(target: Target) -> Box:
    """The room of the ink of a target's figures."""
    return Box(target.box.x0, target.foot - 0.1 * target.size, target.box.x1, target.foot + 0.85 * target.size)


def _insert_beside(target: Target, chance: random.Random) -> Fits | None:
    """Another number beside a value, behind it."""
    show = target.shows[-1]
    figures = [(code, char) for one in target.shows for code, char in one.codes if char in FIGURES]
    if target.what != "value" or not figures or target.text[0] not in FIGURES or chance.random() < 0.5:
        return None
    found = target.sheet.find_codes(text := str(chance.randrange(11, 99)), target.shows[0])
    if found is None:
        return None
    like, codes = found
    move = (show.boxes[-1].x1 + 0.5 * target.size - like.matrix[4], target.foot - like.matrix[5])
    target.sheet.behind.append(target.sheet.set_again(like, move=move, codes=codes))
    return target.amounts_to(float(text))


def cover(target: Target, chance: random.Random) -> Fits | None:
    """An annotation that covers a text."""
    box = target.box.expand(2)
    way = chance.choice(
        ("Square", "Redact", "FreeText", "Stamp", "Highlight", "Square drawn", "Circle", "page", "picture")
    )
    inside = b"0 0 %.2f %.2f re f" % (box.width, box.height)
    if way == "Highlight":
        x0, low, x1, up = box
        entries: dict[str, Any] = {"QuadPoints": [x0, up, x1, up, x0, low, x1, low], "C": [1, 1, 0]}
        _annotate(target, way, box, entries, b"")
        return target.is_same()
    if way in ("Square", "Circle"):
        box = box.expand(box.width, box.height) if way == "Circle" else box
        _annotate(target, way, box, {"IC": [1, 1, 1], "C": [0.5, 0.5, 0.5]}, b"")
        return target.is_gone()
    if way == "page":
        colour = chance.choice((b"1 g", b"0 g", b"0.8 0.9 1 rg"))
        sides = (box.x0, box.top, box.width, box.height)
        target.sheet.behind.append(b"q %s %.2f %.2f %.2f %.2f re f Q\n" % (colour, *sides))
        return target.is_gone()
    if way == "picture":
        dots = b"BI /W 1 /H 1 /BPC 8 /CS /G ID \xf0 EI"
        place = (box.width, box.height, box.x0, box.top)
        target.sheet.behind.append(b"q %.2f 0 0 %.2f %.2f %.2f cm %s Q\n" % (*place, dots))
        return target.is_gone()
    colour = chance.choice((b"1 1 1 rg ", b"0 g ", b"1 1 0.8 rg "))
    drawn = colour + inside
    _annotate(target, way.split()[0], box, {"IC": [1, 1, 1]}, drawn, placed=True)
    return target.is_gone()


def _annotate(
    target: Target, subtype: str, box: Box, entries: dict[str, Any], content: bytes, *, placed: bool = False
) -> None:
    editor = target.sheet.editor
    rect = [box.x0, box.top, box.x1, box.bottom]
    body = {"Type": LIT("Annot"), "Subtype": LIT(subtype), "Rect": rect, "F": 4, "C": [1, 0, 0], **entries}
    if content:
        sides = [0, 0, box.width, box.height] if placed else rect
        form = editor.add_stream(content, {"Type": LIT("XObject"), "Subtype": LIT("Form"), "BBox": sides})
        body["AP"] = {"N": form}
    target.sheet.annotations.append(editor.add(body))


# Point 4: fonts that cannot be trusted.


def confuse_codes(target: Target, chance: random.Random) -> Fits | None:
    """Several codes of a font with one character."""
    figures = target.figures()
    if len({show.codes[at][1] for show, at in figures}) < 2:
        return None
    show = chance.choice([show for show, _ in figures])
    own = sorted({char for _, char in show.codes if char in FIGURES})
    one = chance.choice(own)
    others = own if chance.random() < 0.5 else chance.sample(own, min(2, len(own)))
    means = {code: one if char in others else char for code, char in show.codes}
    if all(means[code] == char for code, char in show.codes):
        return None
    _set_in_clone(target, show, means)
    return target.is_same()


def exchange_figures(target: Target, chance: random.Random) -> Fits | None:
    """A map that calls a figure another one."""
    figures = target.figures()
    if not figures:
        return None
    show = chance.choice([show for show, _ in figures])
    one = chance.choice([char for _, char in show.codes if char in FIGURES])
    other = chance.choice(FIGURES.replace(one, ""))
    swap = {one: other, other: one}
    _set_in_clone(target, show, {code: swap.get(char, char) for code, char in show.codes})
    return target.is_same()


def exchange_shapes(target: Target, chance: random.Random) -> Fits | None:
    """An embedded font in which two figures have each other's outlines."""
    figures = target.figures()
    if len({show.codes[at][0] for show, at in figures}) < 2:
        return None
    show = chance.choice([show for show, _ in figures])
    codes = sorted({code for code, char in show.codes if char in FIGURES})
    if len(codes) < 2:
        return None
    font = exchange_outlines(target.sheet, show.font, *chance.sample(codes, 2))
    if font is None:
        return None
    target.sheet.remove(show)
    target.sheet.behind.append(target.sheet.set_again(show, font=font))
    return target.is_same()


def set_in_standard_font(target: Target, chance: random.Random) -> Fits | None:
    """Figures' codes in Symbol or ZapfDingbats, which have signs of their own, without a map."""
    for show in target.shows:
        target.sheet.remove(show)
    family = chance.choice(("ZapfDingbats", "Symbol"))
    digits = "".join(char for char in target.text if char in FIGURES)
    string = digits if family == "ZapfDingbats" else "".join(chance.choices("abcdgl", k=len(digits)))
    name = name_standard_font(target.sheet, family)
    _set_bytes(target, name, string.encode())
    return lambda value: value is None or (target.what == "value" and value[0] == "unreadable")


def set_in_type3(target: Target, chance: random.Random) -> Fits | None:
    """A Type 3 font whose glyphs have the names of figures, and may show others."""
    for show in target.shows:
        target.sheet.remove(show)
    digits = "".join(char for char in target.text if char in FIGURES)
    shown = digits if chance.random() < 0.3 else "".join(chance.sample(FIGURES, len(digits)))
    if len(set(zip(digits, shown, strict=True))) != len(set(digits)):
        shown = digits
    names = make_type3(target.sheet, dict(zip(digits, shown, strict=True)), chance)
    _set_bytes(target, names, digits.encode())
    if shown.startswith("0") and len(shown) > 1:
        return lambda _: False
    unit = "".join(char for char in target.text if char not in FIGURES + ",")
    if unit.strip() and any(char in unit for char in ".△－"):
        return lambda _: False
    return target.amounts_to(float(shown))


def _set_bytes(target: Target, font: str, string: bytes) -> None:
    target.sheet.behind.append(
        b"BT 0 g /%s %.2f Tf %.2f %.2f Td <%s> Tj ET\n"
        % (font.encode(), target.size, target.box.x0, target.foot, string.hex().encode())
    )


VALUES: Sequence[str] = ("value", "budget")
KINDS: dict[str, tuple[Kind, Sequence[str]]] = {
    "raised mark": (add_mark, ("value", "budget", "item", "name", "office")),
    "lowered mark": (add_lowered_mark, VALUES),
    "ruby": (add_ruby, ("item", "name", "office")),
    "watermark": (add_watermark, VALUES),
    "sideways label": (add_sideways_label, VALUES),
    "stamp": (add_stamp, VALUES),
    "double printing": (print_twice, ("value", "budget", "item", "name", "office", "mark")),
    "hidden": (hide, ("value", "budget", "mark", "office")),
    "lost glyph": (lose_glyph, VALUES),
    "drawn minus": (draw_minus, ("value",)),
    "drawn mark": (draw_mark, ("mark",)),
    "drawn alone": (draw_alone, VALUES),
    "outlined": (outline, VALUES),
    "struck out": (strike, ("value", "budget", "name", "office", "mark", "figure")),
    "struck by annotation": (strike_by_annotation, ("value", "budget", "name", "office", "mark", "figure")),
    "covered": (cover, ("value", "budget", "name", "office", "mark")),
    "codes of one character": (confuse_codes, VALUES),
    "exchanged figures": (exchange_figures, VALUES),
    "exchanged outlines": (exchange_shapes, VALUES),
    "standard fonts": (set_in_standard_font, VALUES),
    "Type 3": (set_in_type3, VALUES),
}
ONCE_A_PAGE = frozenset({"watermark", "sideways label"})
