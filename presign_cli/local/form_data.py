"""An upload form as its bytes on the wire, the file last, as S3 wants it: RFC 7578."""

from collections.abc import Mapping

_BOUNDARY = "----presign-demo-3f9c2b7a51d84e60"


def form_data(fields: Mapping[str, str], *, file: bytes, name: str) -> tuple[bytes, str]:
    """The body and its Content-Type. The names are ours: nothing in them is to be escaped."""
    head = "".join(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    )
    head += f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + file + f"\r\n--{_BOUNDARY}--\r\n".encode()
    return body, f"multipart/form-data; boundary={_BOUNDARY}"
