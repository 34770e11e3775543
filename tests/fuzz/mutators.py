"""Mutators: ways in which a PDF may be damaged, each by chance alone and the same for the same seed."""

from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Any

import pikepdf

Mutator = Callable[[bytes, Random], bytes]
ODD_NUMBERS = (0, -1, 1, 7, 255, 65_536, 2**31, -(2**31), 10**12, 0.001, -0.5)
TOKENS = (b"endobj", b"endstream", b"stream\n", b"xref\n", b"trailer", b"%%EOF", b"<<", b">>", b"[", b"]", b"(", b")")


def mutate_bytes(data: bytes, chance: Random) -> bytes:
    """Flip, put in, take out or double some bytes anywhere in the file."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(out))
        match chance.randrange(5):
            case 0:
                out[at] ^= 1 << chance.randrange(8)
            case 1:
                out[at:at] = chance.choice(TOKENS)
            case 2:
                del out[at : at + chance.choice((1, 4, 64))]
            case 3:
                out[at:at] = out[at : at + chance.choice((8, 200))]
            case _:
                token = chance.choice(TOKENS)
                found = out.find(token, at)
                if found >= 0:
                    out[found : found + len(token)] = b" " * len(token)
    return bytes(out)


def mutate_objects(data: bytes, chance: Random) -> bytes:
    """Take out an object or an entry of one, or give it an odd value."""
    with pikepdf.open(BytesIO(data)) as pdf:
        holders = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]
        for _ in range(chance.choice((1, 1, 2, 4))):
            holder = chance.choice(holders)
            # The number of bytes is the writer's; the rest of the file hangs on these two.
            keys = [key for key in sorted(map(str, holder.keys())) if key not in ("/Length", "/Pages")]
            if not keys:
                continue
            key = chance.choice(keys)
            match chance.randrange(4):
                case 0:
                    del holder[key]
                case 1:
                    holder[key] = chance.choice(ODD_NUMBERS)
                case 2:
                    holder[key] = pikepdf.Name("/Odd")
                case _:
                    holder[key] = chance.choice(holders)
        return _save(pdf)


def mutate_streams(data: bytes, chance: Random) -> bytes:
    """Damage a stream as it is in the file, mostly compressed."""
    with pikepdf.open(BytesIO(data)) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        stream = chance.choice(streams)
        raw = bytearray(stream.read_raw_bytes())
        if not raw:
            return data
        at = chance.randrange(len(raw))
        match chance.randrange(3):
            case 0:
                raw[at] ^= 1 << chance.randrange(8)
            case 1:
                del raw[at:]
            case _:
                raw[at : at + 4] = bytes(chance.randrange(256) for _ in range(4))
        packed: Any = stream.get("/Filter"), stream.get("/DecodeParms")
        stream.write(bytes(raw), filter=packed[0], decode_parms=packed[1])
        return _save(pdf)


def mutate_operators(data: bytes, chance: Random) -> bytes:
    """Drop, double, swap or change instructions of a page."""
    with pikepdf.open(BytesIO(data)) as pdf:
        page = chance.choice(list(pdf.pages))
        steps = list(pikepdf.parse_content_stream(page))
        for _ in range(chance.choice((1, 1, 3, 10))):
            at = chance.randrange(len(steps))
            match chance.randrange(4):
                case 0:
                    del steps[at]
                case 1:
                    steps.insert(at, chance.choice(steps))
                case 2:
                    other = chance.randrange(len(steps))
                    steps[at], steps[other] = steps[other], steps[at]
                case _:
                    operands = list(getattr(steps[at], "operands", ()))
                    if operands:
                        operands[chance.randrange(len(operands))] = chance.choice(ODD_NUMBERS)
                        steps[at] = pikepdf.ContentStreamInstruction(operands, steps[at].operator)
            if not steps:
                break
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(steps))
        return _save(pdf)


def mutate_fonts(data: bytes, chance: Random) -> bytes:
    """Change what a font says: the meanings of its codes, their widths, or its descriptor."""
    with pikepdf.open(BytesIO(data)) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        font = chance.choice(fonts)
        meanings = font.get("/ToUnicode")
        if isinstance(meanings, pikepdf.Stream) and chance.random() < 0.5:
            lines = meanings.read_bytes().split(b"\n")
            one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
            if chance.random() < 0.5:
                lines[one], lines[other] = lines[other], lines[one]
            else:
                line = bytearray(lines[one])
                places = [at for at, code in enumerate(line) if code in b"0123456789abcdefABCDEF"]
                if places:
                    line[chance.choice(places)] = ord(chance.choice("0123456789abcdef"))
                lines[one] = bytes(line)
            meanings.write(b"\n".join(lines))
        else:
            keys = [key for key in sorted(map(str, font.keys())) if key not in ("/Type",)]
            key = chance.choice(keys)
            if chance.random() < 0.5:
                del font[key]
            else:
                font[key] = chance.choice(ODD_NUMBERS)
        return _save(pdf)


def _save(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out, static_id=True, fix_metadata_version=False)
    return out.getvalue()


MUTATORS: dict[str, Mutator] = {
    "bytes": mutate_bytes,
    "objects": mutate_objects,
    "streams": mutate_streams,
    "operators": mutate_operators,
    "fonts": mutate_fonts,
}
