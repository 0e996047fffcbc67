#@ run
import copy
from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int = 0

    def sum(self):
        return self.x + self.y


a = Point(x=1)
b = copy.copy(a)  # without copy, `b` would be the same object
b.y = 10
print(a.sum(), b.sum())
