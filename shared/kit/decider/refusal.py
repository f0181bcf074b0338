"""A command that the rules forbid."""

from __future__ import annotations


class Refused(Exception):
    """The rules forbid this command now.

    Attributes:
        code: stable and machine-readable, such as `no-pause`; the API answers 409 with it.
        title: one plain sentence that says what can be done instead.
        citation: the law or code that forbids it, such as `LGSCO Code 6.4`; empty for a rule of our own.
    """

    def __init__(self, code: str, title: str, citation: str = "") -> None:
        super().__init__(title)
        self.code = code
        self.title = title
        self.citation = citation
