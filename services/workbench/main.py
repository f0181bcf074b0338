"""The workbench's process."""

from __future__ import annotations

import asyncio

from services.workbench.api.status import router
from services.workbench.settings import Settings
from shared.contracts import asyncapi
from shared.kit.http import create_app
from shared.kit.runtime import configure_logs, serve


def main() -> None:
    """Runs it until SIGTERM."""
    settings = Settings()
    configure_logs("workbench", settings.log_level)
    token_key = settings.token_public_key_file.read_text("ascii")
    app = create_app("workbench", token_key=token_key, routers=[router(settings)], events=asyncapi.document)
    asyncio.run(serve(app, settings.host, settings.port))


if __name__ == "__main__":
    main()
