"""Measuring drafts against test tickets."""
