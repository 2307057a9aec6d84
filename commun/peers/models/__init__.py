from commun.peers.models.introductions import Introduction, Quiet
from commun.peers.models.network import Bond, Snapshot, Suggestion

__all__ = ["Bond", "Introduction", "Quiet", "Snapshot", "Suggestion"]
