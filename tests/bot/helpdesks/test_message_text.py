"""What people wrote is kept, and what their mail programs added is not."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.helpdesks.message_text import message_text

GMAIL_SAID = (
    "On Mon, May 4, 2026 at 10:12 AM Ben Okafor &lt;<a href='mailto:ben@acme.example'>ben@acme.example</a>&gt; wrote:"
)
OUTLOOK_FIELDS = (
    "<b>From:</b> Ben Okafor &lt;ben@acme.example&gt;<br><b>Sent:</b> Monday, May 4, 2026 10:12 AM<br>"
    "<b>To:</b> Dana Reyes &lt;dana@shop.example&gt;<br><b>Subject:</b> RE: Refund"
)
OUTLOOK_BORDER = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"

MARKUP = {
    "paragraphs stand apart": ("<p>Hello,</p><p>my card fails.</p>", "Hello,\n\nmy card fails."),
    "a line break is a line break": ("Line one<br>line two<br/>line three", "Line one\nline two\nline three"),
    "two line breaks are an empty line": ("One<br><br>two", "One\n\ntwo"),
    "no more than one empty line in a row": ("One<br><br><br><br><p></p><p>&nbsp;</p>two", "One\n\ntwo"),
    "lines of Gmail are blocks, and its empty lines have a break in them": (
        '<div dir="ltr">Hi,<div><br></div><div>please cancel.</div><div>Dana</div></div>',
        "Hi,\n\nplease cancel.\nDana",
    ),
    "paragraphs of Word are lines, and its empty lines have a no-break space in them": (
        (
            "<p class=MsoNormal>Hi,<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
            "<p class=MsoNormal>please cancel.</p><p class=MsoNormal>Dana</p>"
        ),
        "Hi,\n\nplease cancel.\nDana",
    ),
    "paragraphs without a margin are lines": (
        (
            '<p style="margin:0">One</p><p style="color:red; margin: '
            '0px 0px 0px 0px">two</p><p style="margin:10px 0">three</p>'
        ),
        "One\ntwo\n\nthree",
    ),
    "the source's own line breaks mean nothing": (
        "<p>My invoice\n  is\twrong,\r\n  please look.</p>",
        "My invoice is wrong, please look.",
    ),
    "bold, italic and coloured words stay in their sentence": (
        "<p>I <b>really</b> need <i>my</i> <span style='color:red'>money</span>.</p>",
        "I really need my money.",
    ),
    "headings stand apart": ("<h2>Order 12</h2>It is late.", "Order 12\n\nIt is late."),
    "items of a list are marked": (
        "<p>I tried:</p><ul><li>Chrome</li><li>Safari</li></ul>",
        "I tried:\n\n- Chrome\n- Safari",
    ),
    "items of a numbered list are numbered": ("<ol><li>Log in</li><li><p>Export</p></li></ol>", "1. Log in\n2. Export"),
    "a numbered list may start late": (
        '<ol start="3"><li>c</li><li value="7">g</li><li>h</li></ol>',
        "3. c\n7. g\n8. h",
    ),
    "a list in a list is set in": (
        "<ul><li>Team<ul><li>Dana</li></ul></li><li>Solo</li></ul>",
        "- Team\n  - Dana\n- Solo",
    ),
    "a list without its tag is a list": ("<li>One<li>Two", "- One\n- Two"),
    "a row of a table is a line": (
        "<table><tr><th>Plan</th><th>Seats</th></tr><tr><td>Team</td><td>12</td></tr></table><p>Right?</p>",
        "Plan | Seats\nTeam | 12\n\nRight?",
    ),
    "a row of Word's table too, with paragraphs in its cells": (
        (
            "<p>See:</p><table><tbody><tr><td><p class=MsoNormal>Plan</p></td><td><p>Team</p></td></tr>"
            "<tr><td><p>Seats</p></td><td><p></p></td><td><p>12</p></td></tr></tbody></table>"
        ),
        "See:\n\nPlan | Team\nSeats | 12",
    ),
    "a table that only sets the page leaves no trace": (
        (
            "<table><tr><td><table><tr><td>&nbsp;</td></tr><tr><td><p>"
            "Hello</p><p>I moved.</p></td></tr></table></td></tr></table>"
        ),
        "Hello\n\nI moved.",
    ),
    "a link shows its address": (
        '<a href="https://acme.example/r/1">The report</a> fails',
        "The report (https://acme.example/r/1) fails",
    ),
    "a link that reads as its address shows it once": (
        (
            'See <a href="https://www.acme.example/">acme.example</a>'
            ' and <a href="https://acme.example/%C3%A9">https://acme.example/é</a>'
        ),
        "See acme.example and https://acme.example/é",
    ),
    "an address of a person is shown once": (
        'Write to <a href="mailto:d@shop.example?subject=Hi">d@shop.example</a>.',
        "Write to d@shop.example.",
    ),
    "an address behind a name is shown": ('<a href="mailto:d@shop.example">Dana</a>', "Dana (d@shop.example)"),
    "links that lead nowhere outside show none": (
        '<a href="#top">Top</a>, <a href="javascript:x()">run</a>, <a>bare</a>',
        "Top, run, bare",
    ),
    "a picture is told by its description": (
        'Error: <img src="cid:1" alt="Card  declined">',
        "Error: [image: Card declined]",
    ),
    "a picture without a description is nothing": ('Hello <img src="https://t.example/p.gif" alt="">', "Hello"),
    "a picture of a smiley is that smiley": ('Thanks <img alt="🙂" class="emoji">', "Thanks 🙂"),
    "entities are characters": ("Caf&eacute; &amp; bar &#8364;5 &#x1F642; &lt;b&gt; &#146;", "Café & bar €5 🙂 <b> ’"),
    "scripts, styles, titles and comments are dropped": (
        (
            "<html><head><title>T</title><style>p{color:red}</style>"
            "</head><body><!-- x --><script>if (a<b) alert('</p>')</script>"
            "<!--[if mso]><p>mso</p><![endif]-->Hello<template>t</template></body></html>"
        ),
        "Hello",
    ),
    "what is hidden is dropped": (
        "<div style='DISPLAY : none'>preview</div><p hidden>x</p><span style='visibility:hidden'>y</span>Hello",
        "Hello",
    ),
    "writing of no size is dropped, but not what has a size within it": (
        (
            '<td style="font-size:0px;padding:1px">gone<div style="font-size:13px">'
            'Hello</div></td><p style="font-size:0.0pt">gone</p>'
        ),
        "Hello",
    ),
    "small writing is writing": (
        '<span style="font-size:0.8em">Terms</span><span style="font-size:10px"> apply</span>',
        "Terms apply",
    ),
    "no-break spaces are spaces, and invisible characters nothing": (
        "re\u200bfu\u00adnd&nbsp;&zwj;of&#8203; &#x202E;5&#xa0;&euro;\x1b\ufeff",
        "refund of 5 €",
    ),
    "preformatted text keeps its lines and columns": (
        "<p>Log:</p><pre>def f():\n    return  1\n\n\nend</pre>",
        "Log:\n\ndef f():\n    return  1\n\nend",
    ),
    "text that keeps its lines by style does too": (
        '<div style="white-space: pre-wrap">One\n  two</div>',
        "One\n  two",
    ),
    "an unescaped address is no tag": ("Ask Dana <dana@shop.example> please", "Ask Dana <dana@shop.example> please"),
    "less-than is no tag": ("<p>if a < b and b<3</p>", "if a < b and b<3"),
    "broken markup is read as far as it goes": (
        "</div><p>One <b>two<p>three</i></table> four</body>",
        "One two\n\nthree four",
    ),
    "a declared charset changes nothing": ('<meta charset="iso-8859-1"><p>Grüße</p>', "Grüße"),
    "HTML without a tag is text": ("Fish &amp; chips\nplease", "Fish & chips\nplease"),
}


@pytest.mark.parametrize(("html", "text"), MARKUP.values(), ids=MARKUP)
def test_markup_becomes_text(html: str, text: str) -> None:
    assert message_text("not taken", html) == (text, 0)


PLAIN = {
    "text stays as it is": ("Hello,\n\n  1. a < b <b>\n  2. <tag>", "Hello,\n\n  1. a < b <b>\n  2. <tag>"),
    "line ends of every kind are one": ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
    "no more than one empty line in a row stays": ("a\n\n \n\t\n\nb\n\n", "a\n\nb"),
    "characters that nobody sees are gone": ("\ufeffre\u200bfund\u00a05\tEUR\x00\x1b[0m\U000e0041", "refund 5 EUR[0m"),
}


@pytest.mark.parametrize(("given_text", "text"), PLAIN.values(), ids=PLAIN)
def test_plain_text_is_tidied(given_text: str, text: str) -> None:
    assert message_text(given_text) == (text, 0)


def test_the_text_is_taken_where_the_html_says_nothing() -> None:
    assert message_text("Hello", "<div><img src='x.gif'></div>").text == "Hello"
    assert message_text("", "<div></div>") == ("", 0)


HTML_HISTORY = {
    "Gmail": (
        (
            f'<div dir="ltr">It still fails.</div><br>'
            f'<div class="gmail_quote gmail_quote_container"><div class="gmail_attr">{GMAIL_SAID}<br>'
            '</div><blockquote class="gmail_quote" style="margin:0"><p>Try again.</p><p>Ben</p></blockquote></div>'
        ),
        "It still fails.",
        3,
    ),
    "Gmail of old": (
        (
            f'It still fails.<div class="gmail_extra"><br><div class="gmail_quote">{GMAIL_SAID}<br>'
            '<blockquote class="gmail_quote">Try again.</blockquote></div></div>'
        ),
        "It still fails.",
        2,
    ),
    "Gmail in a language we do not know": (
        (
            'Nadal nie.<div class="gmail_quote">pon., 4 maj 2026 o 10:12 Ben &lt;ben@acme.example&gt; napisał(a):<br>'
            '<blockquote class="gmail_quote">Try again.</blockquote></div>'
        ),
        "Nadal nie.",
        2,
    ),
    "Apple Mail": (
        (
            "<div>It still fails.</div><div><br><blockquote type='cite'><div>"
            "On 4 May 2026, at 10:12, Ben &lt;ben@acme.example&gt; wrote:</div>"
            "<br><div>Try again.</div></blockquote></div>"
        ),
        "It still fails.",
        2,
    ),
    "Thunderbird": (
        (
            '<p>Es geht nicht.</p><div class="moz-cite-prefix">Am 04.05.26 um 10:12 schrieb Ben Okafor:<br></div>'
            '<blockquote type="cite" cite="mid:1"><p>Try again.</p></blockquote>'
        ),
        "Es geht nicht.",
        2,
    ),
    "Outlook on the web": (
        (
            '<div>It still fails.</div><div id="appendonsend"></div>'
            '<hr tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">'
            f"{OUTLOOK_FIELDS}</div><div>Try again.<br><br>Ben</div>"
        ),
        "It still fails.",
        6,
    ),
    "Outlook in a language we do not know": (
        (
            f'<p class="MsoNormal">Nadal nie.</p><div>'
            f'<div style="{OUTLOOK_BORDER}"><p class="MsoNormal"><b>Od:</b> Ben<br>'
            '<b>Temat:</b> RE: Refund</p></div></div><p class="MsoNormal">Try again.</p>'
        ),
        "Nadal nie.",
        3,
    ),
    "Outlook whose marks somebody washed off": (
        f"<p>It still fails.</p><p>{OUTLOOK_FIELDS}</p><p>Try again.</p>",
        "It still fails.",
        5,
    ),
    "Yahoo": (
        (
            '<div>It still fails.</div><div id="ydp1" class="yahoo_quoted">'
            "<div>On Monday, May 4, 2026 at 10:12:00 AM GMT+2, Ben wrote:</div>"
            "<div>Try again.</div></div>"
        ),
        "It still fails.",
        2,
    ),
    "Proton": (
        (
            '<div>It still fails.</div><div class="protonmail_quote">On Monday, '
            "May 4th, 2026 at 10:12, Ben &lt;ben@acme.example&gt; wrote:<br>"
            '<blockquote class="protonmail_quote" type="cite">Try again.</blockquote></div>'
        ),
        "It still fails.",
        2,
    ),
    "Freshdesk": (
        (
            '<div>It still fails.</div><div class="freshdesk_quote">'
            '<blockquote class="freshdesk_quote">On Mon, 4 May at 10:12 AM, '
            "Acme &lt;help@acme.example&gt; wrote:<br>Try again.</blockquote></div>"
        ),
        "It still fails.",
        2,
    ),
    "Zendesk": (
        (
            "<p>It still fails.</p><div><div style='color:#b5b5b5'>##- Please type your reply above this line -##</div>"
            "<p>Your request (12) has been updated.</p></div>"
        ),
        "It still fails.",
        2,
    ),
    "GMX": (
        (
            '<div>Es geht nicht.</div><div name="quote" style="border-left:2px solid">'
            "<div><b>Gesendet:</b> Montag</div>Try again.</div>"
        ),
        "Es geht nicht.",
        2,
    ),
}


@pytest.mark.parametrize(("html", "text", "folded"), HTML_HISTORY.values(), ids=HTML_HISTORY)
def test_what_a_mail_program_quotes_is_folded(html: str, text: str, folded: int) -> None:
    assert message_text("", html) == (text, folded)


SAID = {
    "English": "On Mon, May 4, 2026 at 10:12 AM Ben Okafor <ben@acme.example> wrote:",
    "English, wrapped": "On Mon, May 4, 2026 at 10:12 AM Ben Okafor <\nben@acme.example> wrote:",
    "English, wrapped twice": (
        "On Mon, May 4, 2026 at 10:12 AM Ben Okafor, of Acme and Company,\n<ben@acme.example>\nwrote:"
    ),
    "German": "Am Mo., 4. Mai 2026 um 10:12 Uhr schrieb Ben Okafor <ben@acme.example>:",
    "German, wrapped": "Am Mo., 4. Mai 2026 um 10:12 Uhr schrieb Ben Okafor <\nben@acme.example>:",
    "German, name first": "Ben Okafor <ben@acme.example> schrieb am 4. Mai 2026 um 10:12:",
    "French": "Le lun. 4 mai 2026 à 10:12, Ben Okafor <ben@acme.example> a écrit\u00a0:",
    "French, wrapped": "Le lun. 4 mai 2026 à 10:12, Ben Okafor <ben@acme.example> a\nécrit :",
    "Spanish": "El lun, 4 may 2026 a las 10:12, Ben Okafor (<ben@acme.example>) escribió:",
    "Dutch": "Op ma 4 mei 2026 om 10:12 schreef Ben Okafor <ben@acme.example>:",
    "Dutch, of Apple": "Op 4 mei 2026 om 10:12 heeft Ben Okafor <ben@acme.example> het volgende geschreven:",
    "Italian": "Il giorno lun 4 mag 2026 alle ore 10:12 Ben Okafor <ben@acme.example> ha scritto:",
    "Portuguese": "Em seg., 4 de mai. de 2026 às 10:12, Ben Okafor <ben@acme.example> escreveu:",
    "no date": "Ben Okafor <ben@acme.example> wrote:",
    "Outlook of old": "-----Original Message-----",
    "Outlook of old, in German": "-----Ursprüngliche Nachricht-----",
    "Outlook of old, in French": "-----Message d’origine-----",
    "Outlook": "From: Ben Okafor <ben@acme.example>\nSent: Monday, May 4, 2026 10:12 AM\nTo: Dana\nSubject: RE: Refund",
    "Outlook, in German": (
        "________________________________\nVon: Ben Okafor\nGesendet: Montag\nAn: Dana\nBetreff: AW: Refund"
    ),
    "Outlook, in French": "De : Ben Okafor\nEnvoyé : lundi 4 mai 2026 10:12\nÀ : Dana\nObjet : RE: Refund",
    "Outlook, in Spanish": "De: Ben Okafor\nEnviado el: lunes, 4 de mayo\nPara: Dana\nAsunto: RE: Refund",
    "Outlook, in Dutch": "Van: Ben Okafor\nVerzonden: maandag\nAan: Dana\nOnderwerp: RE: Refund",
    "Outlook, in Italian": "Da: Ben Okafor\nInviato: lunedì\nA: Dana\nOggetto: R: Refund",
    "Outlook, in Portuguese": "De: Ben Okafor\nEnviado: segunda-feira\nPara: Dana\nAssunto: RE: Refund",
    "Outlook in bold": "*From:* Ben Okafor <ben@acme.example>\n*Date:* Monday\n*To:* Dana",
    "Zendesk": "##- Bitte geben Sie Ihre Antwort oberhalb dieser Zeile ein. -##",
    "Help Scout": "-- Please reply above this line --",
}


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_history_is_folded_where_a_line_introduces_it(said: str) -> None:
    lines = said.count("\n") + 1
    assert message_text(f"It still fails.\n\n{said}\n\nTry again.\n\nBen\n") == ("It still fails.", lines + 2)


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_what_is_written_below_marked_quotations_is_kept(said: str) -> None:
    text, folded = message_text(f"{said}\n> Try again.\n>\n> Ben\n\nIt still fails.\n")
    assert text == "It still fails."
    assert folded == said.count("\n") + 4


def test_a_quotation_in_a_cell_takes_nothing_of_its_neighbour_along() -> None:
    html = "<table><tr><td><blockquote type='cite'>Try again.</blockquote></td><td>It still fails.</td></tr></table>"
    assert message_text("", html).text == "> Try again.\nIt still fails."
    assert message_text("", f"<table><tr><td>It fails.<td>{html}</table>").text.startswith("It fails.\n")


def test_marked_lines_at_the_end_are_folded() -> None:
    assert message_text("It still fails.\n\n> Try again.\n>\n>> Help\n") == ("It still fails.", 3)
    sent = (
        "It still fails.\n\nSent from my iPhone\n\n> On 4 May 2026, "
        "at 10:12, Ben <ben@acme.example> wrote:\n> \n> Try again."
    )
    assert message_text(sent) == ("It still fails.", 4)


def test_answers_among_quotations_are_kept_with_them() -> None:
    asked = (
        "On May 4, 2026 at 10:12 Ben <ben@acme.example> wrote:\n>"
        " Which plan?\n\nTeam.\n\n> How many seats?\n\nTwelve.\n\n> Ben\n"
    )
    kept = f"> {asked}".removesuffix("\n\n> Ben\n")
    assert message_text(asked) == (kept, 1)
    assert message_text(asked + "-- \nDana\nShop Ltd\n") == (kept, 4)
    html = (
        f'<div class="gmail_quote"><div class="gmail_attr">{GMAIL_SAID}</div>'
        f'<blockquote class="gmail_quote">Which plan?</blockquote>'
        '<div>Team.</div><blockquote class="gmail_quote">How many seats?</blockquote><div>Twelve.</div></div>'
    )
    assert message_text("", html).text.split("\n\n")[1:] == ["> Which plan?", "Team.", "> How many seats?", "Twelve."]


KEPT = {
    "only a quotation": "> Try again.\n> Ben",
    "only a quotation with its introduction": (
        "On Mon, May 4, 2026 at 10:12 AM Ben <ben@acme.example> wrote:\n\nTry again."
    ),
    "only a message pasted with its header": (
        "From: Ben <ben@acme.example>\nSent: Monday\nTo: Dana\nSubject: Refund\n\nTry again."
    ),
    "only a notice of a helpdesk": "##- Please type your reply above this line -##\n\nYour request has been updated.",
    "only a signature": "-- \nDana",
    "only where it was sent from": "Sent from my iPhone",
    "what was forwarded": (
        "See below.\n\n---------- Forwarded message ---------\nFrom: "
        "Ben <b@acme.example>\nDate: Mon\nSubject: Bill\nTo: D\n\nPay 5 EUR."
    ),
    "what was forwarded from Apple Mail": (
        "Is this real?\n\nBegin forwarded message:\n\n> From: "
        "Ben <b@acme.example>\n> Date: 4 May\n> Subject: Bill\n>\n> Pay."
    ),
    "what people tell that others wrote": "On 4 May your colleague wrote:\nYou get it within 5 days.\n\nWhere is it?",
    "what people tell that they wrote themselves": (
        "On 4 May at 10:12 I wrote:\nMy invoice is wrong.\n\nWho answers me?"
    ),
    "what they wrote to whom": "On Monday I wrote to help@acme.example about this, at 10:12:\nno answer. Why?",
    "where a journey goes": "From: Berlin\nTo: Paris\nDate: 4 May\nCan I change this booking?",
    "a question below a line": "Hello\n--\nHow do I cancel?",
    "a long text below a line": "Hello\n--\n" + "\n".join(f"{n} is wrong." for n in range(20)),
    "a sentence about a telephone": "It does not ring.\nSent from my iPhone the invoice never arrives.",
    "a sentence about sending": "My order is lost.\nSent from my old address to your Outlook address.",
    "a closing": "Please cancel.\n\nBest,\nDana",
    "arrows": "Settings\n-> Billing",
    "a list that looks like headers": "To: be fair\nSubject: none",
    "a sentence that begins with From": "I cannot log in.\n>From my phone it works.",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_it_keeps(text: str) -> None:
    assert message_text(text) == (text.replace("-- \n", "--\n"), 0)


def test_it_keeps_what_gmail_and_apple_forward() -> None:
    forwarded = (
        "---------- Forwarded message ---------<br>From: Ben<br>Date: "
        "Mon, May 4, 2026 at 10:12 AM<br>Subject: Bill<br>To: D<br></div>"
    )
    gmail = (
        f'<div>Is this real?</div><div class="gmail_quote"><div class="gmail_attr">'
        f'{forwarded}<blockquote class="gmail_quote">Pay.</blockquote></div>'
    )
    apple = (
        "<div>Is this real?</div><blockquote type='cite'><div>Begin forwarded message:</div>"
        "<div><b>From: </b>Ben</div><div>Pay.</div></blockquote>"
    )
    for html in (gmail, apple):
        text, folded = message_text("", html)
        assert (text[:13], text[-4:], folded) == ("Is this real?", "Pay.", 0)


SIGNATURES = [
    "-- \nDana Reyes\nShop Ltd",
    "—\nDana",
    "Sent from my iPhone",
    "Sent from my iPhone.",
    "Sent from my iPhone 15 Pro",
    "Sent from my Samsung Galaxy smartphone.",
    "Sent from Yahoo Mail for iPhone",
    "Sent from Mail for Windows 11",
    "Sent from Outlook for Android<https://aka.ms/x>",
    "Sent from my mobile phone",
    "Sent with Proton Mail secure email.",
    "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Von meinem iPhone gesendet",
    "Gesendet mit der GMX Mail App",
    "Diese Nachricht wurde von meinem Android-Gerät mit GMX Mail gesendet.",
    "Envoyé de mon iPhone",
    "Télécharger Outlook pour iOS",
    "Enviado desde mi iPhone",
    "Obtener Outlook para Android",
    "Enviado do meu iPhone",
    "Inviato da iPhone",
    "Verstuurd vanaf mijn iPhone",
    "Verzonden vanaf mijn Samsung Galaxy",
    "Sent from my iPad\n\nGet Outlook for iOS",
]


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_signature_is_folded(signature: str) -> None:
    lines = len([line for line in signature.splitlines() if line])
    assert message_text(f"Where is my order?\n\n{signature}\n") == ("Where is my order?", lines)
    reply = f"Where is my order?\n\n{signature}\n\nOn May 4, 2026 at 10:12 Ben <ben@acme.example> wrote:\n> Hello\n"
    assert message_text(reply) == ("Where is my order?", lines + 2)


@pytest.mark.parametrize(
    "mark",
    [
        'class="gmail_signature" data-smartmail="x"',
        'class="moz-signature"',
        'id="Signature"',
        'class="protonmail_signature_block-user protonmail_signature_block"',
    ],
)
def test_a_marked_signature_is_folded_unless_it_asks(mark: str) -> None:
    html = "<div>Where is my order?</div><br><div {}><div>Dana Reyes</div><div>{}</div></div>"
    assert message_text("", html.format(mark, "Shop Ltd")) == ("Where is my order?", 2)
    assert message_text("", html.format(mark, "Is it lost?")).folded == 0


HOSTILE = {
    "a hundred thousand tags in one another": "<div>" * 100_000 + "hello",
    "a hundred thousand quotations in one another": "<blockquote type=cite>" * 100_000 + "hello",
    "tables in one another": "<table><tr><td>" * 33_000 + "hello",
    "lists in one another": "<ul><li>hello" * 100_000,
    "tags that close what was never opened": "<b>" * 300_000 + "</p>" * 250_000 + "hello",
    "a tag with two hundred thousand attributes": "<p " + " ".join(f"x{n}=1" for n in range(200_000)) + ">hello",
    "a comment that never ends": "<p>hello" + "<!-- -- " * 250_000,
    "two megabytes of paragraphs": "<p>hello &amp; <b>bold</b><br>" * 70_000,
    "two megabytes of one paragraph": "<p>" + "hello " * 350_000,
    "two megabytes of spaces": "<pre>hello" + " " * 2_000_000 + "x</pre>",
    "a style without end": '<p style="' + "margin: 0 0 0 " * 150_000 + '">hello',
}
HOSTILE_TEXTS = {
    "two megabytes of quoted lines": "hello\n" + "> a\n" * 500_000,
    "two megabytes of one line": "On hello " + "x wrote " * 250_000 + ":",
    "lines that nearly introduce": ("On hello " + "a@b 10:12 wrote " * 20 + "\n") * 6_000,
    "lines that begin a header": "From: hello@b\n" * 150_000,
    "lines that begin a signature": "hello\n" + "--\n" * 200_000,
    "nearly signatures": ("hello\n" + "Sent from my iPhone" + " A" * 180 + " b\n") * 5_000,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markup_is_read_in_seconds(html: str) -> None:
    began = time.process_time()
    assert "hello" in message_text("", html).text
    assert time.process_time() - began < 15


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_hostile_text_is_read_in_seconds(text: str) -> None:
    began = time.process_time()
    assert "hello" in message_text(text).text
    assert time.process_time() - began < 15


def test_many_messages_are_read_quickly() -> None:
    paragraph = (
        "<div style='color:#222'>We were charged <b>twice</b>"
        " for <a href='https://acme.example/i/1'>INV-1</a>.<br></div>\n"
    )
    html = f"<html><body>{paragraph * 24}{HTML_HISTORY['Gmail'][0]}{paragraph * 6}</body></html>"
    assert 3_500 < len(html) < 4_500
    began = time.process_time()
    for _ in range(500):
        message_text("", html)
    assert time.process_time() - began < 5


pieces = st.sampled_from(
    [
        *[
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<br>",
            "<ul><li>",
            "</ul>",
            "<table><tr><td>",
            "<td>",
            "</table>",
            "<a href='https://x.example'>",
            "</a>",
        ],
        *[
            "<blockquote type=cite>",
            "</blockquote>",
            "<div class='gmail_quote'>",
            "<div id=divRplyFwdMsg>",
            "<pre>",
            "<div class=gmail_signature>",
        ],
        *[
            "> ",
            "\n",
            "\n\n",
            "-- ",
            "--\n",
            "&nbsp;",
            "&",
            "<",
            ">",
            "\u200b",
            "\x00",
            "\ud800",
            "Sent from my iPhone",
            "word",
            "What?",
        ],
        *[
            "On May 4, 2026 at 10:12 Ben <b@x.example> wrote:\n",
            "-----Original Message-----\n",
            "From: a@b\nSent: x\nSubject: y\n",
        ],
        *["---------- Forwarded message ---------\n", "##- Please type your reply above this line -##\n"],
    ]
)
messages = st.lists(pieces | st.text(max_size=8), max_size=25).map("".join)


def _is_plain(text: str) -> bool:
    return all(
        character == "\n" or unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"} for character in text
    )


@settings(max_examples=200, deadline=None)
@given(messages)
def test_no_text_is_lost_whole_and_none_holds_controls(given_text: str) -> None:
    for text, html in [
        (given_text, ""),
        ("", given_text),
        ("", f"<p>seen</p>{given_text}"),
        ("seen", f"<i>{given_text}"),
    ]:
        result = message_text(text, html)
        assert _is_plain(result.text)
        assert "\n\n\n" not in result.text
        assert result.text == result.text.strip()
        assert result.folded >= 0
        if "seen" in text + html or (any(map(str.isalnum, text))):
            assert result.text


@given(st.lists(st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1), min_size=1))
def test_an_ordinary_text_without_quotations_keeps_every_word(lines: list[str]) -> None:
    text = "\n".join(f"So {line}" for line in lines)
    assert (
        message_text(text).text.split()
        == message_text("", text.replace("&", "&amp;").replace("<", "&lt;")).text.split()
    )
    assert message_text(text).folded == 0
