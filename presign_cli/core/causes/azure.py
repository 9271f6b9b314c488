"""Answers of Azure's Blob storage to a shared access signature."""

from presign_cli.core.causes.cause import Cause

AZURE = (
    Cause(
        "AuthenticationFailed",
        "the link is outside its time: {details}",
        "make a new SAS; start it 15 minutes early for clocks that differ",
        "time ?frame|expir|start time",
    ),
    Cause(
        "AuthenticationFailed",
        "the link was altered, or its account key was replaced since",
        "copy the whole link again, or make a new SAS",
    ),
    Cause(
        "AuthorizationPermissionMismatch", "the link does not permit this operation", "make a SAS with sp=r"
    ),
    Cause("AuthorizationSourceIPMismatch", "the link permits other addresses than yours", "look at its sip"),
    Cause("AuthorizationProtocolMismatch", "the link permits HTTPS alone", "write https:// for http://"),
    Cause("AuthorizationServiceMismatch", "the link is for another storage service", "look at its ss"),
    Cause("AuthorizationResourceTypeMismatch", "the link is for another kind of resource", "look at its srt"),
    Cause(
        "AuthorizationFailure",
        "the storage account's network rules, or the link's rights, do not allow it",
        "ask whoever keeps the storage account",
    ),
    Cause(
        "KeyBasedAuthenticationNotPermitted",
        "the storage account no longer accepts links signed with its key",
        "make a user delegation SAS",
    ),
    Cause(
        "NoAuthenticationInformation PublicAccessNotPermitted",
        "the link has lost its signature",
        "copy the whole link again",
    ),
    Cause("BlobNotFound ResourceNotFound", "there is no such blob", "look at its name, letter case included"),
    Cause("ContainerNotFound", "there is no such container", "look at its name"),
    Cause("BlobArchived", "the blob is archived", "rehydrate it first: az storage blob set-tier --tier Hot"),
    Cause("AccountIsDisabled", "the storage account is disabled", "ask whoever keeps it"),
)
