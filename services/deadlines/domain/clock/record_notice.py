"""The notice of an extension left: by the mail server's word, or an officer's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Final

from pydantic import Field

from services.deadlines.domain.clock.checks import refuse_future, run_of
from services.deadlines.domain.clock.command import Events, Occurrence, OfficerCommand
from services.deadlines.domain.clock.extensions import in_force, notice_by, proposals_of
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.names import AGREEMENT, MovedBy
from services.deadlines.domain.clock.new_dates import with_new_dates
from services.deadlines.domain.clock.state import Clocks, Proposal, Run
from shared.kit.decider import Choice, Refused, Slice, Word
from shared.rules.regimes.refused import ClockRefused
from shared.rules.regimes.rules import Means
from shared.rules.regimes.working import long


class RecordNotice(OfficerCommand):
    """The notice of an extension left by post, or another way that this system didn't see."""

    verb = "record-notice"
    clock: Word
    occurrence: Occurrence = None
    proposal: Annotated[int | None, Field(ge=1, description="Without it, the last of this clock.")] = None
    sent_on: date
    means: Word = Means.POST.value

    @property
    def happened_on(self) -> date:
        """The day on which it left."""
        return self.sent_on


def decide(command: RecordNotice, state: Clocks, given: Given) -> Events:
    """The notice left in time: the extension is in force. Nothing where that is recorded already.

    Raises:
        Refused: `no-clock`, `no-proposal`, `stopped`, `in-the-future`, `date-moved`, `extension-too-late`.
    """
    run = run_of(state, command.clock, command.occurrence)
    proposal = _proposal(command, state, run)
    if proposal.notice_sent_on is not None:
        return ()
    refuse_future(command.sent_on, given)
    if run.stopped is not None and run.met_on is None:
        raise Refused("stopped", f"{run.clock} was stopped: {run.stopped}.")
    if command.sent_on < run.base_date:
        raise Refused(
            "date-moved", f"{run.clock} was started anew on {long(run.base_date)}, after the notice."
        )
    latest = notice_by(state, run, proposal, given)
    if command.sent_on > latest:
        raise ClockRefused(
            "extension-too-late",
            f"The notice left on {long(command.sent_on)}; it had to leave by {long(latest)}.",
            proposal.citation,
        )
    return (in_force(run, proposal.number, command.sent_on, command.means),)


def tries(state: Clocks, given: Given) -> Iterator[tuple[Choice, RecordNotice]]:
    """Each extension that waits for its notice.

    Raises:
        Refused: `no-clock`, `no-proposal`.
    """
    if not state.runs:
        raise Refused("no-clock", "No clock of this case has started.")
    waiting = [proposal for proposal in state.proposals if proposal.notice_sent_on is None]
    if not waiting:
        raise Refused("no-proposal", "No extension waits for its notice.")
    for proposal in waiting:
        named = {"clock": proposal.clock, "occurrence": proposal.occurrence, "proposal": proposal.number}
        choice = Choice(
            {name: (value,) for name, value in named.items()}, {"new_due_on": proposal.new_due_on}
        )
        yield choice, RecordNotice(**named, sent_on=given.today, means=AGREEMENT)


def _proposal(command: RecordNotice, state: Clocks, run: Run) -> Proposal:
    found = [one for one in proposals_of(state, run) if command.proposal in (None, one.number)]
    if not found:
        raise Refused("no-proposal", f"No extension of {run.clock} was proposed.")
    return found[-1]


RECORD_NOTICE: Final = with_new_dates(Slice(RecordNotice, decide, tries=tries), MovedBy.EXTENDED)
