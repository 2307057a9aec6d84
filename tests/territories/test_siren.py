from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commun.territories import api


@pytest.mark.parametrize(
    "text", ["213401722", "213 401 722", "213.401.722", " 213\u00a0401\u202f722 ", "21340172200014"]
)
def test_a_siren_is_read_however_it_is_written(text):
    assert api.clean_siren(text) == "213401722"


@pytest.mark.parametrize(
    "text", ["", "213401723", "21340172", "2134017222", "000000000", "²13401722", "٢١٣٤٠١٧٢٢", "abcdefghi"]
)
def test_what_is_not_a_siren_is_refused(text):
    with pytest.raises(ValueError, match="SIREN"):
        api.clean_siren(text)


@given(st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(position, shift):
    digits = "213401722"
    wrong = digits[:position] + str((int(digits[position]) + shift) % 10) + digits[position + 1 :]
    with pytest.raises(ValueError, match="SIREN"):
        api.clean_siren(wrong)


def test_the_siren_of_a_siret_is_its_first_nine_digits():
    assert api.siren_of_siret("21340172200014") == "213401722"
    with pytest.raises(ValueError, match="SIRET"):
        api.siren_of_siret("213401722")
