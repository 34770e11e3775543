"""TOML text: what the program writes in files that it reads by `tomllib`."""

import json


def quoted(text: str) -> str:
    """A TOML string: one of JSON, with the one sign escaped that only TOML forbids.

    >>> quoted('港の「学び舎」"A"\\x7f')
    '"港の「学び舎」\\\\"A\\\\"\\\\u007f"'
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def scalar(value: str | int | bool) -> str:
    """A TOML value.

    >>> scalar("a"), scalar(12), scalar(True)
    ('"a"', '12', 'true')
    """
    return quoted(value) if isinstance(value, str) else json.dumps(value)
