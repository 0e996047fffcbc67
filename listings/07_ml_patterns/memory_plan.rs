//@ run

fn main() {
    let sizes = [64, 32, 32, 32, 10];
    let width = size_of::<f32>();

    // A matrix and a bias for each pair of neighbors.
    let weights: usize = sizes.windows(2).map(|s| s[1] * s[0] + s[1]).sum();
    let all: usize = sizes.iter().sum();
    let ping: usize = sizes.iter().step_by(2).copied().max().unwrap();
    let pong: usize = sizes.iter().skip(1).step_by(2).copied().max().unwrap();
    println!("weights: {} bytes", weights * width);
    println!("a buffer for each layer: {} bytes", all * width);
    let (ping, pong) = (ping * width, pong * width);
    println!("two buffers: {ping} + {pong} = {} bytes", ping + pong);
}
