"""The media type of a message, as its headers name it."""

from __future__ import annotations

from collections.abc import Mapping


def media_type(headers: Mapping[str, str]) -> str:
    """The type without its parameters, in lower case; empty where none is named."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def charset(headers: Mapping[str, str]) -> str:
    """The `charset` parameter, in lower case; `utf-8` where none is named."""
    for parameter in headers.get("content-type", "").split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").lower() or "utf-8"
    return "utf-8"
