"""Proofs that nothing in the log was changed, left out or put in: RFC 6962 trees and signed checkpoints."""
