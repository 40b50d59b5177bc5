"""Patches of libraries, each with the gap it closes."""
