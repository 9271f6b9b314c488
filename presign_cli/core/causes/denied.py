"""Answers of servers that know the signer and say no: AccessDenied in its several meanings."""

from presign_cli.core.causes.cause import WHO, Cause

DENIED = (
    # https://github.com/boto/boto3/issues/2952 and the AWS page on 403 errors, "Encryption settings"
    Cause(
        "AccessDenied",
        "the signer may read the object but not decrypt it: the right `{action}` on its KMS key is missing",
        "ask for kms:Decrypt on the object's key, in the signer's policy and in the key's",
        r"kms:\w+",
    ),
    Cause(
        "AccessDenied AccessDeniedException",
        "the object's KMS key does not exist, is in another region or account, or the signer may not use it",
        "ask for kms:Decrypt on the object's key, in the signer's policy and in the key's",
        "ciphertext refers to|kms key|customer master key",
    ),
    # a GET of a missing key by a signer without ListBucket is 403 and not 404:
    # https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html (Permissions)
    Cause(
        "AccessDenied",
        "there is no such object, and the signer may not list the bucket to be told so",
        "look at the key's spelling; with s3:ListBucket the answer would be NoSuchKey",
        r"not authorized to perform: s3:ListBucket\b",
    ),
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-s3-c-encryption-setting-faq.html
    Cause(
        "AccessDenied",
        "the bucket blocks encryption with customer keys (SSE-C), as new buckets do since April 2026",
        "upload without --sse-c-key, or have SSE-C allowed by PutBucketEncryption",
        r"SSE-C\b|customer[- ]provided|blocked encryption",
    ),
    # https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
    Cause(
        "AccessDenied",
        "a policy denies links that are older than it allows (s3:signatureAge)",
        "presign get LINK --ttl 5m, and use it at once",
        "signatureAge",
    ),
    Cause(
        "AccessDenied",
        "a VPC endpoint's policy denies it: the network from which it was asked may not reach this object",
        "ask from another network, or ask whoever keeps the endpoint's policy",
        "vpc endpoint policy|vpce",
    ),
    Cause(
        "AccessDenied",
        "the organization's {policy} denies it, whoever signs",
        "ask whoever keeps the organization's policies",
        "explicit deny in an? (service|resource) control policy",
    ),
    Cause(
        "AccessDenied",
        "the bucket's policy denies it: by the link's age (s3:signatureAge), the network (source IP, VPC "
        "endpoint), plain HTTP, or whoever signs",
        "ask whoever keeps the bucket's policy",
        "explicit deny in a resource-based policy",
    ),
    Cause("AccessDenied", "the signer's {policy} denies `{action}`", WHO, "explicit deny"),
    Cause(
        "AccessDenied",
        "public access is blocked for this bucket, and the request did not count as signed",
        "presign inspect LINK says whether the link still has its signature",
        "block ?public ?access",
    ),
    Cause("AccessDenied", "the signer has no right to `{action}` here", WHO, "not authorized to perform"),
    Cause("AccessDenied", "the signer has no right to this object", WHO, r"does not have \S+ access"),
    # MinIO's code says it also of a signed header that was not sent; S3 calls that SignatureDoesNotMatch
    Cause(
        "AccessDenied",
        "the headers that were sent are not the ones that the link signs",
        "send only the headers that presign inspect LINK names",
        "headers? present in the request which (were|was) not signed",
    ),
    # CloudFront writes a small d: https://repost.aws/knowledge-center/cloudfront-troubleshoot-signed-url-cookies
    Cause(
        "AccessDenied",
        "CloudFront refuses the link (expired, altered, or not what its policy allows), "
        "or S3 refuses CloudFront",
        "presign inspect LINK shows the policy; the bucket must let the distribution read",
        "(?-i:^Access denied$)",
    ),
    Cause(
        "AccessDenied Forbidden",
        "the signer has no right to this object, or it is not there and the signer may not list the bucket, "
        "or a policy denies it (link's age, network)",
        f"{WHO}; that identity needs s3:GetObject on the key",
    ),
    Cause("AllAccessDisabled", "all access to this bucket has been disabled by AWS", "contact AWS Support"),
    Cause(
        "AccountProblem NotSignedUp", "something is wrong with the owner's AWS account", "contact AWS Support"
    ),
    Cause(
        "AccessControlListNotSupported",
        "ACLs are off in this bucket (bucket owner enforced), and the link sets one",
        "presign put TARGET without --acl",
    ),
    Cause("MissingKey", "the link has lost its Key-Pair-Id", "copy the whole link again"),
    Cause("InvalidKey", "CloudFront does not know the key that signed the link", WHO),
)
