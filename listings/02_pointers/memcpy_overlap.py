#@ run
def drop_first(window):
    window[:-1] = window[1:]  # the right side is copied first


window = [1, 2, 3, 4]
drop_first(window)
print(window)
