"""Sources: where a team's documents come from besides its own folder. They are read, never written to."""
