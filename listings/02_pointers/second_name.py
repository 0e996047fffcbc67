#@ run
score = [50]  # a number cannot be changed in place, a list can
p = score  # a second name
p[0] += 10
copy = p[0]
p[0] += 1
print(f"score {score[0]}, p.* {p[0]}, copy {copy}")
