"""Answers about time: a link past its end or before its start, credentials that died, clocks that differ."""

from presign_cli.core.causes.cause import AGAIN, Cause

EXPIRED = (
    # https://github.com/versity/versitygw/issues/2116 (S3's fields in the answer)
    Cause("AccessDenied", "the link expired at {expires}", AGAIN, "request has expired"),
    Cause("AccessDenied", "the link has expired", AGAIN, "expired"),
    # R2: https://developers.cloudflare.com/r2/api/error-codes/; NooBaa: noobaa-core pull request 8493
    Cause("ExpiredRequest RequestExpired", "the link has expired", AGAIN),
    # GCS: "Request has expired: …" in Details, https://github.com/fog/fog-google/issues/264
    Cause("ExpiredToken", "the link has expired", "sign it anew", "request (signature )?(has )?expired"),
    Cause(
        "ExpiredToken",
        "the temporary credentials that signed the link have expired, and the link with them",
        "presign get LINK --strict refuses credentials that end before the link",
    ),
    # https://github.com/minio/minio/issues/2638; MinIO itself writes "not valid yet"
    Cause(
        "AccessDenied",
        "the link is not yet valid: it is dated ahead of the server's clock",
        "presign inspect LINK shows from when it works; look at the signing machine's clock",
        "not (yet valid|valid yet)",
    ),
    Cause(
        "RequestTimeTooSkewed",
        "the request is dated more than 15 minutes away from the server's clock",
        "set the clock of the machine that signs, then sign anew",
    ),
)
