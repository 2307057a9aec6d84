from commun.peers.models.introductions import Introduction, Quiet
from commun.peers.models.network import Bond, Snapshot, Suggestion
from commun.peers.models.standing import Round, RoundLinks, RoundTally

__all__ = ["Bond", "Introduction", "Quiet", "Round", "RoundLinks", "RoundTally", "Snapshot", "Suggestion"]
