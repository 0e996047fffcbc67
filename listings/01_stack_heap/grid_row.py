#@ run
grid = [[1, 2], [3, 4]]
row = grid[0]
row[0] = 9
view = grid[1][0:]
view[0] = 8
print(grid[0][0], grid[1][0])
