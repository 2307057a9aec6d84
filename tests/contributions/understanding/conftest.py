from tests.territories.conftest import register

__all__ = ["register"]
