"""Where the story of `presign demo` takes place: its server, its manual, and `get` with its server's keys."""

import os
from dataclasses import replace
from functools import cached_property

from presign_cli.commands.runtime import Runtime
from presign_cli.commands.signing import Request, Signer, open_signer
from presign_cli.commands.signing_options import SigningOptions
from presign_cli.commands.talk import Talk
from presign_cli.core.link import Link
from presign_cli.core.renewal import parse_renewable
from presign_cli.core.response import explain
from presign_cli.core.story import Step
from presign_cli.local.gateway import REGION, Server
from presign_cli.local.http import Answer
from presign_cli.local.pdf import keyboard_manual
from presign_cli.local.vault import BUCKET, KEY
from presign_cli.settings import Settings

# Somebody's own profiles have no say in the story.
_NO_FILES = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}


class Scene:
    """Where the story takes place: the server, the manual, and `get` with the server's keys."""

    def __init__(self, server: Server, *, runtime: Runtime) -> None:
        self.server = server
        self.runtime = replace(runtime, environ=server_environ(server) | _NO_FILES)
        self.manual = keyboard_manual()

    def signer(self, *, ttl: int) -> Signer:
        """What every command signs with, for the story's bucket."""
        talk = Talk(self.runtime.stderr, quiet=True)
        settings = Settings(bucket=BUCKET)
        return open_signer(SigningOptions(ttl=ttl), settings, runtime=self.runtime, talk=talk)

    def get(self, *, ttl: int) -> Link:
        """What `presign get manuals/kbd-v2.pdf --ttl TTL` signs."""
        signer = self.signer(ttl=ttl)
        target = parse_renewable(KEY, signer.surroundings())
        return signer.batch(target, [target.key], Request()).model

    @cached_property
    def url(self) -> str:
        """The link of the story, good for five minutes."""
        return self.get(ttl=300).presigned.url

    def refusal(self, name: str, answer: Answer, *, text: str, because: str) -> Step:
        """A step that holds where S3 says 403 for this very reason, which is in its code or its words."""
        why = explain(answer.status, answer.headers, answer.body, now=self.runtime.now())
        ok = answer.status == 403 and because in f"{why.code} {why.said}"
        told = f"{text}: {answer.status} {why.code or ''}".rstrip()
        return Step(name=name, ok=ok, text=told, status=answer.status, code=why.code, said=why.said or None)


def server_environ(server: Server) -> dict[str, str]:
    """What a command needs in its environment to sign for this server."""
    return {
        "AWS_ACCESS_KEY_ID": server.access_key_id,
        "AWS_SECRET_ACCESS_KEY": server.secret_access_key,
        "AWS_ENDPOINT_URL_S3": server.endpoint_url,
        "AWS_REGION": REGION,
    }
