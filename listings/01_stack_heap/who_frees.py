#@ run
import gc


class Block:
    def __del__(self):
        print("freed")


gc.disable()  # the cycle collector is off

first = Block()
second = first
del first
print("one name left")
del second
print("no name left")

ring = Block()
ring.me = ring  # refers to itself
del ring
print("the ring has no name, but its count is one")
gc.collect()
