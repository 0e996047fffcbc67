#@ run
label = bytearray(b"cat")
label[0] = ord("b")
print(label.decode())
