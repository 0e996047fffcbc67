#@ run
import copy


class Tensor:
    def __init__(self, data):
        self.data = data


a = Tensor([1, 2])

b = copy.deepcopy(a)
b.data[0] = 9
print(f"a starts with {a.data[0]}, b with {b.data[0]}")
