"""Files that people attach: told by what is in them, and kept without what they should not say.

A photograph taken with a phone says where and when it was taken and on what. That can give away a
place that is kept from somebody, so pictures are written anew from their points alone.
"""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Final

from PIL import Image, ImageOps

from earlydoors.foundation.kernel.refusals import UnableTo

KINDS: Final = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
"""What may be attached, and how it is told to a browser."""
ENDINGS: Final = (".pdf", ".jpg", ".jpeg", ".png")
LARGEST: Final = 10 << 20  # bytes
_MOST_POINTS: Final = 60_000_000  # of a picture; a phone's has twelve to fifty million
_QUALITY: Final = 88
_NONE_OF_THEM: Final = "The file is not a PDF, JPEG or PNG, or it is damaged. Choose another."
_HEAD: Final = 1024  # a PDF begins within so many bytes


@dataclass(frozen=True)
class Attached:
    """A file as it is kept: its kind, what is in it, and the SHA-256 of that in hexadecimal."""

    kind: str
    content: bytes

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def read_attached(sent: IO[bytes]) -> Attached:
    """Read a file from its start, whatever its name says it is.

    Raises `UnableTo` for one that is empty, too large, damaged, or neither a PDF nor a picture.
    """
    sent.seek(0)
    content = sent.read(LARGEST + 1)
    if not content:
        raise UnableTo("The file is empty. Choose another.")
    if len(content) > LARGEST:
        raise UnableTo(
            f"The file is larger than {LARGEST >> 20} MB. Make it smaller, or divide it."
        )
    if b"%PDF-" in content[:_HEAD]:
        return Attached("pdf", content)
    return _picture(content)


def _picture(content: bytes) -> Attached:
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as found:
            if found.width * found.height > _MOST_POINTS:
                raise UnableTo("The picture has too many points. Make it smaller.")
            kind = (found.format or "").lower()
            turned = ImageOps.exif_transpose(found)
            plain = turned.convert("L" if turned.mode in {"1", "L"} else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise UnableTo(
            "The file is not a PDF, JPEG or PNG, or it is damaged. Choose another."
        ) from None
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    made = BytesIO()
    bare.save(made, kind, **({"quality": _QUALITY} if kind == "jpeg" else {}))
    return Attached(kind, made.getvalue())
