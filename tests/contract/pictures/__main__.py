"""Draws every picture of the documentation anew."""

from __future__ import annotations

from tests.contract.pictures import PICTURES

if __name__ == "__main__":
    for path, draw in PICTURES.items():
        path.write_text(draw(), encoding="utf-8")
