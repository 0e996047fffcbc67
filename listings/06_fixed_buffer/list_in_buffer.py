#@ run
from collections import deque

recent = deque(maxlen=3)
for sample in (10, 20, 30, 40):
    recent.append(sample)
print(f"{len(recent)} items, the first is {recent[0]}")
