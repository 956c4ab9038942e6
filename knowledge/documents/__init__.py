"""Approved documents: their versions, their front matter, and the passages they are cut into."""
