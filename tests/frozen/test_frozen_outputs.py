"""The program says of a fixed set of inputs what it said when they were frozen, to the byte."""

from pathlib import Path

import pytest

from frozen.outputs import DIGESTS, collect_outputs, digest_lines

pytestmark = pytest.mark.slow


def test_all_outputs_are_as_they_were_frozen(tmp_path: Path) -> None:
    now = digest_lines(collect_outputs(Path(__file__).parents[2], tmp_path))
    frozen = DIGESTS.read_text(encoding="utf-8").splitlines()
    changed = sorted({line.split("  ", 1)[1] for line in set(now) ^ set(frozen)})
    assert not changed, "a change on purpose is frozen by `make freeze`; `make compare-outputs BASE=REVISION` shows it"
