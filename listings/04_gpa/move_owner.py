#@ run
class Tensor:
    def __init__(self, data):
        self.data = data

    def take(self):
        contents = Tensor(self.data)
        self.data = []
        return contents


a = Tensor([1, 2])

b = a.take()
print(f"a has {len(a.data)}, b has {len(b.data)}")
