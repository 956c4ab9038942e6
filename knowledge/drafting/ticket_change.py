"""What happened to a ticket since it was read last, in one sentence for people."""

from knowledge.drafting.ticket import Author, Message, Ticket


def what_changed(before: Ticket, now: Ticket) -> str:
    """How what was said differs; empty where it is the same. Who closed or tagged it changes no reply."""
    known, said = [_said(each) for each in before.written], [_said(each) for each in now.written]
    if known == said:
        return ""
    if said[: len(known)] != known:
        return "Messages of this ticket were changed."
    by_customer = any(author is Author.CUSTOMER for author, _ in said[len(known) :])
    return "The customer wrote again." if by_customer else "A colleague answered the customer."


def _said(message: Message) -> tuple[Author, str]:
    return message.author, message.text
