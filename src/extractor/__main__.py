"""`python -m extractor` is `extractor`."""

import sys

from extractor.runtime.process_end import end_in_order, open_standard_streams, stop_on_signals


def main() -> None:
    """Run the command line; whatever happens, end in order.

    The rest is imported only then: that takes a second.
    """
    open_standard_streams()
    stop_on_signals()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(end_in_order(_command_line))


def _command_line() -> object:
    from extractor.cli.app import app

    return app()


if __name__ == "__main__":
    main()
