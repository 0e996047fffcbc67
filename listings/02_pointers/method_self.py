#@ run
class Counter:
    def __init__(self):
        self.hits = 0

    def record(self):
        self.hits += 1

    def is_busy(self):
        return self.hits > 1


counter = Counter()
counter.record()
Counter.record(counter)
print(f"hits {counter.hits}, busy {int(counter.is_busy())}")
