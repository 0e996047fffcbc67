#@ run
from typing import NamedTuple


class Batch(NamedTuple):
    id: int
    scores: list


def summarize(batch):
    # batch.id = 2 would fail: can't set attribute
    batch.scores[0] = 0


scores = [50, 70]
batch = Batch(1, scores)
summarize(batch)
print(f"batch {batch.id}: {scores[0]} {scores[1]}")
