#@ run
runs = 0


def main():
    global runs
    runs += 1
    pair = [10, 20]
    pair[1] += runs
    block = [0, 0]
    block[0] = 30
    block[1] = pair[1]
    print(f"runs {runs}, pair {pair[1]}, block {block[1]}")


main()
