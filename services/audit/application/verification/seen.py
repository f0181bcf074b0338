"""Which leaves another copy was found to have: one bit each, so that ten million events fit in a megabyte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Seen:
    """Marks leaves of all partitions up to the sizes that the trees had at the beginning."""

    def __init__(self, sizes: Mapping[int, int]) -> None:
        self._sizes = dict(sizes)
        self._bits = {partition: bytearray((size + 7) // 8) for partition, size in sizes.items()}

    def mark(self, partition: int, index: int) -> bool:
        """Marks a leaf; False where it was marked before. One beyond the sizes is let pass."""
        if index >= self._sizes.get(partition, 0):
            return True
        bits, byte, bit = self._bits[partition], index >> 3, 1 << (index & 7)
        fresh = not bits[byte] & bit
        bits[byte] |= bit
        return fresh

    def missing(self) -> Iterator[tuple[int, int]]:
        """Partition and place of every leaf that was not marked, in order."""
        for partition, size in sorted(self._sizes.items()):
            bits = self._bits[partition]
            for byte, found in enumerate(bits):
                if found == 0xFF:  # noqa: PLR2004  all eight
                    continue
                for index in range(byte << 3, min(size, (byte + 1) << 3)):
                    if not found & (1 << (index & 7)):
                        yield partition, index
