"""The Ombudsman takes a matter up that has ended: letters, answers, a decision."""

from __future__ import annotations

from datetime import timedelta

from deploy.simulation.life import Life
from deploy.simulation.steps.offers import ending
from services.deadlines.domain.clock.change_given_date import ChangeGivenDate
from services.intake.domain.case import Standing
from services.intake.domain.case.close import Close
from services.ombudsman.application.vocabulary import load_vocabulary
from services.ombudsman.domain.referral.answer_enquiry import AnswerEnquiry
from services.ombudsman.domain.referral.open_referral import OpenReferral
from services.ombudsman.domain.referral.record_decision import RecordDecision
from services.ombudsman.domain.referral.record_enquiry import RecordEnquiry


def refer(life: Life) -> None:
    """Now and then, under the regimes that have an Ombudsman."""
    found = life.often.referrals.get(life.case.regime or "")
    refused = life.case.standing is Standing.REFUSED and life.chance("refusal-taken-up")
    if found is None or not (refused or life.rng.random() < found.chance):
        return
    life.wait("referral")
    theirs = f"{life.today.year % 100} {life.rng.randint(0, 999):03} {life.rng.randint(0, 999):03}"
    which = {"ombudsman": found.ombudsman, "their_reference": theirs}
    life.ask_ombudsman(OpenReferral(**which, referred_on=life.today))
    version = life.ombudsman.referral(**which).regime_version
    letters = load_vocabulary().letters(found.ombudsman, version)
    for number, letter in enumerate(letters * 2, 1):
        if number > 1 and not life.chance("second-letter"):
            break
        _letter(life, which, letter, number)
    _decision(life, which)


def _letter(life: Life, which: dict[str, str], letter: str, number: int) -> None:
    life.wait("letter")
    named = (
        life.today + timedelta(days=life.days("letter-due")) if life.chance("letter-named-a-date") else None
    )
    enquiry = RecordEnquiry(
        **which, letter=letter, letter_on=life.today, due_on=named, questions=life.words("enquiry")
    )
    life.ask_ombudsman(enquiry)
    about = f"{life.ombudsman.referral(**which).referral}:{number}"
    run = next(each for each in life.deadlines.clocks.runs.values() if each.about == about)
    if life.chance("letter-date-moved"):
        life.wait("asked")
        moved = run.due_on + timedelta(days=life.days("letter-moved"))
        life.ask_clocks(ChangeGivenDate(clock=run.clock, occurrence=run.occurrence, due_on=moved))
        run = life.deadlines.clocks.runs[run.key]
    late = life.days("letter-late") if life.chance("answered-late-to-ombudsman") else -1
    life.wait_until(run.due_on + timedelta(days=late))
    answer = life.words("enquiry_answer")
    life.ask_ombudsman(AnswerEnquiry(**which, enquiry=number, sent_on=life.today, answer=answer))


def _decision(life: Life, which: dict[str, str]) -> None:
    life.wait("decision")
    words = load_vocabulary().outcomes[which["ombudsman"]]
    life.ask_ombudsman(
        RecordDecision(
            **which,
            decided_on=life.today,
            outcome=life.rng.choice(words),
            findings=(life.rng.choice(words),),
            remedies=life.words("remedy") if life.chance("remedies") else None,
        )
    )
    life.wait("close")
    life.ask(Close(ground=ending(life)))
