#@ run
def ranks(samples):
    order = sorted(samples)
    return [order.index(sample) for sample in samples]


for window in ([30, 10, 20], [5, 7, 6]):
    print(*ranks(window))
