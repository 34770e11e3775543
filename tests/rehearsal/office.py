"""The folder of those who run the program once a year, and what they type into a terminal."""

import hashlib
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from command import Done, extractor, here
from press import cid, embedded
from press.model import ReportModel
from press.style import FAMILIES
from reports import GOLDEN, INPUTS, ROOT

# What is said every ten seconds of a machine that is slow.
_PROGRESS = re.compile(r"^\d+秒経過：.*\n", re.MULTILINE)
NAMES = ("aomori-sme-2022", "aomori-sme-2023")


class Office:
    """The folder, and the commands that are run in it, in Japanese. `program`: where the program stands."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.program = folder, ROOT / "src"
        self.raw, self.golden, self.output = (folder / name for name in ("raw", "golden", "output"))
        for path in (self.raw, self.golden):
            path.mkdir(parents=True)

    def lay_out(self) -> None:
        """Put there what is accepted in this repository: 2022 and 2023."""
        for path in INPUTS:
            if path.stem in NAMES:
                shutil.copy(path, self.raw)
                shutil.copy(path.with_suffix(".toml"), self.raw)
                shutil.copy(GOLDEN / f"{path.stem}.json", self.golden)
        for name in ("series.toml", "fingerprints.lock"):
            shutil.copy(GOLDEN / name, self.golden)
        shutil.copytree(GOLDEN / "originals", self.golden / "originals")

    def receive(self, name: str, model: ReportModel, family: str = "boxes") -> None:
        """Put a report into raw/, typeset as another producer does; where its fonts are missing, as the plain one."""
        typeset = embedded.typeset if embedded.available() else cid.typeset
        (self.raw / f"{name}.pdf").write_bytes(typeset(model, FAMILIES[family]).pdf)

    def note_count(self, name: str, programmes: int) -> None:
        """Say how many programmes were counted in a report."""
        (self.raw / f"{name}.toml").write_text(f"[expected]\nprogrammes = {programmes}\n", encoding="utf-8")

    def run(self) -> Done:
        """Read what is in raw/, in processes of its own."""
        return self._do_apart("run")

    def do(self, *arguments: str | Path) -> Done:
        """Run another command, in this process where the program is that of this repository."""
        if self.program != ROOT / "src":
            return self._do_apart(*arguments)
        return here(*arguments, "--lang", "ja", cwd=self.folder)

    def _do_apart(self, *arguments: str | Path) -> Done:
        done = extractor(*arguments, "--lang", "ja", cwd=self.folder, PYTHONPATH=str(self.program))
        return Done(done.returncode, done.stdout, _PROGRESS.sub("", done.stderr))

    def decide(self, name: str, said: Sequence[Mapping[str, Any]], waivers: Sequence[Mapping[str, str]]) -> Done:
        """Take decisions that were written by hand, on the output that there is."""
        digests = [
            hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None
            for path in (self.output / f"{name}.json", self.golden / f"{name}.json")
        ]
        data = {"report": name, "output_sha256": digests[0], "golden_sha256": digests[1]}
        path = self.folder / "decisions.json"
        path.write_text(json.dumps(data | {"decisions": said, "waivers": waivers}), encoding="utf-8")
        return self.do("accept", "--decisions", path.name)

    def check_settled(self, name: str) -> None:
        """Check that nothing is open: output and golden file are the same, and nothing is pending."""
        done = self.run()
        assert (done.code, done.stderr) == (0, "")
        assert "読取結果は承認済みの内容と同じ" in done.stdout
        assert self.do("review").code == 0
        assert (self.golden / f"{name}.json").read_bytes() == (self.output / f"{name}.json").read_bytes()
        # Of what is pending, nothing; that corrections were written is noted until the next `accept`.
        assert self.do("accept", name).code == 0
        assert not (self.golden / "pending.lock").exists()

    def review(self) -> tuple[Done, Path]:
        """Compare, and write the page."""
        return self.do("review", "--html", "review.html"), self.folder / "review.html"

    def open(self, path: str) -> Any:
        """What a JSON file says."""
        return json.loads((self.folder / path).read_bytes())


def count_things(text: str) -> dict[str, int]:
    """The counts in what `accept` says."""
    return {name: int(number) for name, number in re.findall(r"(\w+) (\d+)件", text)}


def count_differences(text: str) -> int:
    """How many places differ, as the last line of a run says."""
    return int(re.findall(r"読取結果と承認済みの内容との差分：(\d+)箇所", text)[0])
