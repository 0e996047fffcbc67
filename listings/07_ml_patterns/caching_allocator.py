#@ run


class Caching:
    """Keeps blocks that were given back, to hand them out again."""

    def __init__(self):
        self.idle = []
        self.allocated = 0
        self.reserved = 0

    def take(self, size):
        self.allocated += size
        for i, block in enumerate(self.idle):
            if len(block) == size:
                return self.idle.pop(i)
        self.reserved += size
        return bytearray(size)

    def give_back(self, block):
        self.idle.append(block)
        self.allocated -= len(block)

    def empty_cache(self):
        self.reserved -= sum(len(block) for block in self.idle)
        self.idle.clear()

    def report(self, step):
        print(f"{step}: allocated {self.allocated}, reserved {self.reserved}")


cache = Caching()
weights = cache.take(1000)
activations = cache.take(600)
cache.report("one batch")
cache.give_back(activations)
cache.report("batch done")
again = cache.take(600)
cache.report("next batch")
cache.give_back(again)
cache.empty_cache()
cache.report("emptyCache")
cache.give_back(weights)
cache.empty_cache()
cache.report("model gone")
