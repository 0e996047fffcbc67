#@ run
def main():
    print(scores)
    scores = [7, 0, 0, 0]


try:
    main()
except UnboundLocalError as error:
    print(type(error).__name__)
