//@ run
#[derive(Clone)]
struct Point {
    x: i32,
    y: i32,
}

impl Point {
    fn sum(&self) -> i32 {
        self.x + self.y
    }
}

fn main() {
    let a = Point { x: 1, y: 0 };
    let mut b = a.clone();
    b.y = 10;
    println!("{} {}", a.sum(), b.sum());
}
