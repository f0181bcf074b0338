"""Checking proofs without the tree: what a third party does. RFC 9162 sections 2.1.3.2 and 2.1.4.2."""

from __future__ import annotations

from collections.abc import Sequence

from shared.kit.merkle.hashing import EMPTY_ROOT, node_hash


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


def verify_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the `old` leaves under `old_root` are the first of the `new` leaves under `new_root`.

    Every tree is consistent with the empty one and with itself; the proof is empty then.
    """
    if not 0 <= old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    path = [old_root, *proof] if old.bit_count() == 1 else list(proof)
    if not path or not proof:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_computed = new_computed = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_computed = node_hash(sibling, old_computed)
            new_computed = node_hash(sibling, new_computed)
            place, last = _up_to_a_right_child(place, last)
        else:
            new_computed = node_hash(new_computed, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old_computed == old_root and new_computed == new_root


def _up_to_a_right_child(place: int, last: int) -> tuple[int, int]:
    """Past the levels where the node stands alone on the right edge and has no sibling."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last
