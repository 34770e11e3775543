"""Dump: what a step made of a file, as JSON for people to read and to compare.

A file and the name of a step go in; out comes a text, the same bytes for the same file. What fits on one line stands on
one line, so that a glyph, a cell or a place is one.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic_core import to_jsonable_python

from extractor.document.layout import Element, Furniture, Remark
from extractor.document.step import Step
from extractor.errors import CannotRead
from extractor.inspection.parts import boxes_on_page, find_page
from extractor.pipeline import Steps, read_steps
from extractor.profiles.profile import find_profile
from extractor.records.messages import make_message, make_refusal
from extractor.runtime.input_bytes import PDF, TEXT
from extractor.runtime.sandbox import Limits, run_isolated

# Characters of a line, its indent counted, that a list or an object may have and is not broken.
LINE_LENGTH = 200

T = TypeVar("T", Element, Furniture, Remark)
_Task = tuple[str, str, int | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Dump:
    """What a step made, as JSON.

    `refusal` is why the file gives no report; None of one that does.
    """

    text: str
    refusal: CannotRead | None


def dump_step(
    path: Path, step: Step, page: int | None = None, label: str | None = None, profile: str | None = None
) -> Dump:
    """Render what a step made of a PDF or a transcript.

    The file is read in a process of its own.

    Args:
        path: A `.pdf` or `.txt` file.
        step: The step.
        page: Of the steps `BY_PAGE` only what is on this page of a PDF, from 1; None: of all pages.
        label: Instead of `page`: the number that is printed on it.
        profile: The id of the profile to read it with; None chooses the one that it fits.

    Returns:
        The JSON text, with a line end at its end, and why the file gives no report.

    Raises:
        CannotRead: It cannot be read, the step was not reached, or there is no such page.
    """
    if path.suffix.lower() not in {PDF, TEXT}:
        raise make_refusal("not-supported.steps")
    task: _Task = (str(path), step, page, label, profile)
    (dump,) = run_isolated([task], _dump_step, 1, lambda task: Limits.for_file(Path(task[0])))
    if isinstance(dump, CannotRead):
        raise dump
    return dump


def _dump_step(task: _Task) -> Dump:
    path, name, page, label, profile = task
    steps = read_steps(Path(path), find_profile(profile) if profile else None)
    if page is not None or label is not None:
        if not steps.pages:
            raise make_refusal("no-such-page.transcript")
        steps = _restrict_to_page(steps, find_page(steps, page, label))
    made = {
        Step.PAGES: steps.pages or steps.lines,
        Step.LAYOUT: steps.layout,
        Step.OUTLINE: steps.outline,
        Step.PARSED: steps.parts,
        Step.LINKED: steps.linked if steps.parts else None,
    }[Step(name)]
    if made is None and steps.refusal is not None:
        why = make_message("step.unreached", step=name, why=steps.refusal)
        raise CannotRead(steps.refusal.status, why, steps.refusal.page)
    text = render_json(to_jsonable_python(made)) + "\n"
    # Half of a surrogate pair has no UTF-8; its escape is good JSON.
    return Dump(text.encode("utf-8", "backslashreplace").decode("utf-8"), steps.refusal)


def _restrict_to_page(steps: Steps, number: int) -> Steps:
    """Return the steps with the pages and the layout cut down to one page."""

    def keep(parts: Iterable[T]) -> tuple[T, ...]:
        return tuple(part for part in parts if boxes_on_page(part.source, number))

    whole = steps.layout
    layout = replace(
        whole,
        elements=keep(whole.elements),
        furniture=keep(whole.furniture),
        damage=tuple((what, where) for what, where in whole.damage if boxes_on_page(where, number)),
        hidden=tuple((what, where) for what, where in whole.hidden if boxes_on_page(where, number)),
        remarks=keep(whole.remarks),
    )
    return replace(steps, pages=(steps.pages[number - 1],), layout=layout)


def render_json(value: object, indent: str = "", name: str = "") -> str:
    """Render plain data as JSON, two spaces a level.

    What fits on a line is not broken, nor is a record of plain values (a glyph).

    Args:
        value: What `json.dumps` takes.
        indent: The blanks before the line on which the value begins.
        name: What stands between them and the value: in an object, its name.

    Returns:
        Name and JSON, in which all characters are themselves, without a line end at its end.

    >>> text = render_json({"page": 1, "sizes": [[8] * 60, [9] * 60]})
    >>> print(text.replace("8, 8, ", "").replace("9, 9, ", ""))
    {
      "page": 1,
      "sizes": [
        [8, 8],
        [9, 9]
      ]
    }
    """
    line = name + json.dumps(value, ensure_ascii=False)
    is_plain = isinstance(value, dict) and not any(isinstance(item, dict | list) for item in value.values())
    if not isinstance(value, dict | list) or is_plain or len(indent) + len(line) < LINE_LENGTH:
        return line
    inner = f"{indent}  "
    if isinstance(value, dict):
        items = [render_json(item, inner, f"{json.dumps(key, ensure_ascii=False)}: ") for key, item in value.items()]
    else:
        items = [render_json(item, inner) for item in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{name}{opening}\n{inner}" + f",\n{inner}".join(items) + f"\n{indent}{closing}"
