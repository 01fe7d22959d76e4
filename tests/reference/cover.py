"""What moves win and cost in cover: each move is tried. The specification of dispatch.cover_kernels."""


def covered(near, demand):
    """The points that somebody covers, as indices."""
    return {d for d in range(len(demand)) if any(row[d] for row in near)}


def moves(near, reach, demand):
    """Return the demand covered, and wins[u][p] and costs[u][p] of unit u at post p."""
    before = covered(near, demand)
    wins, costs = [], []
    for u in range(len(near)):
        tried = [covered([*near[:u], post, *near[u + 1 :]], demand) for post in reach]
        wins.append([sum(demand[d] for d in after - before) for after in tried])
        costs.append([sum(demand[d] for d in before - after) for after in tried])
    return sum(demand[d] for d in before), wins, costs
