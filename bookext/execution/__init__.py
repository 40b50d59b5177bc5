"""Which pages run, in which kernels, and what their results were made from."""
