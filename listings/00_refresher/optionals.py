#@ run
def find(words, letter):
    for i, c in enumerate(words):
        if c == letter:
            return i
    return None


i = find("tensor", "s")
if i is not None:
    print(f"s is at {i}")
else:
    print("no s")

z = find("tensor", "z")
if z is None:
    z = 99
print(f"z is at {z}")
