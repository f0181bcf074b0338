"""Checking proofs without the tree: what a third party does. RFC 9162 section 2.1.3.2."""

from __future__ import annotations

from collections.abc import Sequence

from shared.kit.merkle.hashing import node_hash


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `leaf` (its hash) is number `index` (from 0) of the `size` leaves under `root`."""
    if not 0 <= index < size:
        return False
    place, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            computed = node_hash(sibling, computed)
            place, last = _up_to_a_right_child(place, last)
        else:
            computed = node_hash(computed, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and computed == root


def _up_to_a_right_child(place: int, last: int) -> tuple[int, int]:
    """Past the levels where the node stands alone on the right edge and has no sibling."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last
