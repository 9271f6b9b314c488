"""The name is RFC 6266's, by the examples of its section 5."""

import pytest

from presign_cli.core.download_name import download_name
from presign_cli.core.presigned import Presigned


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("Attachment; filename=example.html", "example.html"),
        ('INLINE; FILENAME= "an example.html"', "an example.html"),
        ("attachment; filename*= UTF-8''%e2%82%ac%20rates", "€ rates"),
        ("attachment; filename=\"EURO rates\"; filename*=utf-8''%e2%82%ac%20rates", "€ rates"),
        (r'attachment; filename="a \"b\" c"', 'a "b" c'),
        ("inline", "key.pdf"),
        ('attachment; filename="../../etc/passwd"', "key.pdf"),
        ("attachment; filename*=UTF-8''a%0D%0Ab", "key.pdf"),
    ],
)
def test_a_link_that_names_its_download_is_believed_where_it_is_a_file_name(disposition, name):
    overrides = {"response-content-disposition": disposition}
    presigned = Presigned(
        dialect="aws-sigv4", url="", host=None, key="dir/key.pdf", response_overrides=overrides
    )
    assert download_name(presigned) == name


@pytest.mark.parametrize("key", ["", "a/", "a/..", None])
def test_a_key_without_a_name_is_a_download(key):
    assert download_name(Presigned(dialect="aws-sigv4", url="", host=None, key=key)) == "download"
