from tests.upkeep.conftest import destroy, run  # noqa: F401 (fixtures)
