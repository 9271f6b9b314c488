"""The story's second half: a file is let in by a link, by a form and in parts, and no other file."""

from collections.abc import Sequence

from presign_cli.commands.demo_scene import Scene
from presign_cli.commands.multipart import begun
from presign_cli.commands.post_form import sign_wish
from presign_cli.commands.signing import Request
from presign_cli.core.multipart import MultipartUpload, completion_body, plan_parts
from presign_cli.core.response import explain
from presign_cli.core.size import MIB, size_in_words
from presign_cli.core.story import Step
from presign_cli.core.target_grammar import parse_target
from presign_cli.core.upload import Upload, owed_headers
from presign_cli.core.upload_form import FormWish, UploadForm
from presign_cli.local.form_data import form_data
from presign_cli.local.http import Answer, send
from presign_cli.local.pdf import CONTENT_TYPE

_INBOX = "inbox/"
_LIMIT = 1_000_000
_PART_SIZE = 5 * MIB


def uploaded(scene: Scene) -> Step:
    """A link for exactly one type and length, with which any other file is refused."""
    key, content = f"{_INBOX}page.pdf", scene.manual[:_LIMIT]
    headers = owed_headers(Upload(content_type=CONTENT_TYPE, size=len(content)))
    url = _url(scene, key, Request(method="PUT", headers=headers))
    other = send("PUT", url, body=content[:-1], headers={"Content-Type": CONTENT_TYPE})
    answer = send("PUT", url, body=content, headers={"Content-Type": CONTENT_TYPE})
    ok = other.status == 403 and answer.status == 200 and _read(scene, key) == content
    text = f"presign put {key} --size 1MB: {_told(ok)}; a byte less: {other.status}"
    return Step(name="uploaded", ok=ok, text=text, status=answer.status)


def limited(scene: Scene) -> Step:
    """A form with a limit: a file within it is taken, one over it refused."""
    key = f"{_INBOX}form.pdf"
    target = parse_target(key, scene.signer(ttl=300).surroundings(method="POST"))
    form = sign_wish(
        scene.signer(ttl=300), target, FormWish(key=key, max_size=_LIMIT), now=scene.runtime.now()
    )
    over, within = _post(form, scene.manual[: _LIMIT + 1]), _post(form, scene.manual[:_LIMIT])
    why = explain(over.status, over.headers, over.body, now=scene.runtime.now())
    ok = why.code == "EntityTooLarge" and within.status == 204 and _read(scene, key) == scene.manual[:_LIMIT]
    text = f"presign post-form --max-size 1MB: {_told(ok)}; a byte more: {over.status} {why.code}"
    return Step(name="limited", ok=ok, text=text, status=over.status, code=why.code, said=why.said or None)


def in_parts(scene: Scene) -> Step:
    """The whole manual in parts, each by a link of its own."""
    key, size = f"{_INBOX}manual.pdf", len(scene.manual)
    signer = scene.signer(ttl=300)
    target = parse_target(key, signer.surroundings(method="PUT"))
    plan = plan_parts(size, part_size=_PART_SIZE)
    with begun(signer, target, Upload(content_type=CONTENT_TYPE), plan) as upload:
        answer = _send_parts(upload, scene.manual)
    ok = answer.status == 200 and b"<Error>" not in answer.body and _read(scene, key) == scene.manual
    asked = f"--multipart --size {size_in_words(size).replace(' ', '')}"
    text = f"presign put {asked}, {len(upload.parts)} parts: {_told(ok)}"
    return Step(name="in-parts", ok=ok, text=text, status=answer.status)


def _send_parts(upload: MultipartUpload, content: bytes) -> Answer:
    etags: list[str] = []
    for part in upload.parts:
        answer = send("PUT", part.url, body=content[part.offset : part.offset + part.size])
        if answer.status != 200:
            return answer
        etags.append(answer.headers.get("etag", ""))
    return _complete(upload, etags)


def _complete(upload: MultipartUpload, etags: Sequence[str]) -> Answer:
    return send("POST", upload.complete_url, body=completion_body(etags).encode())


def _post(form: UploadForm, content: bytes) -> Answer:
    body, kind = form_data(form.fields, file=content, name="form.pdf")
    return send("POST", form.url, body=body, headers={"Content-Type": kind})


def _read(scene: Scene, key: str) -> bytes:
    return send("GET", _url(scene, key, Request())).body


def _url(scene: Scene, key: str, request: Request) -> str:
    signer = scene.signer(ttl=300)
    target = parse_target(key, signer.surroundings(method=request.method))
    return signer.batch(target, [target.key], request).urls[0]


def _told(ok: bool) -> str:
    return "arrived byte for byte" if ok else "did not hold"
