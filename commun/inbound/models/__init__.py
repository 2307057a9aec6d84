from commun.inbound.models.messages import RawBody, RawMessage

__all__ = ["RawBody", "RawMessage"]
