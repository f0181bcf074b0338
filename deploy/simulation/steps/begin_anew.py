"""What came of a matter is another matter: a service request becomes a complaint."""

from __future__ import annotations

from datetime import timedelta

from deploy.simulation.life import Life
from deploy.simulation.world import case_rules
from services.intake.domain.case import Standing
from services.intake.domain.case.correct_receipt import CorrectReceipt
from services.intake.domain.case.letters import RESPONSE
from services.intake.domain.case.reopen import Reopen
from services.intake.domain.case.triage import Triage


def begin_anew(life: Life) -> bool:
    """The customer isn't satisfied with what came of it, whether it was answered or not. Tells whether there is another
    regime to live under.
    """
    rule, answer = life.rules.begins_anew, life.case.letter(RESPONSE, life.case.stage)
    on_its_way = answer is not None and answer.sent_on is None
    if rule is None or on_its_way or not life.chance("begins-anew"):
        return False
    life.wait("escalation")
    assert life.case.received_on is not None
    day = max(life.case.received_on, life.today - timedelta(days=life.days("began-anew")))
    kinds = {name: case_rules().in_force(name, day).kind for name in case_rules().triable()}
    life.regime = life.pick(
        {name: share for name, share in life.often.regimes.items() if kinds[name] in rule.kinds}
    )
    if life.case.standing is Standing.CLOSED:
        life.ask(Reopen(reason=life.words("again")))
    life.ask(
        Triage(
            regime=life.regime,
            received_on=day,
            restricted=life.case.restricted,
            reason=life.words("escalation"),
        )
    )
    if life.chance("receipt-corrected-since"):
        life.wait("correction")
        earlier = life.case.received_on - timedelta(days=life.rng.randint(1, 5))
        life.ask(
            CorrectReceipt(received_on=earlier, reason=life.words("receipt"), evidence=life.words("evidence"))
        )
    return True
