"""The questions asked of the graph. Articulation points and bridges are exact; betweenness is, up to a size."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from commun.peers.network.values import Bond, Fragile, Joint, Region, Report

if TYPE_CHECKING:
    import rustworkx

OLD = timedelta(days=2 * 365)
# Beyond so many bodies, betweenness is estimated: all shortest ways between so many pairs, drawn with a seed.
EXACT_UP_TO = 2_000
PAIRS = 600
MOST_JOINTS = 40


def measure(
    *,
    bonds: Sequence[Bond],
    regions: Mapping[int, str],
    now: datetime,
    seed: int,
    alone: Collection[int] = (),
    deep: bool = True,
) -> Report:
    """`regions`: of each body, where it has one; `alone`: bodies for which one person acts. `deep`: with what only the
    team sees (joints and fragile bonds)."""
    if not bonds:
        return Report(nodes=0, bonds=0, kinds={}, parts=[], regions=[], across={}, apart=[])
    import rustworkx  # heavy: whoever measures nothing does not load it

    keys = sorted({key for bond in bonds for key in (bond.first, bond.second)})
    at = {key: index for index, key in enumerate(keys)}
    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(keys)
    graph.add_edges_from_no_data([(at[bond.first], at[bond.second]) for bond in bonds])
    parts = sorted((len(part) for part in rustworkx.connected_components(graph)), reverse=True)
    kinds = Counter(kind.value for bond in bonds for kind in bond.kinds)
    found_regions, across, apart = _by_region(bonds=bonds, keys=keys, regions=regions)
    report = {
        "nodes": len(keys),
        "bonds": len(bonds),
        "kinds": dict(kinds),
        "parts": parts,
        "regions": found_regions,
        "across": across,
        "apart": apart,
    }
    if not deep:
        return Report(**report)  # type: ignore[arg-type]
    sampled = PAIRS if len(keys) > EXACT_UP_TO else 0
    between = _sample(graph, pairs=sampled, seed=seed) if sampled else dict(rustworkx.betweenness_centrality(graph))
    return Report(
        **report,  # type: ignore[arg-type]
        joints=_joints(graph, between=between),
        fragile=_fragile(graph, bonds=bonds, at=at, alone=alone, now=now),
        sampled=sampled,
        seed=seed if sampled else 0,
    )


def _sample(graph: rustworkx.PyGraph[int, None], *, pairs: int, seed: int) -> dict[int, float]:
    """The share of shortest ways that pass through each, between pairs drawn at random: without bias, and the same
    again for the same seed."""
    import rustworkx

    drawn = random.Random(seed)  # noqa: S311 (an estimate, not a secret)
    indices = list(graph.node_indices())
    found: dict[int, float] = dict.fromkeys(indices, 0.0)
    for _ in range(pairs):
        one, other = drawn.sample(indices, 2)
        ways = rustworkx.graph_all_shortest_paths(graph, one, other)
        for way in ways:
            for index in list(way)[1:-1]:
                found[index] += 1 / (len(ways) * pairs)
    # The exact measure leaves out the pairs that a body is an end of.
    share = len(indices) / (len(indices) - 2)
    return {index: share * part for index, part in found.items()}


def _joints(graph: rustworkx.PyGraph[int, None], *, between: Mapping[int, float]) -> list[Joint]:
    """Those through whom most ways pass, first."""
    import rustworkx

    points = sorted(rustworkx.articulation_points(graph), key=lambda index: (-between[index], graph[index]))
    found = []
    for index in points[:MOST_JOINTS]:
        parts = _without(graph, index)
        largest, second = parts[0], parts[1]
        found.append(
            Joint(
                node=graph[index],
                parts=tuple(len(part) for part in parts),
                between=round(between[index], 6),
                ends=(_nearest(graph, index, largest), _nearest(graph, index, second)),
            )
        )
    return found


def _without(graph: rustworkx.PyGraph[int, None], index: int) -> list[set[int]]:
    """The parts that its own part falls into, the largest first."""
    import rustworkx

    here = rustworkx.node_connected_component(graph, index)
    inside = graph.subgraph(sorted(here - {index}))
    back = sorted(here - {index})
    parts = [{back[one] for one in part} for part in rustworkx.connected_components(inside)]
    return sorted(parts, key=lambda part: (-len(part), min(part)))


def _nearest(graph: rustworkx.PyGraph[int, None], index: int, part: set[int]) -> int:
    """Of its neighbours in this part, the best linked: the likeliest to meet somebody more."""
    near = set(graph.neighbors(index)) & part
    return graph[min(near, key=lambda one: (-graph.degree(one), graph[one]))]


def _fragile(
    graph: rustworkx.PyGraph[int, None],
    *,
    bonds: Sequence[Bond],
    at: Mapping[int, int],
    alone: Collection[int],
    now: datetime,
) -> list[tuple[int, int, tuple[Fragile, ...]]]:
    """Bonds with most reasons to break first. A bond at the edge, to a body that has no other, joins no parts."""
    import rustworkx

    bridges = {frozenset(pair) for pair in rustworkx.bridges(graph)}
    found = []
    for bond in bonds:
        ends = (at[bond.first], at[bond.second])
        why = []
        if frozenset(ends) in bridges and min(graph.degree(end) for end in ends) > 1:
            why.append(Fragile.ALONE)
        if bond.first in alone or bond.second in alone:
            why.append(Fragile.PERSON)
        if now - bond.last > OLD:
            why.append(Fragile.OLD)
        if why:
            found.append((bond.first, bond.second, tuple(why)))
    order = {Fragile.ALONE: 4, Fragile.PERSON: 2, Fragile.OLD: 1}
    return sorted(found, key=lambda one: (-sum(order[why] for why in one[2]), one[0], one[1]))


def _by_region(
    *, bonds: Sequence[Bond], keys: Sequence[int], regions: Mapping[int, str]
) -> tuple[list[Region], dict[tuple[str, str], int], list[str]]:
    bodies = Counter(regions[key] for key in keys if key in regions)
    inside: Counter[str] = Counter()
    across: Counter[tuple[str, str]] = Counter()
    reach: Counter[str] = Counter()
    for bond in bonds:
        one, other = regions.get(bond.first), regions.get(bond.second)
        if one is None or other is None:
            # With a partner that is of no région: it opens the way out all the same.
            reach.update(region for region in (one, other) if region is not None)
        elif one == other:
            inside[one] += 1
        else:
            across[min(one, other), max(one, other)] += 1
            reach.update((one, other))
    found = [
        Region(
            key=key,
            bodies=bodies[key],
            inside=inside[key],
            across=sum(number for pair, number in across.items() if key in pair),
        )
        for key in sorted(bodies)
    ]
    return found, dict(across), [one.key for one in found if not reach[one.key]]
