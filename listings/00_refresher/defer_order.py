#@ run
from contextlib import ExitStack


def work():
    with ExitStack() as stack:
        print("open file")
        stack.callback(print, "close file")

        print("take lock")
        stack.callback(print, "release lock")

        print("write")


work()
for i in range(2):
    try:
        print(f"turn {i}")
    finally:
        print(f"end of turn {i}")
