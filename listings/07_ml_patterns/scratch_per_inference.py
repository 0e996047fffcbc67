#@ run
from array import array

hidden = array("f", [0, 0])  # made once, outside of the loop
first = hidden.buffer_info()[0]
for request in range(1, 4):
    hidden[0] = request
    hidden[1] = hidden[0] * hidden[0]
    same = hidden.buffer_info()[0] == first
    print(f"{hidden[0]:.0f} {hidden[1]:.0f} same memory: {same}")
