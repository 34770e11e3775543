"""Many input files become output files and `run.json`, each read in a process of its own.

In: files and folders. Out: `<name>.json` for each input that gives a report, and `run.json` on all of them. A file that
cannot be read costs no other file anything, and nothing already written is lost. `runner.run` does it.
"""
