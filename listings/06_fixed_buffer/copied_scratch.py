#@ run
import copy


class Scratch:
    def __init__(self):
        self.memory = bytearray(8)
        self.rest = memoryview(self.memory)


scratch = Scratch()
other = copy.copy(scratch)
other.rest[0] = 7
print("in scratch:", scratch.memory[0])
