"""The Web API's methods. A method that is not here is unknown."""

from bot.sandbox.methods import apps, chat, conversations, files, people, reactions, views
from bot.sandbox.methods.method import METHODS, Desk

__all__ = ["METHODS", "Desk", "apps", "chat", "conversations", "files", "people", "reactions", "views"]
