#@ run
# ANCHOR: labels
class Label:
    alive = 0

    def __init__(self, name, fails):
        if fails:
            raise MemoryError(f"no memory for {name}")
        self.name = name
        Label.alive += 1

    def __del__(self):
        if hasattr(self, "name"):
            Label.alive -= 1


class Labels:
    def __init__(self, names, failing):
        self.items = []
        for i, name in enumerate(names):
            self.items.append(Label(name, i == failing))


# ANCHOR_END: labels

# ANCHOR: main
names = ["cat", "dog", "owl"]

try:
    Labels(names, failing=1)
except MemoryError as err:
    print("no labels:", err)
    print("alive while the error is being handled:", Label.alive)
print("alive after that:", Label.alive)

labels = Labels(names, failing=3)
print(f"{len(labels.items)} labels, the last is {labels.items[2].name}")
# ANCHOR_END: main
