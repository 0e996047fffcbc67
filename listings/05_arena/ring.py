#@ run
import gc


class Node:
    alive = 0

    def __init__(self, value):
        self.value = value
        Node.alive += 1

    def __del__(self):
        Node.alive -= 1


gc.disable()  # not while the batch runs
for _ in range(3):
    one, two = Node(1), Node(2)
    one.next, two.next = two, one
    print(one.value, one.next.value, one.next.next.value)
    del one, two
print("after the batch:", Node.alive)

gc.collect()  # between two batches
print("after collect:", Node.alive)
