#@ run
class Tensor:
    def __init__(self, data):
        self.data = data


a = Tensor([1, 2])

b = a  # a second name for the same object
b.data[0] = 9
print("a:", a.data)

del b
print("a:", a.data)
