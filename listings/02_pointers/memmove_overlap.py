#@ run
def drop_first(window):
    view = memoryview(window)
    view[:-1] = view[1:]  # the same bytes, moved in place


window = bytearray([1, 2, 3, 4])
drop_first(window)
print(*window)
