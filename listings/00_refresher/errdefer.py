#@ run
class Refused(Exception):
    pass


def connect(fails):
    print("open")
    try:
        if fails:
            raise Refused
        print("connected")
    except Exception:
        print("undo: close")
        raise  # and pass the exception on


connect(False)
try:
    connect(True)
except Refused as err:
    print(f"failed: {type(err).__name__}")
