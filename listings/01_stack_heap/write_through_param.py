#@ run
from dataclasses import dataclass


@dataclass(frozen=True)
class Tensor:
    data: list


def summarize(t):
    t.data[0] = 0
    return t.data[0] + t.data[1]


numbers = [1, 2]
total = summarize(Tensor(numbers))
print(f"sum = {total}, numbers[0] = {numbers[0]}")
