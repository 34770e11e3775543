"""Read sentences as two other programs do; it runs in an environment of their own (`make peers`).

In: a list of texts as JSON on standard input. Out: for each program and text what it finds, as JSON: the place, and a
number with its counter or a date, where it says one.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

from ja_timex import TimexParser
from pynormalizenumexp.normalize_numexp import NormalizeNumexp

Find = dict[str, Any]


def read_by_ja_timex(parser: TimexParser, text: str) -> list[Find]:
    """Find the dates; lengths of time and rates are quantities here."""
    return [
        {"kind": "time", "place": list(one.span), "edtf": one.value.replace("-XX", "")}
        if one.type == "DATE"
        else {"kind": "quantity", "place": list(one.span)}
        for one in parser.parse(text)
        if one.type != "TIME"
    ]


def read_by_numexp(parser: NormalizeNumexp, text: str) -> list[Find]:
    """Find the numbers with a counter, and the times; a range of numbers has both its ends."""
    found: list[Find] = []
    for one in parser.normalize(text):
        place = [one.position_start, one.position_end]
        if one.type != "numerical":
            ends = [write_date(one.value_lower_bound), write_date(one.value_upper_bound)]
            found.append({"kind": "time", "place": place, "edtf": "/".join(dict.fromkeys(filter(None, ends)))})
            continue
        values = dict.fromkeys((one.value_lower_bound, one.value_upper_bound))
        # Of 約 its bounds are a guess around the number.
        about = "約" in one.original_expr
        known = [sum(values) / len(values)] if about else [value for value in values if abs(value) < float("inf")]
        found += [{"kind": "quantity", "place": place, "value": value, "unit": one.counter} for value in known]
    return found


def write_date(time: Any) -> str:
    """Write the year, month and day that are said; X for a year that is not."""
    parts = [] if time is None else [time.year, time.month, time.day]
    said = [abs(part) != float("inf") for part in parts]
    if not any(said):
        return ""
    last = 3 - said[::-1].index(True)
    widths = zip(parts[:last], said, (4, 2, 2), strict=False)
    return "-".join(f"{int(part):0{width}}" if is_said else "X" * width for part, is_said, width in widths)


def guard(read: Callable[[Any, str], list[Find]], parser: Any, text: str) -> list[Find]:
    """Read a text; nothing is found where the program stops."""
    try:
        return read(parser, text)
    except Exception:
        return []


if __name__ == "__main__":
    texts = json.load(sys.stdin)
    readers = {
        "ja-timex": (read_by_ja_timex, TimexParser()),
        "pynormalizenumexp": (read_by_numexp, NormalizeNumexp("ja")),
    }
    found = {name: [guard(read, parser, text) for text in texts] for name, (read, parser) in readers.items()}
    print(json.dumps(found))
