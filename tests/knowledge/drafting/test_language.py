import pytest

from knowledge.drafting.language import NAMES, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How can I reset my password? It does not work for me.", "en"),
        ("Wie kann ich bitte mein Passwort ändern? Das ist nicht gut.", "de"),
        ("Bonjour, comment est-ce que je peux changer mon mot de passe dans les réglages pour vous ?", "fr"),
        ("Hola, no puedo entrar en mi cuenta y tengo los datos del plan.", "es"),
        ("Ciao, non posso entrare e il mio account è bloccato, grazie della risposta.", "it"),
        ("Olá, não tenho conta e você está com os dados do meu plano. Obrigado.", "pt"),
        ("Ik kan niet inloggen met mijn account en het is voor uw team, graag hulp.", "nl"),
        ("Nie mogę się zalogować do konta, czy jest to możliwe? Proszę o pomoc, ale jak?", "pl"),
        ("Как мне сбросить пароль?", "ru"),
        ("كيف أغير كلمة المرور؟", "ar"),
        ("パスワードを変更したい", "ja"),
        ("비밀번호를 바꾸고 싶어요", "ko"),
        ("我想更改密码", "zh"),
    ],
)
def test_a_language_is_told(text: str, language: str) -> None:
    assert language_of(text) == language
    assert language in NAMES


@pytest.mark.parametrize("text", ["", "?!", "Refund", "12345", "\ud800", "Hi Team"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert language_of(text) is None


def test_a_foreign_quotation_does_not_decide_over_the_rest() -> None:
    assert language_of("How can I translate это слово in the app? It is not what we have.") == "en"


def test_english_questions_are_not_taken_for_polish() -> None:
    assert language_of("How do I delete invoices? How do I add members? How do I pay?") == "en"
