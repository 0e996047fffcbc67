#@ run
first = bytearray(b"relu")
second = bytearray(first)
print("same bytes:", first == second)
print("same place:", first is second)
second[0] = ord("R")
print("same bytes:", first == second)
