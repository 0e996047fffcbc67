//@ compile-error: E0502

fn layer(x: &[f32], y: &mut [f32]) {
    y[0] = x[0] + x[1];
    y[1] = x[0] - x[1];
}

fn main() {
    let mut x = [3.0, 1.0];
    layer(&x, &mut x);
    println!("{} {}", x[0], x[1]);
}
