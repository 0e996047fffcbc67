#@ run
#@ needs: numpy
import numpy as np

scores = [10, 20, 30, 40, 50]
view = scores[1:4]
view[0] = 99
scores[2] = 77
print(f"list: scores[1] = {scores[1]}, view[1] = {view[1]}")

scores = np.array([10, 20, 30, 40, 50])
view = scores[1:4]
view[0] = 99
scores[2] = 77
print(f"NumPy: scores[1] = {scores[1]}, view[1] = {view[1]}")
