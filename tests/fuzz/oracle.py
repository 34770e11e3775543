"""The oracle: what may come of a mutant. It is refused, or each value is as before, or a finding says so.

A second engine tells whether a mutant says something else itself: what pdfium reads at a value's place in the clean
file and in the mutant. Only where it reads the same is another value of ours wrong.
"""

import os
import pickle
import resource
import select
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

import pypdfium2

from extractor.errors import CannotRead
from mutants.judging import Key, Place, Reading, find_silent, read_leaves

SECONDS, MEMORY = 20, 2 << 30

Outcome = Literal["same", "refused", "said", "silent", "crash"]


@dataclass(frozen=True)
class Judgement:
    """What came of one mutant: `why` is the status, or what is silent, or how it crashed."""

    outcome: Outcome
    why: str = ""
    silent: dict[Key, str] = field(default_factory=dict)


def judge(clean: bytes, before: Reading, mutant: bytes) -> Judgement:
    """Read a mutant in a process of its own, and tell what came of it.

    Args:
        clean: The file before it was changed.
        before: What is read of that.
        mutant: The changed file.

    Returns:
        What came of it. Where the process dies, but for a limit of time or memory, it is a crash.
    """
    read = run_apart(lambda: _judge_here(clean, before, mutant))
    return read if isinstance(read, Judgement) else Judgement("crash", read)


def _judge_here(clean: bytes, before: Reading, mutant: bytes) -> Judgement:
    try:
        after = read_leaves(mutant)
    except CannotRead as refusal:
        return Judgement("refused", refusal.status)
    except MemoryError:
        return Judgement("refused", "too-heavy")
    if after is None:
        return Judgement("refused")
    silent = find_silent(before, after, {}, {})
    silent = {
        key: why
        for key, why in silent.items()
        if not _is_said_of_all(key, before, after) and _reads_the_same(clean, mutant, _list_places(key, before, after))
    }
    if silent:
        return Judgement("silent", next(iter(silent.values())), silent)
    same = {key: leaf.value for key, leaf in before.leaves.items()} == {
        key: leaf.value for key, leaf in after.leaves.items()
    }
    return Judgement("same" if same else "said")


def _is_said_of_all(key: Key, before: Reading, after: Reading) -> bool:
    """Tell whether something new is said of a leaf's page as damaged, or of what holds the leaf up to its chapter.

    Of a leaf that is not there any more, whatever is said does.
    """
    known = Counter((code, message) for code, _, message, _ in before.findings)
    new = []
    for code, pointer, message, places in after.findings:
        known[code, message] -= 1
        if known[code, message] < 0:
            new.append((code, pointer, places))
    if key not in after.leaves:
        return bool(new)
    leaf = after.leaves[key]
    row = leaf.pointer.partition("/observations/")[0]
    pages = {page for page, _ in (*leaf.places, *(before.leaves[key].places if key in before.leaves else ()))}
    return any(
        (pointer and (leaf.pointer.startswith(pointer) or pointer == f"{row}/name"))
        or (code in ("damaged-page", "repaired-file") and not pages.isdisjoint(page for page, _ in places))
        for code, pointer, places in new
    )


def _list_places(key: Key, before: Reading, after: Reading) -> list[Place]:
    """List the places of a leaf; of a value also those of its row, whose name it goes by."""
    keys = {key, (key[0], "item", *key[2:3])} if key[1] == "value" else {key}
    leaves = [reading.leaves[one] for reading in (before, after) for one in sorted(keys) if one in reading.leaves]
    return [place for leaf in leaves for place in leaf.places]


def _reads_the_same(clean: bytes, mutant: bytes, places: Sequence[Place]) -> bool:
    """Tell whether pdfium reads in some places of the mutant what it reads there in the clean file."""
    try:
        one, other = pypdfium2.PdfDocument(clean), pypdfium2.PdfDocument(mutant)
        return all(_read_place(one, place) == _read_place(other, place) for place in places)
    except (pypdfium2.PdfiumError, ValueError, IndexError):
        return False


def _read_place(document: pypdfium2.PdfDocument, place: Place) -> str:
    number, box = place
    page = document[number - 1]
    height = page.get_height()
    text: str = page.get_textpage().get_text_bounded(box.x0, height - box.bottom, box.x1, height - box.top)
    return "".join(text.split())


def run_apart(work: Callable[[], Judgement]) -> Judgement | str:
    """Do some work in a fork of this process, within bounds; a text says how the fork ended otherwise."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        silence = os.open(os.devnull, os.O_RDWR)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        try:
            answer: Judgement | str = work()
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"[:200]
        with suppress(OSError):
            os.write(writing, pickle.dumps(answer))
        os._exit(0)
    os.close(writing)
    ready, _, _ = select.select([reading], [], [], 3 * SECONDS)
    data = b""
    while ready and (chunk := os.read(reading, 1 << 16)):
        data += chunk
    os.close(reading)
    if not data:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL if not ready else 0)
    _, status = os.waitpid(child, 0)
    if data:
        found: Judgement | str = pickle.loads(data)
        return found
    if not ready or (os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL)):
        return Judgement("refused", "too-heavy")
    return f"ended with status {status}"
