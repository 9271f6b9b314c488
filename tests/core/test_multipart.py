"""How files are cut: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html."""

import pytest

from presign_cli.core.multipart import MAX_OBJECT_SIZE, plan_parts
from presign_cli.errors import UsageError

MIB = 1024**2
GIB = 1024**3
TIB = 1024**4


@pytest.mark.parametrize(
    "size",
    [1, 5 * MIB, 8 * MIB, 8 * MIB + 1, 200_000_000, 80_000 * MIB, 80_000 * MIB + 1, 5 * TIB, int(48.8 * TIB)],
)
def test_parts_cover_the_file_and_keep_within_s3s_limits(size):
    plan = plan_parts(size)
    parts = list(plan.ranges())
    assert [number for number, _, _ in parts] == list(range(1, len(parts) + 1))
    assert sum(length for _, _, length in parts) == size
    assert all(parts[i][1] + parts[i][2] == parts[i + 1][1] for i in range(len(parts) - 1))
    assert len(parts) == plan.count <= 10_000
    assert all(5 * MIB <= length <= 5 * GIB for _, _, length in parts[:-1])
    assert 1 <= parts[-1][2] <= 5 * GIB


def test_the_largest_object_is_48_8_tib():
    assert round(MAX_OBJECT_SIZE / TIB, 1) == 48.8
    assert plan_parts(MAX_OBJECT_SIZE).count == 10_000


def test_a_part_size_is_kept():
    assert list(plan_parts(12 * MIB, part_size=5 * MIB).ranges()) == [
        (1, 0, 5 * MIB),
        (2, 5 * MIB, 5 * MIB),
        (3, 10 * MIB, 2 * MIB),
    ]


@pytest.mark.parametrize(
    ("size", "part_size"),
    [
        (0, None),
        (MAX_OBJECT_SIZE + 1, None),
        (100 * MIB, 5 * MIB - 1),
        (100 * MIB, 0),
        (100 * GIB, 5 * GIB + 1),
        (100 * GIB, 5 * MIB),
    ],
)
def test_what_s3_would_refuse_is_refused_before_an_upload_begins(size, part_size):
    with pytest.raises(UsageError) as refused:
        plan_parts(size, part_size=part_size)
    assert "\n" not in refused.value.text + refused.value.hint
