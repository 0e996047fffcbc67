#@ run


def layer(weights, x):
    return [max(0, sum(w * v for w, v in zip(row, x))) for row in weights]


def forward(model, x):
    for weights in model:
        x = layer(weights, x)
    return x


model = [
    [[1, 2], [3, 4]],
    [[1, 0], [0, 1]],
    [[0.5, 0.5]],
]
total = 0
for _ in range(1000):
    total += forward(model, [1, 1])[0]
print(f"sum of the answers: {total:.0f}")
