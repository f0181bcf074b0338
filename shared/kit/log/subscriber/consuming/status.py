"""What a subscriber can say of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartitionStatus:
    """One partition that this member reads.

    Attributes:
        position: the next offset to fold; None while it is being found.
        highwater: the offset that the next record will get.
        lag_seconds: how long ago everything in the partition had been folded.
        stopped: why reading has stopped, None while it goes on.
    """

    position: int | None
    highwater: int | None
    lag_seconds: float
    stopped: str | None

    @property
    def lag(self) -> int:
        """Events that wait to be folded."""
        if self.highwater is None:
            return 0
        return max(0, self.highwater - (self.position or 0))


@dataclass(frozen=True, slots=True)
class SubscriberStatus:
    """One member of a service.

    Attributes:
        parked, held: keys parked and events held, of the whole service. None while the database can't say.
        unknown: events passed over because their type is unknown, by type, since the process started.
        error: what keeps the last batch from being folded, None while all is well.
    """

    partitions: Mapping[int, PartitionStatus]
    applied: int
    repeats: int
    unknown: Mapping[str, int]
    parked: int | None
    held: int | None
    error: str | None

    @property
    def lag(self) -> int:
        """Events that wait, in all partitions of this member."""
        return sum(each.lag for each in self.partitions.values())

    @property
    def lag_seconds(self) -> float:
        """The oldest of the partitions' pictures, in seconds."""
        return max((each.lag_seconds for each in self.partitions.values()), default=0.0)

    @property
    def caught_up(self) -> bool:
        """Whether this member reads something and has folded all that was there when it last looked."""
        return bool(self.partitions) and all(
            each.position is not None
            and each.highwater is not None
            and each.lag == 0
            and each.stopped is None
            for each in self.partitions.values()
        )
