"""Helpdesks: tickets read where a team keeps them. Nothing here can write."""
