"""Roots and proofs are those of RFC 6962, whatever the size of the tree."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kit.merkle import Frontier, Node, Range, hashes_of, inclusion_ranges, needed, verify_inclusion
from shared.kit.merkle.hashing import EMPTY_ROOT, leaf_hash, node_hash
from shared.kit.merkle.tree import Tree
from tests.unit.kit.merkle.vectors import INCLUSION, INPUTS, LEAVES, ROOTS

MOST = 300


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(size)]


sizes = st.integers(1, MOST)


@st.composite
def leaf_in_tree(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(sizes)
    return draw(st.integers(0, size - 1)), size


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
    assert Tree(LEAVES[:size]).root() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_inclusion_proofs_are_the_known_ones(index: int, size: int, path: tuple[str, ...]) -> None:
    proof = Tree(LEAVES[:size]).inclusion(index)
    assert tuple(part.hex() for part in proof) == path
    assert verify_inclusion(leaf_hash(INPUTS[index]), index, size, proof, ROOTS[size])


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


@pytest.mark.parametrize("size", [*range(70), 127, 128, 129, 255, 256, 257])
def test_a_growing_tree_has_the_root_of_the_definition(size: int) -> None:
    frontier = Frontier()
    for leaf in leaves(size):
        frontier.append(leaf)
    assert frontier.root() == root_by_definition(leaves(size))


@given(leaf_in_tree())
def test_every_inclusion_proof_verifies_and_is_short(place: tuple[int, int]) -> None:
    index, size = place
    proof = Tree(leaves(size)).inclusion(index)
    assert len(proof) <= (size - 1).bit_length()
    assert verify_inclusion(leaves(size)[index], index, size, proof, Tree(leaves(size)).root())


@given(leaf_in_tree(), st.data())
def test_no_inclusion_proof_verifies_when_anything_is_changed(
    place: tuple[int, int], data: st.DataObject
) -> None:
    index, size = place
    leaf, proof, root = leaves(size)[index], Tree(leaves(size)).inclusion(index), Tree(leaves(size)).root()
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
    assert not verify_inclusion(leaf, index, wrong_size, proof, Tree(leaves(wrong_size)).root())


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_ranges(index, size)
    assert not verify_inclusion(EMPTY_ROOT, index, size, (), EMPTY_ROOT)


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
    assert hashes_of(ranges, fetched) == Tree(leaves(size)).inclusion(index)


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
