"""What officers do: triage, assign, acknowledge, ask departments, answer, close, extend, pause, refer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from deploy.demo.casebook import Casebook, today
from deploy.demo.council import Council, code_of, until
from deploy.demo.show import Show

_SUBJECT: Final = "Your complaint"
_THANKS: Final = (
    "Thank you for telling us. This is what we understand you to say, who deals with it and by when."
)
_ANSWER: Final = (
    "We have looked into every point that you made. This is what we found, and what we do about it."
)


class Officers:
    """The officers of the demonstration at work.

    `cases` are the references by the contacts' names, `officer_of` the officers' ids by their departments.
    """

    def __init__(
        self,
        council: Council,
        casebook: Casebook,
        cases: Mapping[str, str],
        officer_of: Mapping[str, str],
        show: Show,
    ) -> None:
        self._officer_of = officer_of
        self._council = council
        self._contacts = {contact.name: contact for contact in casebook.contacts}
        self._cases = cases
        self._show = show

    async def triage_and_assign(self) -> None:
        """Every case gets its regime and its department."""

        async def decide(name: str) -> None:
            contact = self._contacts[name]
            await self._do(name, "triage", regime=contact.regime, restricted=contact.restricted)
            officer = self._officer_of[contact.department]
            await self._do(name, "assign", department=contact.department, officer=officer)

        await asyncio.gather(*(decide(name) for name in self._cases))

    async def acknowledge(self) -> None:
        """Letters that were posted are recorded with their day; the others leave by email."""
        await asyncio.gather(
            self._posted("bins", "acknowledge", after_days=3),
            self._posted("potholes", "acknowledge", after_days=2),
            self._posted("planning", "acknowledge", after_days=2),
            self._posted("damp", "acknowledge", after_days=4),
            self._posted("boiler", "acknowledge", after_days=3),
            self._posted("carers-assessment", "acknowledge", after_days=2),
            *(
                self._do(name, "acknowledge", means="email", subject=_SUBJECT, text=_THANKS)
                for name in ("library", "parking", "lift", "care-home", "clinic", "thanks")
            ),
        )
        await self._until_left("library", "acknowledgement")

    async def gather_two_parts(self) -> None:
        """Two departments answer for one letter, each by a day of its own."""
        for department, days in (("housing", 2), ("environment", 4)):
            await self._do(
                "damp",
                "request-contribution",
                department=department,
                question="What was done, and when?",
                due_on=(today() + timedelta(days=days)).isoformat(),
            )
        refused = await self._council.command("intake", self._cases["damp"], "respond", _letter("upheld"))
        self._show.holds(
            "no answer leaves while a department's part is outstanding",
            code_of(refused) == "contribution-outstanding",
        )
        for number, text in ((1, "Three visits, no repair ordered."), (2, "The drains were cleared.")):
            await self._do(
                "damp",
                "receive-contribution",
                contribution=number,
                text=text,
                received_on=today().isoformat(),
            )
        await self._do("damp", "respond", **_letter("upheld"))
        await self._until_left("damp", "response")

    async def answer_and_close(self) -> None:
        """Some are answered by post, weeks ago; some by email now; some are closed."""
        await self._posted("planning", "respond", after_days=16, outcome="not-upheld")
        await self._posted("boiler", "respond", after_days=12, outcome="partly-upheld")
        escalated = self._day("boiler", 20)
        await self._do("boiler", "request-escalation", requested_on=escalated.isoformat())
        await self._posted("boiler", "acknowledge", after_days=23)
        await self._posted("boiler", "respond", who="reviewer", after_days=40, outcome="upheld")
        await self._do("parking-fines", "respond", **_letter("provided"))
        await self._until_left("parking-fines", "response")
        for name in ("planning", "boiler", "parking-fines", "damp"):
            await self._do(name, "close", ground="answered")
        await self._do("thanks", "close", ground="resolved")

    async def extend(self) -> None:
        """One extension is lawful: the customer is told in time. Others are refused, with the rule."""
        due_on = await self._due("potholes", "stage1_respond")
        proposed = await self._council.command(
            "deadlines",
            self._cases["potholes"],
            "propose-extension",
            {
                "clock": "stage1_respond",
                "new_due_on": (due_on + timedelta(days=7)).isoformat(),
                "reason": "We wait for the contractor's report.",
                "ombudsman_details": True,
            },
        )
        self._show.holds(
            f"an extension with reasons is taken up ({proposed.status_code})", proposed.is_success
        )
        moved = await until(
            "the customer is told and the extension holds", lambda: self._moved("potholes", due_on)
        )
        self._show.holds(
            f"once the customer was told, {due_on.isoformat()} became {moved.isoformat()}", moved > due_on
        )
        await self._refusals()

    async def _refusals(self) -> None:
        far = (today() + timedelta(days=120)).isoformat()
        tried = {
            "an extension beyond the Code's ceiling": await self._council.command(
                "deadlines",
                self._cases["library"],
                "propose-extension",
                {
                    "clock": "stage1_respond",
                    "new_due_on": far,
                    "reason": "We are busy.",
                    "ombudsman_details": True,
                },
            ),
            "a pause of a corporate complaint": await self._council.command(
                "deadlines", self._cases["library"], "pause", {"kind": "on-hold", "on": today().isoformat()}
            ),
        }
        for what, answer in tried.items():
            self._show.holds(f"{what} is refused ({answer.status_code})", answer.status_code == 409)  # noqa: PLR2004
        self._show.table(
            "Refused, with the rule",
            ("command", "why", "source"),
            [
                (what, problem["title"], problem.get("citation", ""))
                for what, answer in tried.items()
                for problem in (answer.json(),)
            ],
        )

    async def pause(self) -> None:
        """A clarification stops the clock of a subject access request, and nothing else does."""
        asked = self._day("housing-file", 5)
        await self._due("housing-file", "respond")
        await self._council.do(
            "deadlines", self._cases["housing-file"], "pause", kind="clarification", on=asked.isoformat()
        )

    async def refer(self) -> None:
        """Each Ombudsman takes up a case; the date in the letter prevails."""
        for name, ombudsman, theirs, days in (
            ("planning", "lgsco", "26 001 234", 12),
            ("boiler", "housing-ombudsman", "202612345", 9),
        ):
            which = {"ombudsman": ombudsman, "their_reference": theirs}
            await self._council.do(
                "ombudsman",
                self._cases[name],
                "open-referral",
                **which,
                referred_on=(today() - timedelta(days=4)).isoformat(),
            )
            due_on = today() + timedelta(days=days)
            await self._council.do(
                "ombudsman",
                self._cases[name],
                "record-enquiry",
                **which,
                letter="enquiry_response",
                letter_on=(today() - timedelta(days=2)).isoformat(),
                due_on=due_on.isoformat(),
                questions="Please send the complaint file and your comments.",
            )
            found = await self._due(name, "enquiry_response")
            self._show.holds(
                f"the {ombudsman} letter's own date is the deadline: {due_on.isoformat()}", found == due_on
            )

    async def _do(self, name: str, command: str, **body: Any) -> None:
        await self._council.do("intake", self._cases[name], command, **body)

    async def _posted(
        self, name: str, command: str, *, after_days: int, who: str = "officer", **more: Any
    ) -> None:
        text = _THANKS if command == "acknowledge" else _ANSWER
        sent_on = self._day(name, after_days)
        body = {
            "means": "post",
            "subject": _SUBJECT,
            "text": text,
            "sent_on": sent_on.isoformat(),
            "happened_at": datetime.combine(sent_on, time(12), UTC).isoformat(),
        } | more
        await self._council.do("intake", self._cases[name], command, who, **body)

    def _day(self, name: str, after: int) -> date:
        return self._contacts[name].received_on + timedelta(days=after)

    async def _due(self, name: str, clock: str) -> date:
        async def found() -> date | None:
            clocks = (await self._council.get("deadlines", f"/cases/{self._cases[name]}/clocks"))["clocks"]
            days = [one["due_on"] for one in clocks if one["clock"] == clock and one["state"] == "running"]
            return date.fromisoformat(days[-1]) if days else None

        return await until(f"{name} has a running {clock}", found)

    async def _moved(self, name: str, before: date) -> date | None:
        now = await self._due(name, "stage1_respond")
        return now if now != before else None

    async def _until_left(self, name: str, purpose: str) -> None:
        """A letter counts when it has left, not when somebody pressed the button."""

        async def left() -> bool:
            case = await self._council.get("intake", f"/cases/{self._cases[name]}")
            letters = [letter for letter in case["letters"] if letter["purpose"] == purpose]
            return bool(letters) and letters[-1]["sent_on"] is not None

        await until(f"the {purpose} of {name} has left", left)


def _letter(outcome: str) -> dict[str, str]:
    return {"outcome": outcome, "means": "email", "subject": _SUBJECT, "text": _ANSWER}
