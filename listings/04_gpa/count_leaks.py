#@ run
import tracemalloc

cache = []


def predict(n):
    logits = [0.0] * n
    cache.append(logits)  # "just in case": the list keeps it alive
    return sum(logits)


tracemalloc.start()
before, _ = tracemalloc.get_traced_memory()
for _ in range(100):
    predict(1000)
after, _ = tracemalloc.get_traced_memory()

print("lists still reachable:", len(cache))
print("at least 800,000 bytes more in use:", after - before >= 800_000)
