"""The command `inspect`: a page is drawn and what stands on it is printed, or what a step made is printed as JSON."""

from pathlib import Path

import typer
from rich.table import Table
from rich.text import Text

from extractor.cli.console import fail, fail_on, print_line, print_notice, print_table, tell
from extractor.document.step import BY_PAGE, Step
from extractor.errors import CannotRead
from extractor.inspection.dump import dump_step
from extractor.inspection.inspect_page import InspectedPage, inspect_page
from extractor.language import get_language
from extractor.profiles.profile import get_profile
from extractor.records.comparison import Labels
from extractor.records.messages import make_message
from extractor.reporting.i18n import load_words, message_in, word
from extractor.reporting.terminal import name_place
from extractor.runtime.atomic_write import write_where_named
from extractor.runtime.file_names import text_to_printable

# The groups of words in which a finding is named.
_NAMED = {"severity": "severities", "code": "codes"}
# So many characters of a text are printed where a list shows only how it begins.
BEGINNING = 40


def draw_page(path: Path, page: int | None, label: str | None, out: Path | None, profile: str | None) -> None:
    """Draw a page of a PDF, and print what stands on it.

    Args:
        path: The PDF.
        page: The page, counted from 1; None: the one with `label`.
        label: The number printed on the page.
        out: The picture; None: `<name>-page-<number>.png` in this folder.
        profile: The id of the profile to read it with; None: the one that it fits.
    """
    if (page is None) == (label is None):
        fail(make_message("usage.page"))
    if out is not None and out.suffix.lower() != ".png":
        fail(make_message("usage.png", file=text_to_printable(out)))
    _check_profile(profile)
    with fail_on(CannotRead, at=path):
        seen = inspect_page(path, page, label, profile, _load_picture_words())
    target = out or Path(f"{path.stem}-page-{seen.page}.png")
    with fail_on(OSError, at=target):
        write_where_named(target, seen.png)
    language = get_language()
    printed = tell("inspect.printed", label=seen.label) if seen.label else ""
    name = text_to_printable(path.name)
    print_line(tell("inspect.page", file=name, page=seen.page, pages=seen.pages, printed=printed))
    print_table(_list_parts(seen))
    for flag in seen.flags:
        finding = flag.finding
        said = {name: word(language, f"{group}", getattr(finding, name)) for name, group in _NAMED.items()}
        said |= {"where": _name_place(seen, finding.pointer), "message": message_in(finding, language)}
        print_line(tell("inspect.finding", number=flag.number, **said))
    for note in seen.notes:
        print_notice(tell("inspect.warning", message=note))
    if seen.refusal:
        _warn_of_refusal(seen.refusal)
    print_line(tell("inspect.drawn", file=text_to_printable(target)))


def print_dump(
    path: Path, step: Step, page: int | None, label: str | None, out: Path | None, profile: str | None
) -> None:
    """Print what a step made of a file, and on standard error why it gives no report.

    Args:
        path: A PDF or a transcript.
        step: The step.
        page: Of some steps, only what is on this page; None: all, or the page with `label`.
        label: The number printed on the page.
        out: None: no picture is drawn that could be written there.
        profile: The id of the profile to read it with; None: the one that it fits.
    """
    if out is not None:
        fail(make_message("usage.dump-out"))
    if page is not None and label is not None:
        fail(make_message("usage.page"))
    if (page is not None or label is not None) and step not in BY_PAGE:
        fail(make_message("usage.dump-page", step=step))
    _check_profile(profile)
    with fail_on(CannotRead, at=path):
        dump = dump_step(path, step, page, label, profile)
    typer.echo(dump.text, nl=False)
    if dump.refusal:
        _warn_of_refusal(dump.refusal)


def _check_profile(profile: str | None) -> None:
    if profile is not None:
        with fail_on(ValueError):
            get_profile(profile)


def _warn_of_refusal(refusal: CannotRead) -> None:
    print_notice(tell("inspect.refused", why=refusal, status=refusal.status))


def _list_parts(seen: InspectedPage) -> Table:
    """List what stands on a page, a line for each paragraph, row of a table and piece of furniture."""
    table = Table(box=None, pad_edge=False)
    table.add_column("", justify="right")
    for heading in ("what", "record", "text", "box"):
        table.add_column(tell(f"inspect.{heading}"), no_wrap=True, overflow="ellipsis")
    words = load_words(get_language())["inspect"]["labels"]
    for part in seen.parts:
        text = text_to_printable(part.text)
        short = text if len(text) <= BEGINNING else f"{text[: BEGINNING - 1]}…"
        label = " ".join(words.get(one, one) for one in (part.label or "row").split())
        what = f"  {label}" if part.is_row else label
        box = " ".join(f"{side:.1f}" for side in part.box)
        table.add_row(str(part.number or ""), what, Text(_name_place(seen, part.pointer)), Text(short), box)
    return table


def _load_picture_words() -> dict[str, str]:
    """Load what is written in the picture for its English labels; they need no other words in English."""
    groups = load_words(get_language())["inspect"]
    return {} if get_language() == "en" else {**groups["labels"], **groups["picture"]}


def _name_place(seen: InspectedPage, pointer: str) -> str:
    """Name the record that holds a part: its programme and item, or its chapter; "" where it is in none of these."""
    labels = seen.places[pointer]
    return "" if labels == Labels() else name_place(labels, get_language())
