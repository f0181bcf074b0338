"""Who may ask audit, and how much at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from shared.kit.http import Principal, require

Reader = Annotated[Principal, Depends(require("cases:read", "audit:read"))]
Auditor = Annotated[Principal, Depends(require("audit:read"))]
Limit = Annotated[int, Query(ge=1, le=1000)]
