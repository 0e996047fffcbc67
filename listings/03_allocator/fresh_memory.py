#@ run
data = bytearray(4)
print("fresh ", data.hex())
