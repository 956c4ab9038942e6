"""What a customer, a model or a document may try to make Slack do."""

import random

HOSTILE = (
    "<!channel>", "<!here>", "<!everyone|x>", "<@U0ANA>", "<@U0ANA|ana>", "<!subteam^S0SENIORS>",
    "<!subteam^S0SENIORS|@lead>", "<#C0INTAKE>", "<#C0INTAKE|general>", "<https://evil.example|refund policy>",
    "<https://evil.example>", "<evil.example>", "[refund policy](https://evil.example)",
    "[x][1]\n\n[1]: https://evil.example", "https://evil.example/?q={secret}", "http://evil.example",
    "HTTPS://EVIL.EXAMPLE", "evil.example", "www.evil.com", "evil.com/path?x=1", "xhttps://evil.example",
    "https://docs.harborlight.example@evil.example/", "https://user:pass@evil.example/", "https://аpple.com/",
    "аpple.com", "пример.рф", "https://xn--pple-43d.com", "xn--pple-43d.com", "evil。com", "evil．com", "evil｡com",
    "javascript:alert(1)", "JavaScript:alert(1)", "slack://open?team=T1", "file:///etc/passwd",
    "data:text/html;base64,PHNjcmlwdD4=", "tel:+4912345678", "mailto:a@evil.example", "someone@evil.example",
    "//evil.example/x", "https:\\\\evil.example", "https:evil.example", "![image](https://evil.example/x.png)",
    "<img src=https://evil.example/x.png>", "✅ Approved by @lead", ":white_check_mark: Approved by @lead",
    "*✅ Approved* by <@U0SAM>", "line\n✅ Approved by @lead\nline", "@here", "@channel now", "@everyone", "(@here)",
    "\u202egnahc\u202c", "pass\u200bword", "<\u200b!channel>", "ht\u200btps://evil.example",
    "evil\u2024example evil\u200b.example", "&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;", "&#60;!channel&#62;",
    "<<!channel>>", "<!channel", "!channel>", "<!date^0^{date}^https://evil.example|x>", "```<!channel>```", "`x`",
    "*bold* _it_ ~no~", "> quote", ">>> quote", "&gt; quote", ":+1: :smile::skin-tone-2:", "12:30:45",
    "{0} {} {channel}", "%s %(x)s", "\\<!channel\\>", "|", "a|b>", "[1] [2] proven", "x" * 1_500, "<" * 500,
    "&" * 700, "evil.example " * 100, "\ud800", "\u0000\u0007", " ", "", "\u2028✅ Approved by @lead",
    "\U000e0041\U000e0042", "#general", "evil.example.0", "ﬁ ﬂ", "https://evil.example。", "http:", "http: 404",
)  # fmt: skip

_FRAGMENTS = (
    *"<>&@#!|*_~`:/.()[]{}\\\n \t\u200b\u202e\u2028。",
    *(
        "http",
        "https",
        "://",
        "evil",
        "example",
        "com",
        "www",
        "channel",
        "here",
        "U0ANA",
        "S0X",
        "^",
        "subteam",
        "date",
        "smile",
    ),
    *(
        "&lt;",
        "&gt;",
        "&amp;",
        "javascript:",
        "mailto:",
        "a",
        "1",
        "✅ Approved by ",
        "hxxp",
        "hxxps://",
        "é",
        "рф",
        "-",
        "+1",
    ),
)


def hostile_strings(number: int, seed: int) -> list[str]:
    """So many strings put together from what acts."""
    chance = random.Random(seed)  # noqa: S311 - hostile, not secret.
    return ["".join(chance.choices(_FRAGMENTS, k=chance.randint(1, 14))) for _ in range(number)]
