#@ run
import tracemalloc

tracemalloc.start()
batch = bytearray(1000)
live, _ = tracemalloc.get_traced_memory()
del batch
after, peak = tracemalloc.get_traced_memory()

print("in use at least 1000:", live >= 1000)
print("given back:", after < live)
print("at most at least 1000:", peak >= 1000)
