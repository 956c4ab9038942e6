"""Benchmarks: speed and retrieval, as ratios in one run. `make bench` prints them."""
