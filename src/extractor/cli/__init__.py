"""The command line: arguments become calls, and what they give becomes lines, tables, files and an exit code.

In: what a person types. Out: standard output for what was asked for, standard error for what went wrong. `app` declares
all commands; each group of them is done by one module, which is imported only then.
"""

from pathlib import Path

# Where inputs, outputs and accepted outputs are, if a command is not told otherwise.
RAW, OUTPUT, GOLDEN = Path("raw"), Path("output"), Path("golden")
