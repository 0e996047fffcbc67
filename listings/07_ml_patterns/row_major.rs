//@ run

fn main() {
    let cols = 3;
    let mut tensor = [1.0f32, 2.0, 3.0, 4.0, 5.0, 6.0]; // 2 rows of 3
    let row = &mut tensor[cols..][..cols]; // row 1
    row[0] = 40.0;
    tensor[2] = 30.0; // row 0, column 2
    for i in 0..2 {
        let r = &tensor[i * cols..][..cols];
        println!("row {i}: {} {} {}", r[0], r[1], r[2]);
    }
}
