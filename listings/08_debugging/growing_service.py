#@ run
import tracemalloc

seen = []


def read_request(n):
    return f"a cat on a mat, and {n} more"


def handle(request):
    seen.append(request)  # "only until we know why it is slow"
    return len(request)


tracemalloc.start()
before = tracemalloc.take_snapshot()
for n in range(1000):
    handle(read_request(n))
after = tracemalloc.take_snapshot()

grown = after.compare_to(before, "lineno")[0]
print("more bytes than before:", grown.size_diff > 0)
print("the line that asked for most of them:", grown.traceback[0].lineno)
