"""What the deadline service fired: dates, reminders, and the e-mails that really arrived."""

from __future__ import annotations

from collections.abc import Mapping
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any, Final

from deploy.demo.casebook import Casebook
from deploy.demo.council import Council, until
from deploy.demo.show import Show
from shared.contracts.services import WITH_DATABASE

_COUNCIL: Final = "@council.example"
_OF_A_REMINDER: Final = " due on "


async def until_quiet(council: Council) -> None:
    """Waits until every event is read everywhere and nothing is left to be done now."""
    seen: list[tuple[Any, ...]] = []

    async def quiet() -> bool:
        figures = [await council.get(service, "/status") for service in WITH_DATABASE]
        out = await council.get("notifications", "/outbox", state="requested")
        under_way = await council.get("notifications", "/outbox", state="under-way")
        now = tuple((each["applied"], each["published"]) for each in figures)
        seen.append(now)
        return (
            all(each["caught_up"] and not each["due_ripe"] for each in figures)
            and not out["notifications"]
            and not under_way["notifications"]
            and seen[-4:] == [now] * 4
        )

    await until("everything is read and done", quiet)


async def show_dates(council: Council, casebook: Casebook, cases: Mapping[str, str], show: Show) -> None:
    """The cases with the date that is next for each."""
    rows = []
    for contact in casebook.contacts:
        reference = cases[contact.name]
        clocks = (await council.get("deadlines", f"/cases/{reference}/clocks"))["clocks"]
        owed = [
            one
            for one in clocks
            if one["role"] != "limit" and one["state"] in {"running", "missed", "paused"}
        ]
        following = min(owed, key=lambda one: one["due_on"], default=None)
        if following is None:
            rows.append((reference, contact.regime, contact.received_on.isoformat(), "", "", "nothing runs"))
            continue
        rows.append(
            (
                reference,
                contact.regime,
                contact.received_on.isoformat(),
                following["title"],
                following["due_on"],
                following["state"],
            )
        )
    show.table(
        "The cases and their dates", ("case", "regime", "received", "what is next", "due", "state"), rows
    )


async def show_why(council: Council, casebook: Casebook, cases: Mapping[str, str], show: Show) -> None:
    """“Why this date?” for one running clock of each regime, the Ombudsmen's among them."""
    told: set[str] = set()
    for contact in casebook.contacts:
        reference = cases[contact.name]
        clocks = (await council.get("deadlines", f"/cases/{reference}/clocks"))["clocks"]
        for clock in clocks:
            if clock["role"] != "duty" or clock["stopped"] or clock["met_on"] or clock["regime"] in told:
                continue
            told.add(clock["regime"])
            text = await council.text("deadlines", f"/cases/{reference}/why", clock=clock["clock"])
            show.text(f"Why this date? {reference}, {clock['regime']}", text)
    show.holds(f"{len(told)} regimes say why", len(told) == _REGIMES_WITH_DATES)


_REGIMES_WITH_DATES: Final = 11
"""Those with a statutory clock."""


def show_mail(folder: Path, show: Show) -> None:
    """What the council's own people received, such as reminders, and what customers were told."""
    mails = [_read(path) for path in sorted(folder.glob("*.eml"))]
    internal = [mail for mail in mails if str(mail["X-Envelope-To"]).endswith(_COUNCIL)]
    reminders = [mail for mail in internal if _OF_A_REMINDER in str(mail["Subject"])]
    show.table(
        "E-mails to the council's own people that arrived",
        ("to", "subject"),
        [(str(mail["X-Envelope-To"]), str(mail["Subject"])) for mail in internal],
    )
    identities = [str(mail["Message-ID"]) for mail in mails]
    show.holds(
        f"{len(reminders)} reminders and {len(mails) - len(reminders)} other letters arrived, each once",
        reminders and len(set(identities)) == len(identities),
    )
    if reminders:
        show.text("One of them", reminders[0].get_content())


def _read(path: Path) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(path.read_bytes())
