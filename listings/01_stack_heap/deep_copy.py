#@ run
import copy


class Tensor:
    def __init__(self, rows, data):
        self.rows = rows
        self.data = data


a = Tensor(1, [1, 2, 3])
b = copy.deepcopy(a)
b.rows = 3
b.data[0] = 99
print(f"a.rows = {a.rows}, a.data[0] = {a.data[0]}")
print(f"b.rows = {b.rows}, b.data[0] = {b.data[0]}")
