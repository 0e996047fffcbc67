#@ run
pair = [1, 2]
pair = [pair[1], pair[0]]
print("array  ", *pair)

a = 1
b = 2
a, b = b, a
print("two    ", a, b)

size = {"width": 1, "height": 2}
size = {"width": size["height"], "height": size["width"]}
print("struct ", size["width"], size["height"])
