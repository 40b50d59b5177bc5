"""From upstream files to the tidy tables of ``data/``: ``python -m pipeline``."""
