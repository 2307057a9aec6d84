from commun.territories.models.organisations import Organisation
from commun.territories.models.register import RegisterImport, SearchKey, Territory

__all__ = ["Organisation", "RegisterImport", "SearchKey", "Territory"]
