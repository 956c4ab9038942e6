"""Settings: everything the environment decides, read once."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, Self, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from bot.errors import SettingsError

ModelName = Literal["extractive", "openai"]
EmbeddingName = Literal["minilm", "openai", "none"]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Settings(BaseModel):
    """One frozen value; `.env.example` explains each variable."""

    model_config = ConfigDict(frozen=True)

    desk: Path = Path("desk")
    """The desk's folder."""
    database_url: str = ""
    """Empty for the embedded database inside the desk's folder."""
    workspace: str = "local"
    """Whose rows these are; every row carries it."""
    model: ModelName = "extractive"
    embeddings: EmbeddingName = "minilm"
    openai_api_key: SecretStr = SecretStr("")
    openai_base_url: str = ""
    openai_model: str = ""
    openai_embedding_model: str = "text-embedding-3-small"
    model_timeout: float = 60.0
    """Seconds for one answer of a language model."""
    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    """For Socket Mode, which needs no public address."""
    slack_signing_secret: SecretStr = SecretStr("")
    """For signed HTTP delivery."""
    slack_api_url: str = ""
    """Empty for Slack itself."""
    host: str = "127.0.0.1"
    port: int = 3000
    """Where signed HTTP deliveries are taken, and /health is answered."""
    log_level: LogLevel = "INFO"
    helpdesk_tokens: dict[str, SecretStr] = Field(default_factory=dict)
    """By the end of the variable's name, in lower case: `zendesk` for `PROOFDESK_TOKEN_ZENDESK`."""
    helpdesk_apis: dict[str, str] = Field(default_factory=dict)
    """Other addresses of their APIs, such as the local workspace's; likewise."""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], **overrides: object) -> Self:
        """Settings from environment variables. Raises `SettingsError` with all problems together."""
        read = {
            field: environ[variable].strip()
            for variable, field in VARIABLES.items()
            if environ.get(variable, "").strip()
        }
        problems = [
            f"{variable} is '{read[field]}'; use one of {', '.join(get_args(choices))}."
            for variable, field, choices in (
                ("PROOFDESK_MODEL", "model", ModelName),
                ("PROOFDESK_EMBEDDINGS", "embeddings", EmbeddingName),
                ("PROOFDESK_LOG_LEVEL", "log_level", LogLevel),
            )
            if field in read and read[field] not in get_args(choices)
        ]
        timeout = read.get("model_timeout", "60")
        if not timeout.replace(".", "", 1).isdigit() or float(timeout) <= 0:
            problems.append(f"PROOFDESK_MODEL_TIMEOUT is '{timeout}'; use a number of seconds, such as 60.")
        needs_openai = "openai" in (read.get("model"), read.get("embeddings"))
        # A server of one's own often wants no key; OpenAI's always does.
        if needs_openai and "openai_api_key" not in read and "openai_base_url" not in read:
            problems.append("OPENAI_API_KEY is missing; set it, or OPENAI_BASE_URL for a server of your own.")
        if read.get("model") == "openai" and "openai_model" not in read:
            problems.append("OPENAI_MODEL is missing; name the model that writes drafts.")
        if "openai_base_url" in read and not _is_address(read["openai_base_url"]):
            problems.append("OPENAI_BASE_URL is not an address; write it like http://127.0.0.1:11434/v1.")
        problems += _slack_problems(read)
        tokens, apis = _ending(environ, "PROOFDESK_TOKEN_"), _ending(environ, "PROOFDESK_API_")
        problems += [
            f"PROOFDESK_API_{name.upper()} is not an address; leave it out for the usual one."
            for name, address in apis.items()
            if not _is_address(address)
        ]
        if problems:
            raise SettingsError(*problems)
        helpdesks = {"helpdesk_tokens": tokens, "helpdesk_apis": apis}
        return cls.model_validate({**read, **helpdesks, **{k: v for k, v in overrides.items() if v is not None}})

    @property
    def state(self) -> Path:
        """Where the desk's index and embedded database live."""
        return self.desk / ".proofdesk"

    @property
    def database(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{(self.state / 'proofdesk.db').resolve()}"


def _ending(environ: Mapping[str, str], beginning: str) -> dict[str, str]:
    """The variables that begin so, by what follows."""
    return {
        name.removeprefix(beginning).lower(): value.strip()
        for name, value in environ.items()
        if name.startswith(beginning) and value.strip()
    }


def _slack_problems(read: Mapping[str, str]) -> Iterator[str]:
    for variable, field, start in (
        ("SLACK_BOT_TOKEN", "slack_bot_token", "xoxb-"),
        ("SLACK_APP_TOKEN", "slack_app_token", "xapp-"),
    ):
        if field in read and not read[field].startswith(start):
            yield f"{variable} does not begin with {start}; copy it again from your app's pages at api.slack.com/apps."
    if "slack_api_url" in read and not _is_address(read["slack_api_url"]):
        yield "SLACK_API_URL is not an address; leave it empty for Slack itself."
    port = read.get("port", "3000")
    if not port.isdigit() or not 0 < int(port) < 65_536:
        yield f"PORT is '{port}'; use a number from 1 to 65535."


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


VARIABLES = {
    "PROOFDESK_DESK": "desk",
    "DATABASE_URL": "database_url",
    "PROOFDESK_WORKSPACE": "workspace",
    "PROOFDESK_MODEL": "model",
    "PROOFDESK_EMBEDDINGS": "embeddings",
    "OPENAI_API_KEY": "openai_api_key",
    "OPENAI_BASE_URL": "openai_base_url",
    "OPENAI_MODEL": "openai_model",
    "OPENAI_EMBEDDING_MODEL": "openai_embedding_model",
    "PROOFDESK_MODEL_TIMEOUT": "model_timeout",
    "SLACK_BOT_TOKEN": "slack_bot_token",
    "SLACK_APP_TOKEN": "slack_app_token",
    "SLACK_SIGNING_SECRET": "slack_signing_secret",
    "SLACK_API_URL": "slack_api_url",
    "HOST": "host",
    "PORT": "port",
    "PROOFDESK_LOG_LEVEL": "log_level",
}
"""Environment variable to field."""
