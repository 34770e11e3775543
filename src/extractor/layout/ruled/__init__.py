"""ruled."""
