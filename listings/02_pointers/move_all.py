#@ run
def move_all(source, target):
    target[0] += source[0]
    source[0] = 0


a = [5]
b = [1]
move_all(a, b)
print(f"a {a[0]}, b {b[0]}")
move_all(b, b)
print(f"a {a[0]}, b {b[0]}")
