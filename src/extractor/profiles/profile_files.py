"""Files of profiles: which there are, told by their names alone."""

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def index_profile_files() -> dict[str, str]:
    """Index the names of all profiles' files, without `.toml`, by the profile's id, in the order of the ids.

    A file is named by the id, with underscores for its hyphens.
    """
    return {name.replace("_", "-"): name for name in sorted(path.stem for path in FOLDER.glob("*.toml"))}


def hash_profile(profile_id: str) -> str:
    """Hash a profile's file with SHA-256.

    The hash tells whether the profile has changed since a report was read with it.
    """
    return hashlib.sha256(FOLDER.joinpath(f"{index_profile_files()[profile_id]}.toml").read_bytes()).hexdigest()
