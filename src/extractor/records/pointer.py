"""Pointers (RFC 6901) into a report's JSON: built, taken apart and followed here alone.

In: pointers as findings, changes and corrections hold them. Out: their parts, the values they lead to, other pointers.
"""

from collections.abc import Iterator
from typing import Any

import jsonpointer


def join_pointer(pointer: str, *parts: str | int) -> str:
    """Append parts to a pointer, escaped.

    Args:
        pointer: Where to begin; "" is the whole document.
        parts: Names of fields and indices of lists.

    Returns:
        The longer pointer.

    >>> join_pointer("/policies/0", "programmes", 3)
    '/policies/0/programmes/3'
    >>> join_pointer("", "a/b~c")
    '/a~1b~0c'
    """
    return pointer + "".join(f"/{jsonpointer.escape(str(part))}" for part in parts)


def split_pointer(pointer: str) -> list[str]:
    """Split a pointer into its parts, unescaped.

    What stands before the first slash is no part.

    >>> split_pointer("/policies/0/a~1b")
    ['policies', '0', 'a/b']
    >>> split_pointer("")
    []
    """
    return [jsonpointer.unescape(part) for part in pointer.split("/")[1:]]


def resolve_pointer(data: Any, pointer: str) -> Any:
    """Follow a pointer into JSON data.

    Args:
        data: Dicts, lists and values, as `Report.model_dump(mode="json")` gives them.
        pointer: A pointer into them.

    Returns:
        What the pointer leads to.

    Raises:
        LookupError: It leads to nothing, or is no pointer.

    >>> resolve_pointer({"a": [1, 2]}, "/a/1")
    2
    >>> resolve_pointer({"a": [1, 2]}, "/a/2")
    Traceback (most recent call last):
    LookupError: /a/2 points to nothing
    """
    try:
        return jsonpointer.resolve_pointer(data, pointer)
    except jsonpointer.JsonPointerException:
        raise LookupError(f"{pointer} points to nothing") from None


def parent_pointer(pointer: str, levels: int = 1) -> str:
    """Shorten a pointer to what holds the value.

    Args:
        pointer: A pointer.
        levels: How many parts are taken off; a list and its index are two.

    Returns:
        The shorter pointer; "" where no part is left.

    >>> parent_pointer("/policies/0/programmes/3", 2)
    '/policies/0'
    """
    for _ in range(levels):
        pointer = pointer.rpartition("/")[0]
    return pointer


def last_part(pointer: str) -> str:
    """Take the last part of a pointer.

    >>> last_part("/policies/0/programmes/3")
    '3'
    """
    return jsonpointer.unescape(pointer.rpartition("/")[2])


def iterate_outwards(pointer: str | None) -> Iterator[str]:
    """Iterate a pointer, that to what holds it, and so on; never the whole document.

    >>> list(iterate_outwards("/policies/0"))
    ['/policies/0', '/policies']
    """
    while pointer:
        yield pointer
        pointer = parent_pointer(pointer)


def is_at_or_under(pointer: str, holder: str) -> bool:
    """Tell whether a pointer is another one, or leads into what that leads to.

    Args:
        pointer: The pointer asked about.
        holder: The pointer to what may hold it.

    Returns:
        Whether it does.

    >>> is_at_or_under("/policies/1/title", "/policies/1"), is_at_or_under("/policies/10", "/policies/1")
    (True, False)
    """
    return pointer == holder or pointer.startswith(f"{holder}/")
