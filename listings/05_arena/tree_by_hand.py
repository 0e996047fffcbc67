#@ run
class Node:
    made = 0
    freed = 0

    def __init__(self, depth):
        Node.made += 1
        self.left = Node(depth - 1) if depth > 1 else None
        self.right = Node(depth - 1) if depth > 1 else None

    def __del__(self):  # CPython calls this when it frees the node
        Node.freed += 1


tree = Node(3)
print("nodes:", Node.made)
tree = None
print("freed:", Node.freed)
