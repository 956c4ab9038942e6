"""GitHub issues: docs.github.com/en/rest/issues/issues and .../comments."""

from collections.abc import Mapping
from typing import Any

from tests.bot.helpdesks.imitation import Product
from tests.bot.helpdesks.sample import AGENT, CUSTOMER, Said, Sample


def _written(number: int, said: Said) -> dict[str, Any]:
    body = said.text + "".join(
        f"\r\n\r\n![{name}](https://github.com/user-attachments/assets/0b1c)" for name in said.files
    )
    return {
        "id": 5000 + number,
        # A login has no space in it; the sample's name stands for one.
        "user": {"login": AGENT if said.by_agent else CUSTOMER, "id": 1, "type": "User", "site_admin": False},
        "author_association": "MEMBER" if said.by_agent else "NONE",
        "body": body,
        "created_at": said.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "updated_at": said.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "performed_via_github_app": None,
    }


def _issue(sample: Sample) -> dict[str, Any]:
    return {
        **_written(0, sample.said[0]),
        "number": 4821,
        "state": sample.status,
        "state_reason": None,
        "title": sample.subject,
        "labels": [{"id": 7, "name": tag, "color": "f29513", "default": False} for tag in sample.tags],
        "assignee": None,
        "milestone": None,
        "comments": len(sample.said) - 1,
        "closed_at": None,
    }


_BOT = {
    "id": 1,
    "user": {"login": "stale[bot]", "id": 2, "type": "Bot"},
    "author_association": "NONE",
    "body": "This issue is stale.",
    "created_at": "2026-05-12T08:30:00Z",
}


def answer(path: str, query: Mapping[str, str], sample: Sample) -> Any:
    match path:
        case "":
            return {"id": 1296269, "name": "app", "full_name": "acme/app", "private": True}
        case "/issues/4821":
            return _issue(sample)
        case "/issues/4822":
            return {**_issue(sample), "number": 4822, "pull_request": {"merged_at": None}}
        case "/issues/4821/comments":
            # Notes among colleagues there are none on GitHub.
            said = [each for each in sample.said[1:] if not each.internal]
            all_ = [_BOT, *(_written(number, each) for number, each in enumerate(said, 1))]
            size, page = min(int(query.get("per_page", "30")), 100), int(query.get("page", "1"))
            return all_[(page - 1) * size : page * size]
        case _:
            return None


PRODUCT = Product(
    ticket="4821",
    answer=answer,
    links=(
        "https://github.com/acme/app/issues/4821",
        "https://github.com/acme/app/issues/4821#issuecomment-5001",
    ),
    settings={"address": "https://github.com", "account": "acme/app"},
    authorization=("Authorization", "Bearer t0ken"),
    keeps=frozenset({"tags", "attachments", "status"}),
    api="/repos/acme/app",
)
