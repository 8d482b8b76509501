"""Prebuilt statements for the hot paths."""
