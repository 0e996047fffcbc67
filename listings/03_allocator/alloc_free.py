#@ run
scores = [0] * 3
scores[1] = 7
print(scores[0], scores[1], scores[2])
del scores  # the last reference goes away, and CPython frees the list
