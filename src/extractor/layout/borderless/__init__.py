"""borderless."""
