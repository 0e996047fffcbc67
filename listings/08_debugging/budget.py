#@ run
class Budget:
    """Lets at most `limit` bytes be in use at once, if everybody asks it."""

    def __init__(self, limit):
        self.limit = limit
        self.used = 0

    def alloc(self, size):
        if size > self.limit - self.used:
            raise MemoryError
        self.used += size
        return bytearray(size)


# ANCHOR: main
budget = Budget(100)
requests = []
for n in range(8):
    try:
        requests.append(budget.alloc(30))
    except MemoryError:
        print(f"request {n} does not fit, {budget.used} bytes in use")
        break
# ANCHOR_END: main
