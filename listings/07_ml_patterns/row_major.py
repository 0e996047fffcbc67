#@ run
from array import array

cols = 3
tensor = array("f", [1, 2, 3, 4, 5, 6])  # 2 rows of 3, 4 bytes a number
row = memoryview(tensor)[1 * cols :][:cols]  # row 1
row[0] = 40
tensor[0 * cols + 2] = 30  # row 0, column 2
for i in range(2):
    r = tensor[i * cols :][:cols]  # a slice of an array copies; only reading here
    print(f"row {i}: {r[0]:.0f} {r[1]:.0f} {r[2]:.0f}")
