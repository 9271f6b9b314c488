"""What an upload's content may be: from flags, or from the very file that is to be uploaded."""

from dataclasses import dataclass, replace

from presign_cli.core.size import MAX_OBJECT_OF_ONE_REQUEST, parse_size, size_in_words
from presign_cli.core.upload import Upload, check_content_type, parse_sha256
from presign_cli.errors import UsageError


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file's exact length, the type that its name tells, and its SHA-256 in base64, where that is used."""

    size: int
    content_type: str
    checksum_sha256: str | None


def with_content(
    upload: Upload,
    *,
    content_type: str | None,
    size: str | None,
    checksum_sha256: str | None,
    no_overwrite: bool,
    file: FileFacts | None,
    multipart: bool,
) -> Upload:
    """The upload with what is asked of its content, by flags or by a file. Raises UsageError."""
    length = None if size is None else parse_size(size, option="--size")
    checksum = None if checksum_sha256 is None else parse_sha256(checksum_sha256)
    kind = None if content_type is None else check_content_type(content_type)
    if file is not None:
        _check_agreement("--size", length, file.size)
        _check_agreement("--checksum-sha256", checksum, file.checksum_sha256)
        length, kind = file.size, kind or file.content_type
        checksum = file.checksum_sha256
    if multipart and length is None:
        raise UsageError(
            "--multipart needs the file's size", hint="--multipart --size 20GiB, or --for-file PATH"
        )
    if not multipart and length is not None and length > MAX_OBJECT_OF_ONE_REQUEST:
        raise UsageError(
            f"{size_in_words(length)} are over the {size_in_words(MAX_OBJECT_OF_ONE_REQUEST)} of one PUT",
            hint=f"presign put --multipart --size {length}",
        )
    return replace(
        upload, content_type=kind, size=length, checksum_sha256=checksum, no_overwrite=no_overwrite
    )


def _check_agreement(option: str, said: object, found: object) -> None:
    if said is not None and said != found:
        raise UsageError(
            f"{option} `{said}` is not that of --for-file, `{found}`", hint=f"leave out {option}"
        )
