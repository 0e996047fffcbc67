#@ panic: IndexError
def at(numbers, index):
    return numbers[index]


numbers = [1, 2, 3, 4]
print(at(numbers, 3))
print(at(numbers, 4))
