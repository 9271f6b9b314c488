"""The file of `--page`, and what the bucket must allow so that the page works."""

import json
from pathlib import Path

from presign_cli.commands.talk import Talk
from presign_cli.core.harmless import harmless
from presign_cli.render.files import write_private


def write_page(path: Path, content: str, *, bucket: str, methods: list[str], talk: Talk) -> None:
    """Writes the page for its owner alone, and tells the bucket's CORS rules as JSON. Raises UsageError.

    A page that was mailed is opened from a file: its origin is `null`, which only `*` takes in.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
    """
    write_private(path, content.encode())
    rule = {
        "AllowedOrigins": ["*"],
        "AllowedMethods": methods,
        "AllowedHeaders": ["*"],
        "ExposeHeaders": ["ETag"],
        "MaxAgeSeconds": 3000,
    }
    talk.note(
        f"wrote {harmless(str(path))}; whoever has it can upload. The bucket needs this CORS rule, put there "
        f"by `aws s3api put-bucket-cors --bucket {bucket} --cors-configuration file://cors.json` "
        "(which replaces the rules that it has):"
    )
    talk.block(json.dumps({"CORSRules": [rule]}))
