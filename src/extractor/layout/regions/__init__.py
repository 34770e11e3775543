"""Regions: a page cut into what belongs together, before lines are joined."""
