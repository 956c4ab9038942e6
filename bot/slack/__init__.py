"""The Slack room: everything that speaks with Slack, under the listeners."""
