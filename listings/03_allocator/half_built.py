#@ run
import sys


class Weights:
    def __init__(self, n):
        self.values = [1] * n

    def __del__(self):
        print(len(self.values), "weights freed")


def build(weights_len, bias_len):
    weights = Weights(weights_len)
    bias = bytearray(bias_len)
    return weights, bias


try:
    build(2, sys.maxsize)
except MemoryError:
    print("no model")  # the traceback still holds the frame of `build`
