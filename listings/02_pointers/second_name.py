#@ run
score = [50]  # a number cannot be changed in place, a list can
p = score  # no copy: a second name for the same list
p[0] += 10
copy = p[0]
p[0] += 1
print(f"score {score[0]}, p.* {p[0]}, copy {copy}")
