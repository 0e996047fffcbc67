#@ run
class Item:
    def __init__(self, key, count):
        self.key = key
        self.count = count


items = [Item(1, 0), Item(2, 0)]

copied = items[0]
copied.count += 1

pointed = items[1]
pointed.count += 1

print(f"copied.count {copied.count}")
for item in items:
    print(f"item {item.key}: count {item.count}")
