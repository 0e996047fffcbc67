#@ run
class Tensor:
    def __init__(self, rows, cols):
        self.data = [0] * (rows * cols)
        self.cols = cols


t = Tensor(2, 3)

t.data[1 * t.cols + 2] = 5  # row 1, column 2
print(f"{len(t.data)} values, last {t.data[5]}")
