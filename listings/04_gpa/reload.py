#@ run
class Weights:
    def __init__(self, value, n):
        self.data = [value] * n

    def __del__(self):
        print(f"freed {len(self.data)} weights")


weights = Weights(1.0, 3)
print(f"loaded {len(weights.data)}")

weights = Weights(2.0, 5)  # load again
print(f"serving {weights.data}")
