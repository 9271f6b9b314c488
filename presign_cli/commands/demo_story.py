"""The story that `presign demo` tells: a list of steps, each tried on a real server with the code of `get`.

A further step is a function more and a line in CHAPTERS.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from presign_cli.commands.demo_scene import Scene
from presign_cli.commands.demo_uploads import in_parts, limited, uploaded
from presign_cli.commands.runtime import Runtime
from presign_cli.core.story import Step
from presign_cli.errors import PresignError
from presign_cli.local.http import send
from presign_cli.local.vault import BUCKET, KEY, fill_vault

_GRACE_SECONDS = 0.5


Chapter = tuple[str, Callable[[Scene], Step]]


def tell(scene: Scene, *, begin: Callable[[str], None]) -> Iterator[Step]:
    """The steps as they are done; `begin` hears each one's name before. An error is a step that failed."""
    for name, act in CHAPTERS:
        begin(name)
        try:
            yield act(scene)
        except PresignError as error:
            yield Step(name=name, ok=False, text=error.text)


def stored(scene: Scene) -> Step:
    fill_vault(scene.server, scene.manual, now=scene.runtime.now())
    return Step(name="stored", ok=True, text=f"a PDF of 15 MB in the bucket {BUCKET}")


def private(scene: Scene) -> Step:
    answer = send("GET", scene.url.partition("?")[0])
    step = scene.refusal("private", answer, text="without a link", because="AccessDenied")
    return replace(step, said=None)  # "Access Denied." once more


def signed(scene: Scene) -> Step:
    head = f"{scene.server.endpoint_url}/.../{KEY.rpartition('/')[2]}?...&X-Amz-Expires=300&..."
    ok = "&X-Amz-Expires=300&" in scene.url
    return Step(name="signed", ok=ok, text=f"presign get {KEY} --ttl 5m", detail=head)


def downloaded(scene: Scene) -> Step:
    answer = send("GET", scene.url)
    ok = answer.status == 200 and answer.body == scene.manual
    told = "equal byte for byte" if ok else f"not the manual ({answer.status})"
    text = f"{len(answer.body):,} bytes with that link, {told}"
    return Step(name="downloaded", ok=ok, text=text, status=answer.status)


def altered(scene: Scene) -> Step:
    longer = scene.url.replace("&X-Amz-Expires=300&", "&X-Amz-Expires=900&")
    text = "one character changed, 300 to 900"
    return scene.refusal("altered", send("GET", longer), text=text, because="SignatureDoesNotMatch")


def expired(scene: Scene) -> Step:
    link = scene.get(ttl=2)
    early = send("GET", link.presigned.url)
    if early.status != 200:
        return scene.refusal("expired", early, text="a two-second link, used at once", because="never")
    _wait_until(link.life.expires_at, scene.runtime)
    late = send("GET", link.presigned.url)
    return scene.refusal("expired", late, text="a two-second link, used too late", because="expired")


def _wait_until(moment: datetime, runtime: Runtime) -> None:
    left = (moment - runtime.clock()).total_seconds()
    time.sleep(min(max(left, 0), 5) + _GRACE_SECONDS)


CHAPTERS: tuple[Chapter, ...] = (
    ("stored", stored),
    ("private", private),
    ("signed", signed),
    ("downloaded", downloaded),
    ("altered", altered),
    ("expired", expired),
    ("uploaded", uploaded),
    ("limited", limited),
    ("in-parts", in_parts),
)
