"""Faults: which failures of one part leave the rest of a report to be written."""

from extractor.errors import CannotRead


def is_local(fault: BaseException) -> bool:
    """Tell whether what was raised concerns the work at hand alone.

    The rest can then go on. Want of memory, a refusal of the input and an interruption concern all of it. What Sudachi
    raises where it fails inside is no `Exception`, and is known by its name alone.

    >>> is_local(ValueError()), is_local(RecursionError()), is_local(MemoryError()), is_local(KeyboardInterrupt())
    (True, True, False, False)
    """
    if isinstance(fault, MemoryError | CannotRead):
        return False
    return isinstance(fault, Exception) or type(fault).__name__ == "PanicException"
