"""Dated posts beside the book."""
