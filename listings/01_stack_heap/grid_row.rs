//@ run
fn main() {
    let mut grid = [[1, 2], [3, 4]];
    let mut row = grid[0];
    row[0] = 9;
    let view = &mut grid[1][0..];
    view[0] = 8;
    println!("{} {} (row[0] is {})", grid[0][0], grid[1][0], row[0]);
}
