#@ run
numbers = [1, 2]

second = numbers[1]
numbers.insert(0, 7)
print(f"second {second}, numbers[1] {numbers[1]}")
del numbers[0]
print(f"second {second}, numbers[1] {numbers[1]}")
