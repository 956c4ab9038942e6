"""The LlamaIndex index of approved passages."""

import os

# Read by NumPy's linear algebra when it loads. With more threads it spins while it waits for a busy processor: one query
# then takes half a second in place of 20 ms. The texts of a sync are shared out among threads of our own instead.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
