"""Running the chapters: which need it, in which kernels, and the cache of their runs."""
