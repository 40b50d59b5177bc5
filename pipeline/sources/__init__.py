"""One module per source; each has ``build(run)``, which returns that source's tables."""
