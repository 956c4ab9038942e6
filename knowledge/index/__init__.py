"""The LlamaIndex index of approved passages."""
