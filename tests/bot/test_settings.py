from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import VARIABLES, Settings

ROOT = Path(__file__).parents[2]


def test_nothing_has_to_be_set() -> None:
    settings = Settings.from_environ({})
    assert (settings.model, settings.embeddings, settings.workspace) == ("extractive", "minilm", "local")
    assert settings.database.startswith("sqlite:///")
    assert settings.database.endswith("desk/.proofdesk/proofdesk.db")


def test_an_option_wins_over_the_environment_and_an_empty_variable_counts_as_unset() -> None:
    settings = Settings.from_environ({"PROOFDESK_DESK": "here", "DATABASE_URL": " "}, desk=Path("there"))
    assert settings.desk == Path("there")
    assert settings.database.startswith("sqlite:///")


def test_all_problems_are_reported_together() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environ(
            {"PROOFDESK_MODEL": "gpt", "PROOFDESK_EMBEDDINGS": "big", "PROOFDESK_MODEL_TIMEOUT": "soon"}
        )
    assert [line.split()[0] for line in str(caught.value).splitlines()] == [
        "PROOFDESK_MODEL", "PROOFDESK_EMBEDDINGS", "PROOFDESK_MODEL_TIMEOUT",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("environ", "problem"),
    [
        ({"PROOFDESK_MODEL": "openai", "OPENAI_MODEL": "m"}, "OPENAI_API_KEY is missing"),
        ({"PROOFDESK_MODEL": "openai", "OPENAI_API_KEY": "k"}, "OPENAI_MODEL is missing"),
        ({"PROOFDESK_EMBEDDINGS": "openai"}, "OPENAI_API_KEY is missing"),
        ({"OPENAI_BASE_URL": "http://host:99999/v1"}, "OPENAI_BASE_URL is not an address"),
        ({"OPENAI_BASE_URL": "localhost:11434"}, "OPENAI_BASE_URL is not an address"),
    ],
)
def test_what_a_choice_needs_is_asked_for(environ: dict[str, str], problem: str) -> None:
    with pytest.raises(SettingsError, match=problem):
        Settings.from_environ(environ)


def test_a_server_of_ones_own_needs_no_key() -> None:
    read = Settings.from_environ(
        {"PROOFDESK_MODEL": "openai", "OPENAI_MODEL": "m", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}
    )
    assert read.openai_base_url == "http://127.0.0.1:1/v1"


def test_a_key_does_not_show() -> None:
    settings = Settings.from_environ({"OPENAI_API_KEY": "sk-secret"})
    assert "sk-secret" not in repr(settings) + str(settings)


def test_every_setting_is_explained_in_the_example() -> None:
    explained = (ROOT / ".env.example").read_text()
    assert [variable for variable in VARIABLES if f"\n{variable}=" not in explained] == []
