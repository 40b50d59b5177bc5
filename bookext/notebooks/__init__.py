"""Labs and chapters as notebooks."""
