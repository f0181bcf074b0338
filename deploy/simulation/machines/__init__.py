"""What each service does by itself in a simulated world: its own reactor, and its own decider for what it owes.

A service that owes something new is told here what to do with it.
"""

from __future__ import annotations

from deploy.simulation.machines.deadlines import Deadlines
from deploy.simulation.machines.intake import Intake
from deploy.simulation.machines.notifications import Notifications
from deploy.simulation.machines.ombudsman import Ombudsman
from deploy.simulation.world import World

__all__ = ["Deadlines", "Intake", "Notifications", "Ombudsman", "put_in"]


def put_in(world: World) -> tuple[Intake, Deadlines, Ombudsman, Notifications]:
    intake, deadlines, notifications = Intake(world), Deadlines(world), Notifications(world)
    world.machines += [intake, deadlines, notifications]
    deadlines.expect_proclamation()
    return intake, deadlines, Ombudsman(world), notifications
