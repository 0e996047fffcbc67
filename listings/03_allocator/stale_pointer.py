#@ run
numbers = [1, 2]

first = numbers[0]
numbers.append(3)
print("first is numbers[0]:", first is numbers[0])
