#@ run
loss = [9]
p = loss
loss[0] = 4
print(f"p.* {p[0]}")
p[0] = 2
print(f"loss {loss[0]}")
