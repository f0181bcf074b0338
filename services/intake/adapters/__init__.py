"""Senders' formats: one adapter each, all reading into `services.intake.domain.incoming`."""

from services.intake.adapters.adapter import Adapter, Unreadable

__all__ = ["Adapter", "Unreadable"]
