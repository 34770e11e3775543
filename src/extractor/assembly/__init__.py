"""Assembly: parsed values become records.

In: pairs of list rows and blocks, and an edition's corrections. Out: a `Report` with ids (`assemble`), with the values
put right that a person has found wrong (`corrections`).
"""
