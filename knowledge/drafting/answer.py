"""ModelAnswer: what any model must return. Untrusted until `grounding` and `guard` have read it."""

from pydantic import BaseModel, ConfigDict, Field


class _FromModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Quote(_FromModel):
    """Words a model says it found in a passage."""

    passage: str = Field(description="The id of a supplied passage, such as P2.")
    text: str = Field(description="Words copied from that passage, character for character.")


class ModelStatement(_FromModel):
    """One sentence for the customer, and the words that prove it."""

    text: str
    quotes: tuple[Quote, ...]


class ModelAnswer(_FromModel):
    """A model's proposal. It holds no greeting, links, decisions or questions: those are the desk's own words."""

    statements: tuple[ModelStatement, ...]
    missing_facts: tuple[str, ...] = Field(description="Ids of listed facts that the ticket does not hold.")
    risks: tuple[str, ...] = Field(description="Ids of listed escalation categories that the ticket shows.")


class TokenCount(_FromModel):
    """Tokens a model was paid for."""

    prompt: int = 0
    completion: int = 0


class ModelReply(_FromModel):
    """A validated answer and what it cost."""

    answer: ModelAnswer
    tokens: TokenCount = TokenCount()
