"""What we know, and what may be said from it."""
