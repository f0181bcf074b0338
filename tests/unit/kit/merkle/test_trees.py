"""Roots and proofs are those of RFC 6962, whatever the size of the tree."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kit.merkle import Frontier, Node, Range, hashes_of, inclusion_ranges, needed, verify_inclusion
from shared.kit.merkle.hashing import EMPTY_ROOT, leaf_hash, node_hash
from shared.kit.merkle.ranges import consistency_ranges
from shared.kit.merkle.tree import Tree
from shared.kit.merkle.verify import verify_consistency
from tests.unit.kit.merkle.vectors import CONSISTENCY, INCLUSION, INPUTS, LEAVES, ROOTS

MOST = 300


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(size)]


TREE = Tree(leaves(MOST))
sizes = st.integers(1, MOST)


@st.composite
def leaf_in_tree(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(sizes)
    return draw(st.integers(0, size - 1)), size


@st.composite
def old_and_new(draw: st.DrawFn) -> tuple[int, int]:
    new = draw(sizes)
    return draw(st.integers(1, new)), new


def root_by_definition(hashes: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word, from leaf hashes."""
    if len(hashes) <= 1:
        return hashes[0] if hashes else hashlib.sha256(b"").digest()
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node_hash(root_by_definition(hashes[:split]), root_by_definition(hashes[split:]))


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_known_ones(size: int) -> None:
    assert Tree(LEAVES[:size]).root() == Tree(LEAVES).root(size) == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_inclusion_proofs_are_the_known_ones(index: int, size: int, path: tuple[str, ...]) -> None:
    proof = Tree(LEAVES).inclusion(index, size)
    assert tuple(part.hex() for part in proof) == path
    assert verify_inclusion(leaf_hash(INPUTS[index]), index, size, proof, ROOTS[size])


@pytest.mark.parametrize(("old", "new", "path"), CONSISTENCY)
def test_consistency_proofs_are_the_known_ones(old: int, new: int, path: tuple[str, ...]) -> None:
    proof = Tree(LEAVES).consistency(old, new)
    assert tuple(part.hex() for part in proof) == path
    assert verify_consistency(old, ROOTS[old], new, ROOTS[new], proof)


def test_the_proofs_drawn_in_rfc_6962_section_2_1_3() -> None:
    a, b, c, d, e, f, j = leaves(7)
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, m = node_hash(g, h), node_hash(i, j)
    tree = Tree([a, b, c, d, e, f, j])
    assert tree.root() == node_hash(k, m)
    assert tree.inclusion(0) == (b, h, m)
    assert tree.inclusion(3) == (c, g, m)
    assert tree.inclusion(4) == (f, j, k)
    assert tree.inclusion(6) == (i, k)
    assert tree.consistency(3) == (c, d, g, m)
    assert tree.consistency(4) == (m,)
    assert tree.consistency(6) == (i, j, k)


@pytest.mark.parametrize("size", [*range(70), 127, 128, 129, 255, 256, 257])
def test_a_growing_tree_has_the_root_of_the_definition(size: int) -> None:
    frontier = Frontier()
    for leaf in leaves(size):
        frontier.append(leaf)
    assert frontier.root() == root_by_definition(leaves(size)) == TREE.root(size)


@given(leaf_in_tree())
def test_every_inclusion_proof_verifies_and_is_short(place: tuple[int, int]) -> None:
    index, size = place
    proof = TREE.inclusion(index, size)
    assert len(proof) <= (size - 1).bit_length()
    assert verify_inclusion(leaves(size)[index], index, size, proof, TREE.root(size))


@given(leaf_in_tree(), st.data())
def test_no_inclusion_proof_verifies_when_anything_is_changed(
    place: tuple[int, int], data: st.DataObject
) -> None:
    index, size = place
    leaf, proof, root = leaves(size)[index], TREE.inclusion(index, size), TREE.root(size)
    other = data.draw(st.binary(min_size=32, max_size=32))
    assert not verify_inclusion(other, index, size, proof, root)
    assert not verify_inclusion(leaf, index, size, proof, other)
    wrong_index = data.draw(st.integers(-1, size).filter(lambda wrong: wrong != index))
    assert not verify_inclusion(leaf, wrong_index, size, proof, root)
    assert not verify_inclusion(leaf, index, size, (*proof, other), root)
    if proof:
        position = data.draw(st.integers(0, len(proof) - 1))
        assert not verify_inclusion(
            leaf, index, size, (*proof[:position], other, *proof[position + 1 :]), root
        )
        assert not verify_inclusion(leaf, index, size, proof[:-1], root)
        assert not verify_inclusion(leaf, index, size, proof[1:], root)
    wrong_size = data.draw(sizes.filter(lambda wrong: wrong != size))
    assert not verify_inclusion(leaf, index, wrong_size, proof, TREE.root(wrong_size))


@given(old_and_new())
def test_every_consistency_proof_verifies(pair: tuple[int, int]) -> None:
    old, new = pair
    assert verify_consistency(old, TREE.root(old), new, TREE.root(new), TREE.consistency(old, new))


@given(old_and_new(), st.data())
def test_no_consistency_proof_verifies_when_anything_is_changed(
    pair: tuple[int, int], data: st.DataObject
) -> None:
    old, new = pair
    old_root, new_root, proof = TREE.root(old), TREE.root(new), TREE.consistency(old, new)
    other = data.draw(st.binary(min_size=32, max_size=32))
    assert not verify_consistency(old, other, new, new_root, proof)
    assert not verify_consistency(old, old_root, new, other, proof)
    assert not verify_consistency(old, old_root, new, new_root, (*proof, other))
    if proof:
        position = data.draw(st.integers(0, len(proof) - 1))
        changed = (*proof[:position], other, *proof[position + 1 :])
        assert not verify_consistency(old, old_root, new, new_root, changed)
        assert not verify_consistency(old, old_root, new, new_root, proof[:-1])
        assert not verify_consistency(old, old_root, new, new_root, ())
    wrong_old = data.draw(st.integers(-1, MOST).filter(lambda wrong: wrong != old))
    assert not verify_consistency(wrong_old, old_root, new, new_root, proof)


@given(old_and_new(), st.data())
def test_a_log_whose_past_was_changed_is_consistent_with_no_earlier_root(
    pair: tuple[int, int], data: st.DataObject
) -> None:
    old, new = pair
    changed = leaves(new)
    changed[data.draw(st.integers(0, old - 1))] = leaf_hash(b"another past")
    forged = Tree(changed)
    assert not verify_consistency(old, TREE.root(old), new, forged.root(), forged.consistency(old, new))


def test_every_tree_is_consistent_with_the_empty_one() -> None:
    assert TREE.consistency(0) == ()
    assert verify_consistency(0, EMPTY_ROOT, MOST, TREE.root(), ())
    assert verify_consistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, ())
    assert not verify_consistency(0, TREE.root(), MOST, TREE.root(), ())
    assert not verify_consistency(0, EMPTY_ROOT, MOST, TREE.root(), (EMPTY_ROOT,))


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_ranges(index, size)
    assert not verify_inclusion(EMPTY_ROOT, index, size, (), EMPTY_ROOT)


@pytest.mark.parametrize(("old", "new"), [(-1, 3), (4, 3)])
def test_a_longer_tree_is_not_the_beginning_of_a_shorter(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="not the beginning"):
        consistency_ranges(old, new)
    assert not verify_consistency(old, EMPTY_ROOT, new, EMPTY_ROOT, ())


def test_a_tree_has_no_root_at_a_size_it_never_had() -> None:
    for size in (-1, MOST + 1):
        with pytest.raises(ValueError, match="leaves"):
            TREE.root(size)


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_a_frontier_kept_in_rows_grows_on_as_if_it_had_never_stopped(kept: int, more: int) -> None:
    frontier = Frontier()
    for leaf in leaves(kept):
        frontier.append(leaf)
    resumed = Frontier(frontier.size, frontier.hashes)
    for leaf in leaves(kept + more)[kept:]:
        resumed.append(leaf)
    assert (resumed.size, resumed.root()) == (kept + more, root_by_definition(leaves(kept + more)))


@given(leaf_in_tree())
def test_proofs_are_made_from_the_few_stored_nodes_that_are_named_beforehand(place: tuple[int, int]) -> None:
    index, size = place
    frontier = Frontier()
    rows: dict[Node, bytes] = {}
    for leaf in leaves(size):
        rows.update(frontier.append(leaf))
    assert frontier.hashes == tuple(rows[node] for node in Range(0, size).nodes())
    ranges = inclusion_ranges(index, size)
    fetched = {node: rows[node] for node in needed(ranges)}
    assert len(fetched) <= size.bit_length() ** 2
    assert hashes_of(ranges, fetched) == TREE.inclusion(index, size)


def test_a_node_is_told_once_and_when_it_is_complete() -> None:
    frontier = Frontier()
    told = [[new.node for new in frontier.append(leaf)] for leaf in leaves(4)]
    assert told == [
        [Node(0, 0)],
        [Node(0, 1), Node(1, 0)],
        [Node(0, 2)],
        [Node(0, 3), Node(1, 1), Node(2, 0)],
    ]


@pytest.mark.parametrize(("size", "count"), [(-1, 0), (0, 1), (3, 1), (4, 2)])
def test_a_frontier_that_does_not_fit_its_size_is_refused(size: int, count: int) -> None:
    with pytest.raises(ValueError, match="frontier"):
        Frontier(size, [EMPTY_ROOT] * count)


def test_a_leaf_never_passes_for_a_node() -> None:
    left, right = leaves(2)
    assert leaf_hash(left + right) != node_hash(left, right)
