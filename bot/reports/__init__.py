"""What the desk measures of itself, and where people read it."""
