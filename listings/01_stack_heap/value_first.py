#@ run
pair = [1, 2]
turned = [pair[1], pair[0]]
pair = turned
print("constant   ", *pair)

pair = [pair[1], pair[0]]
print("typed      ", *pair)

pair[0], pair[1] = pair[1], pair[0]
print("std.mem    ", *pair)
