#@ run
word = b"hello"
room = bytearray(len(word) - 1)

room[:] = word  # no complaint: the bytearray grows
print(len(room))
