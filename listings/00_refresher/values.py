#@ run
rate = 0.5
steps = 3
steps += 1

name = "adam"
print(f"{name}: {steps} steps at {rate}")
