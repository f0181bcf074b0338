"""Everything counted after a fault: what must hold whatever was killed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.chaos import reckon_cases, reckon_facts, reckon_messages, reckon_reminders, reckon_streams
from tests.chaos.load import Load
from tests.chaos.log import Log
from tests.chaos.mailbox import Mailbox
from tests.chaos.site import Site


@dataclass(slots=True)
class Reckoned:
    """What was counted; `wrong` says what may not be, a sentence each."""

    contacts: int
    events: int
    messages: int
    reminders: int
    unknown: int
    letters: int
    repeats: Counter[str]
    wrong: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Books:
    """What is read on from reckoning to reckoning."""

    site: Site
    log: Log
    mailbox: Mailbox
    unknown: int = 0

    @staticmethod
    def of(site: Site) -> Books:
        """Empty ones."""
        return Books(site, Log(site.bootstrap), Mailbox(site.home / "mail"))

    async def reckon(self, load: Load, random: Random, kills: int) -> Reckoned:
        """Counts everything; `kills` is how many there were since the last time."""
        sent, work = load.contacts.sent, load.officers.work
        wrong = [*sent.wrong, *work.wrong]
        if faults := sent.faults + work.faults:
            wrong.append(f"{faults} requests were answered with a fault of ours (500), not with a refusal")
        sent.wrong, work.wrong = [], []
        sent.faults = work.faults = 0
        streams, found = await reckon_streams.reckon(self.site, self.log)
        wrong += found
        wrong += await reckon_cases.reckon(self.site, sent.accepted, work.recorded, random)
        wrong += await reckon_facts.reckon(self.site)
        wrong += await reckon_reminders.reckon(self.site)
        messages, found = await reckon_messages.reckon(self.site, self.mailbox)
        wrong += found
        new = messages.unknown - self.unknown
        if new > kills:
            wrong.append(f"{new} messages of unknown outcome from {kills} kills")
        self.unknown = messages.unknown
        return Reckoned(
            contacts=len(sent.accepted),
            events=streams.events,
            messages=messages.asked,
            reminders=messages.reminders,
            unknown=messages.unknown,
            letters=sum(len(files) for files in self.mailbox.arrived.values()),
            repeats=Counter(self.log.repeats),
            wrong=wrong,
        )
