"""The errors of the cards.

CardWithheld    a finished card holds something that may not be shown
"""

from bot.errors import BotError


class CardWithheld(BotError):
    """A finished card holds something that may not be shown. The message names the rule, never the words."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"This card was withheld because {rule}. Please report this line; nothing was shown.")
        self.rule = rule
