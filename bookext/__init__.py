"""The Sphinx extensions of the book, a room per concern."""
