#@ run
from array import array

numbers = array("i", [1, 2, 3, 4])
middle = memoryview(numbers)[1:3]  # numbers[1:3] alone would be a copy

middle[0] = 20
print(len(middle), numbers[1], sum(numbers))
