"""What a page takes as a file: not more than the installation allows, from the first byte on."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from earlydoors.domain.imports.operations import Limits

TOO_LARGE = "upload_too_large"


def limits() -> Limits:
    """The largest file of this installation."""
    return Limits(size=settings.IMPORT_MEGABYTES << 20, rows=settings.IMPORT_ROWS)


class SizeLimit(FileUploadHandler):
    """Lets go of a file as soon as it is larger than is taken, and notes that on the request."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._seen = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self._seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a piece on, or drop the file."""
        self._seen += len(raw_data)
        if self._seen > limits().size:
            setattr(self.request, TOO_LARGE, True)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handler that keeps it."""
        return
