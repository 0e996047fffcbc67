#@ run
class Layer:
    def __init__(self, size, next_layer):
        self.size = size
        self.next = next_layer


output = Layer(10, None)
input_layer = Layer(64, output)
print(f"{input_layer.size} -> {input_layer.next.size}")
