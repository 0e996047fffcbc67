#@ run
import sys

empty = sys.getsizeof([])
batch = list(range(1000))
full = sys.getsizeof(batch)

batch.clear()
print("holds less:", sys.getsizeof(batch) < full)
print("holds nothing:", sys.getsizeof(batch) == empty)
