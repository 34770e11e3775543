"""The types that pass between the steps. They import nothing of the program."""
