from commun.peers.models.introductions import Introduction, Quiet

__all__ = ["Introduction", "Quiet"]
