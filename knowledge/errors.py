"""The errors of the knowledge room.

KnowledgeError
    DeskFileError         a file of the desk cannot be used
    ModelError            the language model gave no usable answer
        ModelUnreachable      no connection, time-out, or the service keeps failing
        ModelRefused          the model or its content filter declined
        ModelCutOff           the answer ended before it was complete
        ModelInvalid          the answer is not what the schema asks for
    IndexUnusable         the index is missing, broken or made with other embeddings
"""


class KnowledgeError(Exception):
    """Base of this room's errors. The message is one sentence for people and names the next step."""


class DeskFileError(KnowledgeError):
    """Files of the desk cannot be used; `problems` holds a sentence for each, with file, line and remedy."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class ModelError(KnowledgeError):
    """The language model gave no usable answer."""


class ModelUnreachable(ModelError):
    """No connection, a time-out, or the service keeps failing."""


class ModelRefused(ModelError):
    """The model or its content filter declined to answer."""


class ModelCutOff(ModelError):
    """The answer ended before it was complete."""


class ModelInvalid(ModelError):
    """The answer is not what the schema asks for."""


class IndexUnusable(KnowledgeError):
    """The index is missing, broken or made with other embeddings."""
