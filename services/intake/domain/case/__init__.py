"""One case: from the contact that opened it to its end, and back if the Ombudsman takes it up."""

from services.intake.domain.case.decide import case_decider
from services.intake.domain.case.policy import Offer, offers
from services.intake.domain.case.state import CaseState, Standing

__all__ = ["CaseState", "Offer", "Standing", "case_decider", "offers"]
