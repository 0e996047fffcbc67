#@ run
PAGE_ROWS = 4


class Conversation:
    def __init__(self):
        self.table, self.tokens = [], 0

    def append(self, pages, free, key):
        if self.tokens % PAGE_ROWS == 0:  # the last page is full, or there is none
            self.table.append(free.pop())
        pages[self.table[-1]][self.tokens % PAGE_ROWS] = key
        self.tokens += 1

    def end(self, free):
        free.extend(self.table)
        self.table, self.tokens = [], 0


pages = [[None] * PAGE_ROWS for _ in range(6)]
free = [5, 4, 3, 2, 1, 0]
cat, dog = Conversation(), Conversation()
for i in range(9):
    cat.append(pages, free, (i, -i))
    if i % 2 == 0:
        dog.append(pages, free, (i, i))
print(f"cat: {cat.tokens} tokens, pages", *cat.table)
print(f"dog: {dog.tokens} tokens, pages", *dog.table)
print(f"pages left: {len(free)}")
cat.end(free)
print(f"cat has gone, pages left: {len(free)}")
