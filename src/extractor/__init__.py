"""Read a Japanese prefecture's yearly PDF report into validated JSON."""

__version__ = "0.1.0"
