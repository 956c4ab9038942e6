"""Robots: what a site's robots.txt lets Proofdesk read."""

from urllib.parse import unquote

from yarl import URL

AGENT = "proofdesk"
_LONGEST = 512 * 1024
"""Characters that are read of it."""
_MOST_DELAY = 5.0


class Robots:
    """A robots.txt as RFC 9309 has it: stars, and the longest rule decides; `urllib.robotparser` knows neither."""

    def __init__(self, text: str) -> None:
        self.sitemaps: list[str] = []
        self.delay = 0.0
        """Seconds it wants between two requests, at most five."""
        groups: dict[str, list[tuple[str, str]]] = {}
        agents: list[str] = []
        naming = False
        for line in text[:_LONGEST].removeprefix("\ufeff").splitlines():
            name, _, value = line.partition("#")[0].partition(":")
            name, value = name.strip().lower(), value.strip()
            match name:
                case "user-agent":
                    agents = [*(agents if naming else []), value.lower().partition("/")[0]]
                    groups.setdefault(agents[-1], [])
                    naming = True
                case "allow" | "disallow" | "crawl-delay":
                    naming = False
                    for agent in agents:
                        groups[agent].append((name, value))
                case "sitemap":
                    self.sitemaps.append(value)
        self._rules: list[tuple[str, bool]] = []
        for name, value in groups.get(AGENT, groups.get("*", [])):
            if name == "crawl-delay":
                self.delay = _seconds(value)
            elif value:
                self._rules.append((unquote(value), name == "allow"))

    def let(self, address: URL) -> bool:
        """Whether an address of this site may be read."""
        path = unquote(address.raw_path_qs)
        fitting = [(len(pattern), allowed) for pattern, allowed in self._rules if _fits(pattern, path)]
        return max(fitting, default=(0, True))[1]


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says: a star stands for anything, a dollar sign for the end."""
    first, *others = pattern.removesuffix("$").split("*")
    at = len(first) if path.startswith(first) else -1
    for piece in others:
        if at < 0:
            return False
        found = path.find(piece, at)
        at = found + len(piece) if found >= 0 else -1
    if at < 0 or not pattern.endswith("$"):
        return at >= 0
    return path.endswith(others[-1]) if others else at == len(path)


def _seconds(value: str) -> float:
    try:
        delay = float(value)
    except ValueError:
        return 0.0
    return min(delay, _MOST_DELAY) if delay > 0 else 0.0
