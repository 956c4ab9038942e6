"""How we talk with people, and where everything is put together."""
