"""A local Slack workspace: strict where Slack is strict, and broken on demand."""
