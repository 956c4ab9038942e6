"""Which language a text is in, for as long as it is one we can tell apart. Enough to say "not ours", no more."""

import re
from collections import Counter

# The commonest short words of each language; words that several share are left out.
_TELLING = {
    "en": "the and is to of you it that for with have this are was not what how my can please your but from does we when i do in on at can me be there any has would",
    "de": "der die das und ist nicht ich sie wir ein eine mit für auf wie kann bitte haben mein ihr wenn zu den von noch",
    "fr": "le les des et est pas je vous nous une avec pour sur comment peut bonjour mon votre dans mais que qui ce sont du",
    "es": "el los las y es no puedo usted nosotros una con para cómo mi su pero que por está tengo hola cuenta al del",
    "it": "il gli e è non posso una con per come mio vostro ma che di sono ho ciao della alla questo grazie account lo",
    "pt": "o os as é não eu você uma com para como minha seu mas que por está tenho olá conta do da em obrigado",
    "nl": "de het en is niet ik u wij een met voor op hoe kan mijn uw maar van dat heb aan zijn graag naar",
    "pl": "jest nie ja się na to jak mogę proszę mój ale że po dla czy mam z w o",
    "sv": "och är inte jag ni vi en ett med för på hur kan min er men att av har det som till",
    "da": "og er ikke jeg i vi en et med for på hvordan kan min jeres men at af har det som til",
}
_WORDS = {language: frozenset(words.split()) for language, words in _TELLING.items()}
_SCRIPTS = (
    ("ru", r"[\u0400-\u04ff]"),
    ("el", r"[\u0370-\u03ff]"),
    ("ar", r"[\u0600-\u06ff]"),
    ("he", r"[\u0590-\u05ff]"),
    ("hi", r"[\u0900-\u097f]"),
    ("ko", r"[\uac00-\ud7af]"),
    ("ja", r"[\u3040-\u30ff]"),
    ("zh", r"[\u4e00-\u9fff]"),
)
NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "pl": "Polish", "sv": "Swedish",
    "da": "Danish", "ru": "Russian", "el": "Greek", "ar": "Arabic", "he": "Hebrew", "hi": "Hindi", "ko": "Korean", "ja": "Japanese", "zh": "Chinese",
}  # fmt: skip
_SAMPLE = 4_000


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; None where the text is too short or too mixed to tell."""
    sample = text[:_SAMPLE]
    letters = sum(character.isalpha() for character in sample)
    for language, script in _SCRIPTS:
        if letters and len(re.findall(script, sample)) > letters / 3:
            return language
    found = Counter(
        language
        for word in re.findall(r"[^\W\d_]+", sample.casefold())
        for language, own in _WORDS.items()
        if word in own
    ).most_common(2)
    if not found or found[0][1] < 3 or (len(found) > 1 and found[1][1] >= found[0][1]):
        return None
    return found[0][0]
