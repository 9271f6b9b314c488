"""Answers about what is asked for: no such thing, not here, archived, or not to be decrypted."""

from presign_cli.core.causes.cause import WHO, Cause

PLACES = (
    Cause(
        "NoSuchKey",
        "the object was deleted: its newest version is a delete marker",
        "presign get LINK --version-id ID reads an older version",
        "delete-marker",
    ),
    Cause(
        "NoSuchKey NotFound", "there is no such object", "look at the key's spelling, letter case included"
    ),
    Cause("NoSuchVersion", "there is no such version of the object", "presign get without --version-id"),
    Cause("NoSuchBucket", "there is no such bucket", "look at the bucket's spelling, region and endpoint"),
    Cause("NoSuchAccessPoint", "there is no such access point", "look at its name, account and region"),
    Cause(
        "PermanentRedirect TemporaryRedirect Redirect IllegalLocationConstraintException "
        "IllegalLocationConstraint MovedPermanently",
        "the bucket is in {region}, the link goes to another region",
        "presign get LINK --region {region}",
    ),
    Cause(
        "PermanentRedirect Redirect MovedPermanently",
        "the bucket is served elsewhere: at {endpoint}",
        "presign get s3://BUCKET/KEY looks the region up",
    ),
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html
    Cause(
        "TemporaryRedirect",
        "the bucket is new, and its name does not yet lead to its region",
        "presign get LINK --region REGION (the link then goes straight there)",
    ),
    Cause(
        "PermanentRedirect Redirect MovedPermanently IllegalLocationConstraintException "
        "IllegalLocationConstraint",
        "the bucket is in another region than the link goes to",
        "presign get s3://BUCKET/KEY looks the region up",
    ),
    Cause(
        "InvalidObjectState",
        "the object is archived (Glacier, Intelligent-Tiering) and must be restored before it can be read",
        "aws s3api restore-object --bucket B --key KEY --restore-request Days=7",
    ),
    Cause(
        "KMS.DisabledException KMS.KMSInvalidStateException KMS.NotFoundException",
        "the KMS key that the object is encrypted with is disabled, being deleted, or gone",
        "aws kms describe-key --key-id KEY, then enable-key or cancel-key-deletion",
    ),
    Cause("KMS.*", "KMS did not decrypt the object", "aws kms describe-key --key-id KEY"),
    Cause(
        "MethodNotAllowed",
        "this version of the object is a delete marker, which cannot be read",
        "presign get LINK --version-id ID reads another version",
        "delete-marker",
    ),
    Cause("MethodNotAllowed", "the server does not allow this method here", "presign inspect LINK --verify"),
    Cause("InvalidRange", "the server would not give the range asked for", "open the link itself"),
    Cause(
        "InvalidBucketName InvalidURI KeyTooLongError NoSuchUpload",
        "the link's path is not a bucket and a key",
        WHO,
    ),
    Cause(
        "UserProjectMissing UserProjectAccountProblem",
        "the bucket's requester pays, and the link names no project to bill",
        "sign it with userProject",
    ),
    Cause("PreconditionFailed", "a condition of the request does not hold", "presign inspect LINK names it"),
)
