//@ run

/// y = W x, where W is [[1, 1], [1, -1]].
fn layer(x: &[f32], y: &mut [f32]) {
    y[0] = x[0] + x[1];
    y[1] = x[0] - x[1];
}

fn main() {
    let mut ping = [3.0, 1.0];
    let mut pong = [0.0; 2];
    let (mut x, mut y) = (&mut ping, &mut pong);
    for _ in 0..3 {
        layer(x, y);
        println!("{} {} -> {} {}", x[0], x[1], y[0], y[1]);
        std::mem::swap(&mut x, &mut y);
    }
}
