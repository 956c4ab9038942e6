"""The pure core: from a ticket and approved passages to a proven draft. No I/O, no clock, no logging."""
