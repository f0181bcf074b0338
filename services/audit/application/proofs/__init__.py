"""Proofs about one case for a third party: made here, checked anywhere."""
