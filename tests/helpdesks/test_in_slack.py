"""A link to a real helpdesk's ticket, from Slack to the approval."""

from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings
from tests.bot.helpdesks.sample import Said
from tests.helpdesks.request_tracker import RequestTracker
from tests.office import INTAKE, open_office, said

_ENTRY = """helpdesks:
  tracker:
    kind: request_tracker
    address: {url}
    private: true
"""


async def test_a_ticket_of_request_tracker_is_drafted_goes_out_of_date_and_is_approved(
    request_tracker: RequestTracker, sample: Settings, tmp_path: Path
) -> None:
    desk = tmp_path / "desk"
    token = {"tracker": SecretStr(request_tracker.token)}

    def named(folder: Path) -> None:
        file = folder / "desk.yaml"
        before, _, after = file.read_text(encoding="utf-8").partition("helpdesks:\n")
        rest = after[after.index("\n# roles:") :]
        file.write_text(before + _ENTRY.format(url=request_tracker.url) + rest, encoding="utf-8")

    async with open_office(sample, desk, prepare=named, helpdesk_tokens=token, helpdesk_apis={}) as office:
        ts, card = await office.paste(request_tracker.link)
        shown = said(card)
        assert f"Request Tracker #{request_tracker.ticket}: Refund for annual plan" in shown
        assert "Pictures and files were not read: invoice.png." in shown
        assert "friend of the CEO" not in shown

        request_tracker.say(Said("One more thing: which browsers does Harborlight run in?"))
        await office.ben.press(INTAKE, card["ts"], "approve")
        await office.told(office.ben, "The customer wrote again.", thread=ts)
        await office.ben.say(INTAKE, "redraft", ts)
        fresh = await office.shows(ts, "`v2`", "Firefox")
        await office.ben.press(INTAKE, fresh["ts"], "approve")
        await office.shows(ts, "*Approved* by <@U0BEN>")
