"""The LlamaIndex index of approved passages."""

import os

# Read by NumPy's linear algebra when it loads. With threads of its own it spins while it waits for a busy processor,
# and one query then takes half a second in place of 20 ms. MiniLM shares the texts of a sync among threads instead.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
