"""Files that are the same for everybody: sent compressed, kept by browsers, and asked about again before each use.

Nothing else is compressed: where a page holds a secret beside what somebody sent, its size would tell of the secret.
"""

import os

from fastapi import Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Scope


def serve_public_files(folder: os.PathLike[str]) -> ASGIApp:
    """An ASGI app that serves the files of a folder."""
    return GZipMiddleware(_KeptFiles(directory=folder))


class _KeptFiles(StaticFiles):
    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, or 304 where the browser has it already."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["ETag"] = f"W/{response.headers['etag']}"  # of the content, compressed or not
        return response
