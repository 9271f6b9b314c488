"""Which names are regions, against botocore's partitions."""

import pytest
from botocore.loaders import Loader

from presign_cli.aws.regions import KNOWN, check_region
from presign_cli.errors import UsageError

BOTOCORES = {name for part in Loader().load_data("partitions")["partitions"] for name in part["regions"]}


def test_all_that_we_know_botocore_knows():
    assert BOTOCORES >= KNOWN


@pytest.mark.parametrize("region", sorted(name for name in BOTOCORES if "global" not in name))
def test_no_region_of_botocores_is_taken_for_an_error(region: str):
    warning = check_region(region)
    assert (warning is None) == (region in KNOWN)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("eu-wst-1", "--region eu-west-1"),
        ("useast1", "--region us-east-1"),
        ("EU-WEST-1", "--region eu-west-1"),
        ("eu_west_1", "--region eu-west-1"),
        ("auto", "--region eu-west-1"),
    ],
)
def test_a_mistyped_region_is_refused_with_the_nearest(typed: str, hint: str):
    with pytest.raises(UsageError) as error:
        check_region(typed)
    assert error.value.hint == hint


@pytest.mark.parametrize("region", ["eu-west-9", "ap-southeast-12", "xx-new-1", "moon-east-1"])
def test_a_well_formed_region_that_nobody_knows_is_a_warning(region: str):
    warning = check_region(region)
    assert warning is not None
    assert warning.code == "unknown-region"
