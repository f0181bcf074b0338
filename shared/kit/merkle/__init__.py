"""Proofs that nothing in the log was changed, left out or put in: RFC 6962 trees and signed checkpoints."""

from shared.kit.merkle.case_head import CaseHead, tree_of
from shared.kit.merkle.checkpoint import Checkpoint, TreeHead, Unreadable
from shared.kit.merkle.frontier import Frontier
from shared.kit.merkle.leaf import BATCH_SIGNATURE, covered, leaf_of
from shared.kit.merkle.note import BadSignature, open_note, sign_note
from shared.kit.merkle.ranges import Node, Range, hashes_of, inclusion_ranges, needed, root_of
from shared.kit.merkle.signing_key import SigningKey, VerifyKey
from shared.kit.merkle.verify import verify_inclusion

__all__ = [
    "BATCH_SIGNATURE",
    "BadSignature",
    "CaseHead",
    "Checkpoint",
    "Frontier",
    "Node",
    "Range",
    "SigningKey",
    "TreeHead",
    "Unreadable",
    "VerifyKey",
    "covered",
    "hashes_of",
    "inclusion_ranges",
    "leaf_of",
    "needed",
    "open_note",
    "root_of",
    "sign_note",
    "tree_of",
    "verify_inclusion",
]
