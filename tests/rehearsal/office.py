"""The folder of those who run the program once a year, and what they type into a terminal."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from command import Done, extractor, here
from reports import GOLDEN, INPUTS, ROOT

# What is said every ten seconds of a machine that is slow.
_PROGRESS = re.compile(r"^\d+秒経過：.*\n", re.MULTILINE)
NAMES = ("aomori-sme-2022", "aomori-sme-2023")


class Office:
    """The folder, and the commands that are run in it, in Japanese."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
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

    def run(self) -> Done:
        """Read what is in raw/, in processes of its own."""
        done = extractor("run", "--lang", "ja", cwd=self.folder, PYTHONPATH=str(ROOT / "src"))
        return Done(done.returncode, done.stdout, _PROGRESS.sub("", done.stderr))

    def do(self, *arguments: str | Path) -> Done:
        """Run another command, in this process."""
        return here(*arguments, "--lang", "ja", cwd=self.folder)

    def review(self) -> tuple[Done, Path]:
        """Compare, and write the page."""
        return self.do("review", "--html", "review.html"), self.folder / "review.html"

    def open(self, path: str) -> Any:
        """What a JSON file says."""
        return json.loads((self.folder / path).read_bytes())
