"""Template: pages that need nothing else, in which whatever anybody wrote is text."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from knowledge.drafting.guard import visible


@cache
def template(name: str) -> Template:
    """The template of a page. Its filters: `visible` leaves out what nobody sees, `link` what is no page's address."""
    environment = Environment(
        loader=PackageLoader("bot.reports", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    environment.filters["link"] = _link
    return environment.get_template(name)


def _link(address: str) -> str:
    """The address, if it is one of a page."""
    return address if address.startswith(("https://", "http://")) else ""
