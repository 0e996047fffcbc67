#@ panic: NameError
batch = bytes([7] * 4)
print("sum", sum(batch))

del batch
del batch
