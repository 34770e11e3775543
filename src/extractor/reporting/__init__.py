"""Report: comparisons as people read them."""
